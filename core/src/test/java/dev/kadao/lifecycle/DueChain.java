package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Schedule;
import dev.kadao.order.Started;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.Escrow;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets time alone go on from a state, with a world that answers badly, until nothing but daily alerts is left. */
final class DueChain {
    private static final int MOST_ROUNDS = 1_500;

    /** How the world answers to every effect. */
    enum World {
        /** Nobody can tell. */
        SILENT,
        /** The caller dies before it can report; queries are not answered. */
        CRASHING,
        /** No stock, no connection, nothing found, nothing told. */
        REFUSING
    }

    private final Placings placing;
    private final World world;
    private Checkout checkout;
    private boolean moved;

    private DueChain(Placings placing, World world, Checkout checkout) {
        this.placing = placing;
        this.world = world;
        this.checkout = checkout;
    }

    /** What is wrong with the chain of due times from here; null if it ends as it should. */
    static @Nullable String follow(Placings placing, World world, Checkout from) {
        return new DueChain(placing, world, from).follow();
    }

    private @Nullable String follow() {
        Instant now = checkout.at();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Instant due = Lifecycle.nextDue(checkout);
            if (due == null) {
                return null;
            }
            now = due.isAfter(now) ? due : now;
            if (onlyAlertsAreLeft(now)) {
                return null;
            }
            moved = false;
            decide(new Event.TimeCame(now));
            for (Effect effect : Lifecycle.pending(checkout, now)) {
                run(effect, now);
            }
            if (!moved) {
                return world + ": due at " + due + ", and nothing comes of it: " + Due.waits(checkout, now);
            }
            List<String> broken = round % 8 == 0 ? Rules.ofState(checkout) : List.of();
            if (!broken.isEmpty()) {
                return world + ", at " + now + ": " + broken;
            }
        }
        return world + ": still busy after " + MOST_ROUNDS + " rounds: " + Due.waits(checkout, now);
    }

    private boolean onlyAlertsAreLeft(Instant now) {
        return Due.waits(checkout, now).stream().allMatch(wait -> wait.effect() instanceof Effect.AlertCase)
                && checkout.cases().stream().anyMatch(Case::isOpen);
    }

    private void decide(Event event) {
        if (Lifecycle.decide(checkout, event) instanceof Verdict.Moved decided) {
            checkout = decided.after();
            moved = true;
        }
    }

    private void run(Effect effect, Instant now) {
        if (effect instanceof Effect.DispatchGoods goods) {
            Started started = Samples.started(goods.send(), now);
            decide(new Event.DispatchIntended(now, goods, placing.suppliers().get(goods.supplier()), started));
            if (world != World.CRASHING) {
                Answer answer = world == World.SILENT ? new Answer.Unknown("silence") : refusal(goods);
                decide(new Event.SupplierSaid(now, goods.line(), goods.dispatch(), goods.send(), answer, null));
            }
        } else if (effect instanceof Effect.QueryDispatch query) {
            Answer answer = world == World.REFUSING ? new Answer.NotFound() : new Answer.Unknown("silence");
            decide(new Event.SupplierSaid(now, query.line(), query.dispatch(), 0, answer, null));
        } else if (effect instanceof Effect.OfStock stock) {
            StockAnswer refusal = world == World.REFUSING ? refusal(stock) : null;
            StockAnswer answer = refusal == null ? new StockAnswer.NotTried("silence") : refusal;
            decide(new Event.StockSaid(now, stock.line(), answer));
        } else if (effect instanceof Effect.MoveHold move) {
            decide(new Event.EscrowSaid(now, move.line(), move.move(), new Escrow.Answer.Unknown("silence")));
        } else if (effect instanceof Effect.AssessRisk) {
            Schedule.Attempt asked = checkout.schedule().of(effect.part());
            boolean again = world == World.SILENT && (asked == null || asked.count() < 3);
            decide(new Event.RiskSaid(now, world == World.REFUSING ? "new buyer" : null, again));
        } else if (effect instanceof Effect.GrantCompensation grant) {
            decide(new Event.CompensationSaid(now, grant.compensation(), new Compensator.Answer.Unknown("silence")));
        } else if (effect instanceof Effect.SendMessage message) {
            decide(new Event.MessageTold(now, message.message(), Event.MessageTold.Telling.NOT_TOLD));
        } else if (effect instanceof Effect.AlertCase alert) {
            Case open = checkout.caseNumber(alert.caseNumber());
            boolean told = world != World.REFUSING;
            decide(new Event.CaseAlerted(now, open.number(), open.levelAt(now), told));
        } else {
            ofMoney(effect, now);
        }
    }

    private static Answer refusal(Effect.DispatchGoods goods) {
        return goods.send() % 2 == 1 ? new Answer.NotSent("refused") : new Answer.Declined(Scope.SUPPLIER, "empty");
    }

    private static @Nullable StockAnswer refusal(Effect.OfStock effect) {
        if (effect instanceof Effect.ReserveUnpaid) {
            return new StockAnswer.ForUnpaid(new UnpaidAnswer.OutOfStock());
        }
        boolean gives = effect instanceof Effect.ReleaseKeys || effect instanceof Effect.LetKeysGo;
        return gives ? null : new StockAnswer.OutOfStock();
    }

    private void ofMoney(Effect effect, Instant now) {
        if (effect instanceof Effect.OpenPayment open) {
            decide(new Event.OpenAnswered(now, open.payment(), new OpenAnswer.Unknown("silence")));
        } else if (effect instanceof Effect.QueryPayment query) {
            PaymentWord word =
                    world == World.REFUSING ? new PaymentWord.NotFound() : new PaymentWord.Unknown("silence");
            decide(new Event.MoneySaid(now, query.payment(), word, false));
        } else if (effect instanceof Effect.ClosePayment close) {
            decide(new Event.CloseAnswered(now, close.payment(), new CloseAnswer.Unknown("silence")));
        } else if (effect instanceof Effect.RefundMoney money) {
            decide(new Event.RefundIntended(now, money, Samples.started(money.send(), now)));
            if (world != World.CRASHING) {
                decide(new Event.RefundSaid(now, money.refund(), money.send(), new RefundAnswer.Unknown("silence")));
            }
        } else if (effect instanceof Effect.QueryRefund query) {
            RefundAnswer answer =
                    world == World.REFUSING ? new RefundAnswer.NotFound() : new RefundAnswer.Unknown("silence");
            decide(new Event.RefundSaid(now, query.refund(), 0, answer));
        }
    }
}
