package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Shares.Share;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Compensation.Kind;
import dev.kadao.order.Compensation.State;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Entry;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Terms;
import dev.kadao.port.Compensator.Answer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What buyers get on top, by the rules recorded at placing: decided once for an order, when its wait has ended too late;
 * granted by a refund of its own or by the shop's compensator.
 */
final class RemedyPart {
    private static final int MOST_REFUNDS = 99;

    private RemedyPart() {}

    static void react(Draft draft, Event event) {
        if (event instanceof Event.CompensationSaid said) {
            said(draft, draft.checkout().compensation(said.compensation()), said.answer());
        } else if (event instanceof Event.TimeCame) {
            draft.checkout().compensated().forEach(compensation -> timeCame(draft, compensation));
        }
        draft.decided(Entry.OrderUnfunded.class).forEach(unfunded -> cancel(draft, unfunded.line()));
        draft.decided(Entry.OfOrder.class).forEach(entry -> decideAfter(draft, entry));
        draft.checkout().compensated().forEach(compensation -> followRefund(draft, compensation));
    }

    private static void decideAfter(Draft draft, Entry.OfOrder entry) {
        boolean goods = entry instanceof Entry.OrderDelivered
                || entry instanceof Entry.KeysHandedOver
                || entry instanceof Entry.KeysReplaced
                || entry instanceof Entry.DeliveryAttested;
        // What is given back after a delivery was disputed or taken back: the wait had ended with the delivery.
        boolean money = entry instanceof Entry.OrderRefunded
                && draft.order(entry.line()).windowEnd() == null;
        if (goods || money) {
            decide(draft, draft.order(entry.line()), goods);
        }
    }

    private static void decide(Draft draft, Order order, boolean goods) {
        Checkout checkout = draft.checkout();
        Terms.Remedies remedies = checkout.terms().remedies();
        List<CompensationTerms> rules = remedies == null ? null : remedies.compensation();
        boolean known = checkout.compensated().stream().anyMatch(past -> past.line() == order.line());
        if (rules == null || known || order.paidAt() == null || order.moneyMovedBack()) {
            return;
        }
        Duration late = Duration.between(order.paidAt(), checkout.at())
                .minus(checkout.sla(order).late());
        rules.stream()
                .filter(rule -> rule.holdsFor(order.amount(), late))
                .filter(rule -> rule.kind() != Kind.REFUND_SHARE || (goods && largest(checkout, order, rule) != null))
                .reduce((one, other) -> other.breach().compareTo(one.breach()) > 0 ? other : one)
                .ifPresent(rule -> decide(draft, order, rule));
    }

    private static void decide(Draft draft, Order order, CompensationTerms rule) {
        int number = draft.checkout().compensated().size() + 1;
        int line = order.line();
        Share share = largest(draft.checkout(), order, rule);
        if (rule.kind() != Kind.REFUND_SHARE || share == null) {
            draft.add(new Entry.CompensationDecided(number, line, rule.kind(), rule.credit(), rule.coupon(), null));
            return;
        }
        int refund = draft.checkout().refunds().size() + 1;
        boolean room = refund <= MOST_REFUNDS;
        draft.add(new Entry.CompensationDecided(number, line, rule.kind(), share.amount(), null, room ? refund : null));
        if (!room) {
            decline(draft, number, "all " + MOST_REFUNDS + " refunds of this checkout are used");
            return;
        }
        int payment = share.payment().number();
        draft.add(new Entry.RefundWished(refund, payment, share.tradeNumber(), share.amount(), line, "compensation"));
        draft.add(new Entry.RefundFellDue(refund));
        if (!draft.checkout().payment(payment).gatewayTerms().canRefund()) {
            String gateway = draft.checkout().payment(payment).gateway();
            draft.add(new Entry.RefundDeclined(refund, "gateway " + gateway + " cannot give money back"));
        }
    }

    /**
     * The rule's part of what was paid for the order, but no more than its price, of the receipt that paid most; null if that
     * is less than a minor unit, or was paid in another currency than the price.
     */
    private static @Nullable Share largest(Checkout checkout, Order order, CompensationTerms rule) {
        Integer permille = rule.permille();
        if (permille == null) {
            return null;
        }
        Money price = order.amount();
        return Shares.of(checkout, order).stream()
                .filter(share -> share.amount().currency().equals(price.currency()))
                .map(share -> new Share(
                        share.payment(),
                        share.tradeNumber(),
                        part(share.amount().isMoreThan(price) ? price : share.amount(), permille)))
                .filter(share -> share.amount().isPositive())
                .max(Comparator.comparingLong(share -> share.amount().minorUnits()))
                .orElse(null);
    }

    private static Money part(Money amount, int permille) {
        BigInteger part = BigInteger.valueOf(amount.minorUnits())
                .multiply(BigInteger.valueOf(permille))
                .divide(BigInteger.valueOf(1_000));
        return new Money(part.longValueExact(), amount.currency());
    }

    private static void said(Draft draft, Compensation compensation, Answer answer) {
        int number = compensation.number();
        if (answer instanceof Answer.Granted) {
            granted(draft, compensation);
        } else if (compensation.state() != State.DUE) {
            return;
        } else if (answer instanceof Answer.Declined declined) {
            decline(draft, number, declined.reason());
        } else {
            String part = Parts.of(compensation);
            draft.tryAgain(part, Backoff.refund(draft.checkout().terms(), draft.tries(part)), false);
        }
    }

    private static void granted(Draft draft, Compensation compensation) {
        if (compensation.state() == State.GRANTED) {
            return;
        }
        draft.add(new Entry.CompensationGranted(compensation.number()));
        if (compensation.state() == State.CANCELLED || compensation.state() == State.DECLINED) {
            String fact = named(draft, compensation) + " was granted after it was " + compensation.state();
            openCase(draft, Case.Kind.CONFLICT, compensation, fact);
        }
    }

    private static void decline(Draft draft, int number, String reason) {
        draft.add(new Entry.CompensationDeclined(number, reason));
        Compensation compensation = draft.checkout().compensation(number);
        String fact = named(draft, compensation) + " is to be granted by other means: " + reason;
        openCase(draft, Case.Kind.OTHER, compensation, fact);
    }

    private static void timeCame(Draft draft, Compensation compensation) {
        boolean over = Moves.isOver(draft, compensation.since().plus(Backoff.PATIENCE_WITH_GATEWAYS));
        boolean taken = Moves.isStopped(draft.order(compensation.line()));
        if (isAskedFor(compensation) && over && !taken) {
            draft.add(new Entry.CompensationUnclear(compensation.number()));
            String fact = named(draft, compensation) + " had no clear answer for "
                    + Backoff.PATIENCE_WITH_GATEWAYS.toDays() + " days: look whether it was granted";
            openCase(draft, Case.Kind.OTHER, compensation, fact);
        }
    }

    /** Whether the compensator is to be asked for it. */
    static boolean isAskedFor(Compensation compensation) {
        return compensation.state() == State.DUE && compensation.refund() == null;
    }

    /** The gateway gave the order's money back without us: what the buyer has not got on top, he does not get. */
    private static void cancel(Draft draft, int line) {
        String reason = "the gateway gave the money back";
        for (Compensation compensation : draft.checkout().compensated()) {
            if (compensation.line() != line || compensation.state() != State.DUE) {
                continue;
            }
            Integer number = compensation.refund();
            if (number == null) {
                Attempt tried = draft.checkout().schedule().of(Parts.of(compensation));
                draft.add(new Entry.CompensationCancelled(compensation.number(), reason));
                if (tried != null && tried.count() > 0) {
                    String fact = named(draft, compensation)
                            + " was asked for without a clear answer before the gateway gave the money back: look whether"
                            + " it was granted";
                    openCase(draft, Case.Kind.CONFLICT, compensation, fact);
                }
            } else if (draft.checkout().refund(number).isUnsent()) {
                draft.add(new Entry.RefundCancelled(number, reason));
            }
        }
    }

    /** A share of the price is granted, declined or cancelled as its refund is. */
    private static void followRefund(Draft draft, Compensation compensation) {
        Integer number = compensation.refund();
        if (number == null || compensation.state() == State.GRANTED) {
            return;
        }
        Refund.State state = draft.checkout().refund(number).state();
        if (state == Refund.State.DONE) {
            draft.add(new Entry.CompensationGranted(compensation.number()));
        } else if (compensation.state() == State.DUE && state == Refund.State.DECLINED) {
            draft.add(new Entry.CompensationDeclined(compensation.number(), "the gateway declined the refund"));
        } else if (compensation.state() == State.DUE && state == Refund.State.CANCELLED) {
            draft.add(new Entry.CompensationCancelled(compensation.number(), "the gateway gave the money back"));
        }
    }

    private static String named(Draft draft, Compensation compensation) {
        String what = switch (compensation.kind()) {
            case REFUND_SHARE -> "a part of the price, " + compensation.amount() + ",";
            case CREDIT -> "a credit of " + compensation.amount();
            case COUPON -> "a coupon (" + compensation.coupon() + ")";
        };
        return "compensation " + reference(draft, compensation) + ", " + what;
    }

    private static String reference(Draft draft, Compensation compensation) {
        return compensation.reference(draft.checkout().id());
    }

    private static void openCase(Draft draft, Case.Kind kind, Compensation compensation, String fact) {
        draft.openCase(kind, reference(draft, compensation), compensation.line(), null, fact);
    }
}
