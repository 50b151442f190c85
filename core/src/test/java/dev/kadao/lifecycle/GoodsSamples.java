package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the stock and the suppliers can say about an order of a state: what was asked, and what may come late. */
final class GoodsSamples {
    private final Placings placing;
    private final Checkout checkout;
    private final Order order;
    private final String prefix;
    private final Instant now;
    private final Map<String, Event> columns;

    GoodsSamples(
            Placings placing, Checkout checkout, Order order, String prefix, Instant now, Map<String, Event> columns) {
        this.placing = placing;
        this.checkout = checkout;
        this.order = order;
        this.prefix = prefix;
        this.now = now;
        this.columns = columns;
    }

    void add(boolean all) {
        if (order.route().kind() == Route.Kind.KEYS) {
            stock(all);
        } else {
            intended();
            order.dispatches().forEach(this::supplier);
            if (order.route().kind() == Route.Kind.SOURCED && order.keys().state() == Keys.State.HANDED_OVER) {
                supplied(all);
            }
        }
    }

    private void stock(boolean all) {
        Stage stage = order.stage();
        boolean taking = stage == Stage.PAID || stage == Stage.REPLACING;
        boolean releasing = stage == Stage.REFUNDING && order.keys().state() != Keys.State.RETURNED;
        boolean wasPaid = order.paidAt() != null;
        if (taking || stage == Stage.RESERVED) {
            said("keys taken", new StockAnswer.Taken());
        } else if (wasPaid && all) {
            said("keys taken, late", new StockAnswer.Taken());
        }
        if (taking) {
            said("out of stock", new StockAnswer.OutOfStock());
        }
        if (releasing) {
            said("keys returned, seen", new StockAnswer.Returned(new ReleaseAnswer.Voided(1)));
        }
        if (taking || releasing || stage == Stage.RESERVED) {
            said("keys returned", new StockAnswer.Returned(new ReleaseAnswer.Released()));
        }
        if (all && (taking || releasing || stage == Stage.RESERVED)) {
            notTried();
        }
        if (releasing && all) {
            said("keys never reserved", new StockAnswer.Returned(new ReleaseAnswer.NeverReserved()));
        }
        if (all) {
            moreOfStock(wasPaid);
        }
        if (order.route().reserving() != null) {
            unpaid(wasPaid);
        }
    }

    /** Also what comes late: when the order was paid meanwhile, nothing may follow from it. */
    private void unpaid(boolean wasPaid) {
        String late = wasPaid ? ", late" : "";
        said("keys reserved unpaid" + late, new StockAnswer.ForUnpaid(new UnpaidAnswer.Reserved()));
        said("keys let go" + late, new StockAnswer.Gone());
        if (!wasPaid) {
            said("no keys to reserve", new StockAnswer.ForUnpaid(new UnpaidAnswer.OutOfStock()));
            said("too many reserved", new StockAnswer.ForUnpaid(new UnpaidAnswer.CapReached()));
            notTried();
        }
    }

    /** What the stock can say of keys that came from a supplier. */
    private void supplied(boolean all) {
        if (all) {
            columns.put(prefix + "keys shown", new Event.KeysShown(now, order.line(), null));
        }
        if (order.stage() == Stage.REFUNDING) {
            said("keys returned", new StockAnswer.Returned(new ReleaseAnswer.Voided(0)));
            said("keys returned, seen", new StockAnswer.Returned(new ReleaseAnswer.Voided(1)));
            if (all) {
                notTried();
            }
        }
    }

    private void notTried() {
        StockAnswer answer = new StockAnswer.NotTried("lock");
        said("stock not tried", answer);
        Instant late = now.plus(placing.terms().stockWait());
        columns.put(prefix + "stock not tried for long", new Event.StockSaid(late, order.line(), answer));
    }

    private void moreOfStock(boolean wasPaid) {
        Stage stage = order.stage();
        if (wasPaid && stage != Stage.RESERVED) {
            columns.put(prefix + "keys set aside", new Event.KeysSetAside(now, order.line()));
        }
        if (stage == Stage.PAID || stage == Stage.REPLACING) {
            columns.put(prefix + "stock arrived", new Event.StockArrived(now, order.line()));
        }
        if (order.keys().state() == Keys.State.HANDED_OVER) {
            columns.put(prefix + "keys shown", new Event.KeysShown(now, order.line(), null));
            columns.put(
                    prefix + "keys shown elsewhere", new Event.KeysShown(now, order.line(), Placings.commitment('e')));
        }
    }

    private void said(String column, StockAnswer answer) {
        columns.put(prefix + column, new Event.StockSaid(now, order.line(), answer));
    }

    private void intended() {
        Instant at = Samples.dueOr(checkout, now);
        for (Effect effect : Lifecycle.pending(checkout, at)) {
            if (effect instanceof Effect.DispatchGoods goods
                    && goods.line() == order.line()
                    && goods.dispatch() <= 2
                    && goods.send() <= 2) {
                for (String supplier : Lifecycle.suppliersFor(checkout, goods)) {
                    boolean usual = supplier.equals(goods.supplier());
                    intended(
                            usual ? "dispatch intended" : "dispatch intended at another supplier", at, goods, supplier);
                }
                intended("dispatch intended at no supplier of its chain", at, goods, "nobody");
            }
        }
    }

    private void intended(String column, Instant at, Effect.DispatchGoods due, String supplier) {
        Effect.DispatchGoods goods = new Effect.DispatchGoods(due.line(), due.dispatch(), supplier, due.send());
        columns.put(
                prefix + column,
                new Event.DispatchIntended(
                        at,
                        goods,
                        placing.suppliers().getOrDefault(supplier, Placings.supplier(new Guarantee.AtMostOnce())),
                        Samples.started(goods.send(), at)));
    }

    private void supplier(Dispatch dispatch) {
        boolean last = dispatch.equals(order.lastDispatch());
        String which = last ? "" : "older dispatch, ";
        if (last && dispatch.unanswered()) {
            callerReports(dispatch);
        } else if (last) {
            answer("sent, repeated: unknown", dispatch, sendOf(dispatch), new Answer.Unknown("time-out"));
        }
        answer(which + "told: delivered", dispatch, 0, new Answer.Delivered(new Proof.Receipt("r"), null));
        columns.put(
                prefix + which + "told: delivered without proof",
                new Event.SupplierSaid(
                        now,
                        order.line(),
                        dispatch.id().number(),
                        0,
                        new Answer.Delivered(new Proof.Receipt(""), null),
                        null));
        answer(which + "told: declined order", dispatch, 0, new Answer.Declined(Scope.ORDER, "no"));
        if (last) {
            answer("told: partial", dispatch, 0, new Answer.Partial(0, "half"));
            answer("told: accepted", dispatch, 0, new Answer.Accepted("s1", Duration.ofSeconds(30)));
            answer("told: declined supplier", dispatch, 0, new Answer.Declined(Scope.SUPPLIER, "no"));
        }
        boolean asked = dispatch.state() == Dispatch.State.UNKNOWN || dispatch.state() == Dispatch.State.ACCEPTED;
        if (last && asked && Suppliers.asking(dispatch) != null) {
            asked(dispatch);
        }
    }

    private static int sendOf(Dispatch dispatch) {
        return dispatch.started().send();
    }

    private void callerReports(Dispatch dispatch) {
        int send = sendOf(dispatch);
        answer("sent: delivered", dispatch, send, new Answer.Delivered(new Proof.Receipt("r"), null));
        answer("sent: accepted", dispatch, send, new Answer.Accepted("s1", null));
        answer("sent: declined order", dispatch, send, new Answer.Declined(Scope.ORDER, "no"));
        answer("sent: declined supplier", dispatch, send, new Answer.Declined(Scope.SUPPLIER, "no"));
        answer("sent: not sent", dispatch, send, new Answer.NotSent("refused"));
        answer("sent: unknown", dispatch, send, new Answer.Unknown("time-out"));
    }

    private void asked(Dispatch dispatch) {
        answer("asked: unknown", dispatch, 0, new Answer.Unknown("silence"));
        answer("asked: not found", dispatch, 0, new Answer.NotFound());
        columns.put(
                prefix + "question put off",
                new Event.PutOff(now, order.line(), dispatch.id().number(), now.plusSeconds(90)));
        Instant quiet = dispatch.started().quietAt();
        Instant settled = quiet.isAfter(now.plusSeconds(6)) ? quiet : now.plusSeconds(6);
        columns.put(
                prefix + "asked, settled: not found",
                new Event.SupplierSaid(settled, order.line(), dispatch.id().number(), 0, new Answer.NotFound(), null));
    }

    private void answer(String column, Dispatch dispatch, int send, Answer answer) {
        columns.put(
                prefix + column,
                new Event.SupplierSaid(
                        now,
                        order.line(),
                        dispatch.id().number(),
                        send,
                        answer,
                        answer instanceof Answer.Delivered ? Placings.commitment('b') : null));
    }
}
