package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refunds: wished, due once goods and keys are safely back, sent once, asked about until they are done. */
final class RefundPart {
    private static final int MOST_REFUNDS = 99;

    private RefundPart() {}

    static void react(Draft draft, Event event) {
        if (event instanceof Event.RefundIntended intended) {
            draft.add(new Entry.RefundStarted(intended.effect().refund(), intended.started()));
        } else if (event instanceof Event.RefundSaid said) {
            said(draft, draft.checkout().refund(said.refund()), said);
        } else if (event instanceof Event.TimeCame) {
            draft.checkout().refunds().forEach(refund -> timeCame(draft, refund));
        }
        wishForSurplus(draft);
        draft.decided(Entry.OrderRefunding.class).forEach(refunding -> wishForOrder(draft, refunding));
        draft.checkout()
                .payments()
                .forEach(payment -> payment.receipts().forEach(receipt -> cutToWhatIsLeft(draft, payment, receipt)));
        draft.checkout().refunds().stream()
                .filter(refund -> refund.isUnsent() && draft.checkout().compensationBy(refund) == null)
                .forEach(refund -> cancelUnlessWanted(draft, refund));
        draft.checkout().refunds().stream()
                .filter(refund -> refund.state() == Refund.State.WISHED)
                .forEach(refund -> fallDue(draft, refund));
        draft.checkout().orders().stream()
                .filter(order -> order.stage() == Stage.REFUNDING)
                .forEach(order -> finish(draft, order));
    }

    private static void wishForSurplus(Draft draft) {
        draft.decided(Entry.MoneyReceived.class)
                .filter(received -> received.verdict() == Verdict.SURPLUS)
                .forEach(received -> wishRest(draft, received.payment(), received.tradeNumber(), "surplus"));
        draft.decided(Entry.MoneyJudgedAnew.class)
                .filter(judged -> judged.verdict() == Verdict.SURPLUS)
                .forEach(judged -> wishRest(draft, judged.payment(), judged.tradeNumber(), "not the exact amount"));
        draft.decided(Entry.MoneyReceived.class)
                .filter(received -> received.verdict() == Verdict.MATCHED || received.verdict() == Verdict.LATE)
                .forEach(received -> wishForEndedOrders(draft, received));
    }

    /** The full amount came although some orders of the cart had ended on a wrong one: their part is not owed. */
    private static void wishForEndedOrders(Draft draft, Entry.MoneyReceived received) {
        for (Order order : draft.checkout().orders()) {
            boolean back = order.stage() == Stage.REFUNDED || order.stage() == Stage.REFUNDING;
            boolean askedJustNow =
                    draft.decided(Entry.OrderRefunding.class).anyMatch(now -> now.line() == order.line());
            if (order.paidAt() == null && (back || order.stage() == Stage.PARKED) && !askedJustNow) {
                wish(draft, received.payment(), received.tradeNumber(), order.amount(), null, "order was refunded");
            }
        }
    }

    private static void wishRest(Draft draft, int number, String tradeNumber, String cause) {
        Payment payment = draft.checkout().payment(number);
        Receipt receipt = payment.receipt(tradeNumber);
        if (receipt != null) {
            wish(draft, number, tradeNumber, Shares.left(draft.checkout(), payment, receipt), null, cause);
        }
    }

    private static void wishForOrder(Draft draft, Entry.OrderRefunding refunding) {
        int line = refunding.line();
        boolean wished =
                draft.decided(Entry.RefundWished.class).anyMatch(wish -> wish.line() != null && wish.line() == line);
        if (!wished) {
            Shares.of(draft.checkout(), draft.order(line))
                    .forEach(share -> wish(
                            draft,
                            share.payment().number(),
                            share.tradeNumber(),
                            share.amount(),
                            line,
                            refunding.cause()));
        }
    }

    private static void wish(
            Draft draft, int payment, String tradeNumber, Money amount, @Nullable Integer line, String cause) {
        if (!amount.isPositive()) {
            return;
        }
        int number = draft.checkout().refunds().size() + 1;
        if (number > MOST_REFUNDS) {
            String fact = amount + " of trade number " + tradeNumber + " is to be given back by other means: all "
                    + MOST_REFUNDS + " refunds of this checkout are used";
            draft.openCase(Case.Kind.REFUND_DECLINED, tradeNumber, line, payment, fact);
            return;
        }
        draft.add(new Entry.RefundWished(number, payment, tradeNumber, amount, line, cause));
    }

    /** The gateway may give back, or have given back, what we were about to: we then send the rest alone. */
    private static void cutToWhatIsLeft(Draft draft, Payment payment, Receipt receipt) {
        for (Refund refund : draft.checkout().refunds()) {
            Money left = Shares.left(draft.checkout(), payment, receipt);
            if (Shares.isOf(refund, payment, receipt) && refund.isUnsent() && left.minorUnits() < 0) {
                int number = payment.id().number();
                draft.add(
                        new Entry.RefundCancelled(refund.id().number(), "the gateway has given money back without us"));
                if (draft.checkout().compensationBy(refund) == null) {
                    Money rest = left.plus(refund.amount());
                    wish(draft, number, receipt.tradeNumber(), rest, refund.line(), refund.cause());
                }
            }
        }
    }

    /** A refund that was not sent ends with the reason for it: the order goes on, or was handed over after all. */
    private static void cancelUnlessWanted(Draft draft, Refund refund) {
        Stage stage = refund.line() == null ? null : draft.order(refund.line()).stage();
        if (stage != null && stage != Stage.REFUNDING && stage != Stage.PARKED && stage != Stage.REFUNDED) {
            draft.add(new Entry.RefundCancelled(refund.id().number(), "the order is " + stage + " now"));
            wishAgainIfSurplus(draft, refund);
        }
    }

    /** Money that is not owed goes back whatever becomes of the order it was once taken for. */
    private static void wishAgainIfSurplus(Draft draft, Refund refund) {
        int number = refund.payment().number();
        Receipt receipt = draft.checkout().payment(number).receipt(refund.tradeNumber());
        if (receipt != null && receipt.verdict() == Verdict.SURPLUS) {
            wish(draft, number, refund.tradeNumber(), refund.amount(), null, "surplus");
        }
    }

    /** A wish falls due once no dispatch can hand over any more and the keys are back. */
    private static void fallDue(Draft draft, Refund refund) {
        if (refund.line() != null) {
            Order order = draft.order(refund.line());
            boolean giveUpKeys = order.stage() == Stage.REFUNDING && Moves.keysAreOut(order);
            if (order.stage() != Stage.REFUNDING || giveUpKeys || !noMoreSends(draft, order)) {
                return;
            }
        }
        int number = refund.id().number();
        draft.add(new Entry.RefundFellDue(number));
        if (!draft.checkout().payment(refund.payment().number()).gatewayTerms().canRefund()) {
            String gateway = draft.checkout().payment(refund.payment().number()).gateway();
            draft.add(new Entry.RefundDeclined(number, "gateway " + gateway + " cannot give money back"));
        }
    }

    /** Commits that nothing more is sent; false while a send may still be under way. */
    private static boolean noMoreSends(Draft draft, Order order) {
        if (!Suppliers.allQuiet(order, draft.now())) {
            return false;
        }
        order.dispatches().stream()
                .filter(Dispatch::isOpen)
                .forEach(dispatch -> draft.add(
                        new Entry.DispatchStopped(order.line(), dispatch.id().number(), "the money goes back")));
        return true;
    }

    private static void finish(Draft draft, Order order) {
        List<Refund> ours = Refunds.of(draft.checkout(), order);
        if (ours.stream().anyMatch(refund -> refund.state() == Refund.State.DECLINED)) {
            Moves.park(draft, order.line(), "the gateway declined the refund: pay back by other means");
        } else if (!Moves.keysAreOut(order)
                && Suppliers.allQuiet(order, draft.now())
                && ours.stream().allMatch(refund -> refund.state() == Refund.State.DONE)) {
            draft.add(new Entry.OrderRefunded(order.line()));
        }
    }

    private static void said(Draft draft, Refund refund, Event.RefundSaid said) {
        RefundAnswer answer = said.answer();
        int number = refund.id().number();
        if (answer instanceof RefundAnswer.Refunded) {
            refunded(draft, refund);
        } else if (!refund.isOpen()) {
            return;
        } else if (answer instanceof RefundAnswer.Pending) {
            if (refund.state() != Refund.State.PENDING) {
                draft.add(new Entry.RefundPending(number));
            }
            askAgain(draft, refund, true);
        } else if (answer instanceof RefundAnswer.Declined declined) {
            draft.add(new Entry.RefundDeclined(number, declined.reason()));
        } else if (answer instanceof RefundAnswer.NotFound) {
            notFound(draft, refund);
        } else if (answer instanceof RefundAnswer.Unknown unknown) {
            boolean byCaller =
                    refund.started() != null && said.send() == refund.started().send();
            if (byCaller && refund.state() == Refund.State.STARTED) {
                draft.add(new Entry.RefundUnclear(number, unknown.reason()));
            } else if (said.send() == 0) {
                askAgain(draft, refund, false);
            }
        }
    }

    private static void refunded(Draft draft, Refund refund) {
        if (refund.state() == Refund.State.DONE) {
            return;
        }
        boolean ended = !refund.isOpen();
        draft.add(new Entry.RefundDone(refund.id().number()));
        if (ended) {
            String fact = "refund " + refund.id() + " was done at the gateway after it was " + refund.state();
            draft.openCase(Case.Kind.CONFLICT, refund.id().toString(), refund.line(), numberOf(refund.payment()), fact);
        }
    }

    private static int numberOf(PaymentId payment) {
        return payment.number();
    }

    private static void notFound(Draft draft, Refund refund) {
        boolean asked = refund.state() == Refund.State.UNKNOWN || refund.state() == Refund.State.PENDING;
        boolean repeatable = draft.checkout()
                .payment(refund.payment().number())
                .gatewayTerms()
                .refundsRepeatably();
        if (asked && repeatable) {
            String part = Parts.of(refund);
            int tries = draft.tries(part);
            draft.add(new Entry.RefundFellDue(refund.id().number()));
            int sends = refund.started() == null ? 0 : refund.started().send();
            Duration gap = Backoff.refund(draft.checkout().terms(), Math.max(tries, sends));
            draft.tryAgain(part, gap, false);
        } else {
            askAgain(draft, refund, false);
        }
    }

    private static void askAgain(Draft draft, Refund refund, boolean alive) {
        String part = Parts.of(refund);
        draft.tryAgain(part, Backoff.refund(draft.checkout().terms(), draft.tries(part)), alive);
    }

    private static void timeCame(Draft draft, Refund refund) {
        if (refund.state() == Refund.State.STARTED
                && refund.started() != null
                && Moves.isOver(draft, refund.started().quietAt())) {
            draft.add(new Entry.RefundUnclear(refund.id().number(), "no answer was recorded in time"));
        } else if ((refund.state() == Refund.State.UNKNOWN || refund.state() == Refund.State.PENDING)
                && Moves.isOver(draft, refund.wishedAt().plus(Backoff.PATIENCE_WITH_GATEWAYS))) {
            String fact = "the gateway has not said for " + Backoff.PATIENCE_WITH_GATEWAYS.toDays()
                    + " days whether this refund was done: look it up there before paying back by other means";
            draft.openCase(Case.Kind.OTHER, refund.id().toString(), refund.line(), numberOf(refund.payment()), fact);
        }
    }
}
