package dev.kadao.support.answer;

import dev.kadao.insight.Diagnosis;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Intent;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Questions;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a question about an order in a state. Pure.
 *
 * @param sentence the key of what is said beside the diagnosis; empty for nothing
 * @param nudges whether whatever is safe is done at once
 * @param person whether a person is to read it
 */
public record Ruling(String sentence, boolean nudges, Person person) {
    /** From the third question on, whoever is still not content gets a person. */
    private static final int PATIENCE = 2;

    private static final Duration LONGEST_REFUND = Duration.ofDays(1);
    private static final Duration LONGEST_BOOKING = Duration.ofDays(7);

    /** Whether a person is to read it. */
    public enum Person {
        NOT_NEEDED,
        /** With the open case of the order, as long as that is open. */
        WITH_THE_ORDER,
        /** Whatever becomes of the order. */
        ANYWAY
    }

    /** Rules on a question. */
    public static Ruling of(Intent intent, Checkout checkout, int line, Instant now) {
        Order order = checkout.order(line);
        Diagnosis diagnosis = Diagnosis.of(checkout, line, now);
        Ruling ruling = of(intent, checkout, order, now);
        return ruling.person == Person.NOT_NEEDED && wantsPerson(order, diagnosis)
                ? new Ruling(ruling.sentence, ruling.nudges, Person.WITH_THE_ORDER)
                : ruling;
    }

    /** Whether the order's own state asks for a person, whatever the question is. */
    private static boolean wantsPerson(Order order, Diagnosis diagnosis) {
        Questions known = order.questions();
        boolean asksOn = known != null && known.asked() >= PATIENCE;
        return switch (diagnosis.verdict()) {
            case LATE, STUCK, WITH_PERSON -> true;
            case ON_TIME -> diagnosis.whoseTurn() == Stage.Turn.OPERATOR && order.takenBy() != null;
            case NOT_PAID, CLOSED, DELIVERED, COMPLETED, REFUNDING, REFUNDED -> asksOn || order.takenBy() != null;
        };
    }

    private static Ruling of(Intent intent, Checkout checkout, Order order, Instant now) {
        return switch (intent) {
            case WHERE_IS_IT -> whereIsIt(checkout, order);
            case PAID_BUT_UNPAID -> paidButUnpaid(checkout, order);
            case KEY_INVALID -> aboutGoods("key-invalid", order);
            case WRONG_ACCOUNT -> recipient("wrong-account", order);
            case CHANGE_RECIPIENT -> recipient("change-recipient", order);
            case REFUND_STATUS -> refundStatus(checkout, order, now);
            case WANT_REFUND -> wantRefund(checkout, order);
            case PAID_TWICE -> paidTwice(checkout);
            case HOW_TO_SEE_KEY -> howToSee(order);
            case RECEIPT -> new Ruling("receipt", false, Person.ANYWAY);
            case HUMAN -> new Ruling("human", false, Person.ANYWAY);
            case THREAT -> new Ruling("threat", false, Person.ANYWAY);
            case OTHER -> new Ruling("other", false, Person.ANYWAY);
        };
    }

    private static Ruling whereIsIt(Checkout checkout, Order order) {
        return switch (order.stage()) {
            case AWAITING_PAYMENT -> nudging("unpaid");
            case CLOSED -> closed(checkout);
            case DELIVERED, COMPLETED -> delivered(order);
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING, ON_HOLD, DISPUTED, PARKED, REFUNDING, REFUNDED ->
                nudging("");
        };
    }

    /** A buyer who says that nothing came contradicts what is on record: keys he can see for himself, a top-up he cannot. */
    private static Ruling delivered(Order order) {
        if (!order.route().givesKeys()) {
            return new Ruling("top-up-missing", true, Person.ANYWAY);
        }
        return nudging(order.keys().revealed() ? "keys-seen" : "keys-unseen");
    }

    private static Ruling closed(Checkout checkout) {
        return canBeAsked(checkout) ? nudging("unpaid-closed") : new Ruling("unpaid-closed", false, Person.ANYWAY);
    }

    private static Ruling paidButUnpaid(Checkout checkout, Order order) {
        return switch (order.stage()) {
            case AWAITING_PAYMENT ->
                canBeAsked(checkout) ? nudging("unpaid-asking") : new Ruling("unpaid-unknown", false, Person.ANYWAY);
            case CLOSED -> closed(checkout);
            case DELIVERED, COMPLETED, PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING -> nudging("payment-known");
            case ON_HOLD, DISPUTED, PARKED, REFUNDING, REFUNDED -> nudging("");
        };
    }

    private static Ruling aboutGoods(String name, Order order) {
        return switch (order.stage()) {
            case DELIVERED, COMPLETED -> new Ruling(name, false, Person.ANYWAY);
            case DISPUTED -> new Ruling(name + "-disputed", false, Person.WITH_THE_ORDER);
            case AWAITING_PAYMENT,
                    CLOSED,
                    PAID,
                    RESERVED,
                    DISPATCHING,
                    UNCERTAIN,
                    REPLACING,
                    ON_HOLD,
                    PARKED,
                    REFUNDING,
                    REFUNDED -> new Ruling(name + "-none", false, Person.ANYWAY);
        };
    }

    /** What a buyer can put right himself he is told; what has gone, or may have, is for a person. */
    private static Ruling recipient(String name, Order order) {
        return switch (order.stage()) {
            case AWAITING_PAYMENT, ON_HOLD, PAID, RESERVED ->
                order.dispatches().isEmpty()
                        ? new Ruling("recipient-open", false, Person.NOT_NEEDED)
                        : new Ruling("recipient-gone", false, Person.ANYWAY);
            case DISPATCHING, UNCERTAIN, REPLACING, PARKED -> new Ruling("recipient-gone", false, Person.ANYWAY);
            case DELIVERED, COMPLETED, DISPUTED -> new Ruling(name, false, Person.ANYWAY);
            case CLOSED, REFUNDING, REFUNDED -> new Ruling("recipient-over", false, Person.NOT_NEEDED);
        };
    }

    private static Ruling refundStatus(Checkout checkout, Order order, Instant now) {
        return switch (order.stage()) {
            case REFUNDING ->
                new Ruling("", true, isLonger(order, LONGEST_REFUND, now) ? Person.WITH_THE_ORDER : Person.NOT_NEEDED);
            case REFUNDED ->
                new Ruling(
                        "refunded", false, isLonger(order, LONGEST_BOOKING, now) ? Person.ANYWAY : Person.NOT_NEEDED);
            case AWAITING_PAYMENT, CLOSED -> hasMoney(checkout) ? besideTheOrder(checkout, order) : nudging("no-money");
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING, ON_HOLD, DISPUTED, PARKED, DELIVERED, COMPLETED ->
                besideTheOrder(checkout, order);
        };
    }

    /** Of an order that keeps its price, what was paid too much or is compensated may go back: that is no "none". */
    private static Ruling besideTheOrder(Checkout checkout, Order order) {
        if (Surplus.of(checkout).state() != Surplus.State.NONE) {
            return paidTwice(checkout);
        }
        Refund share = compensating(checkout, order);
        if (share == null || share.state() == Refund.State.DECLINED || share.state() == Refund.State.CANCELLED) {
            return new Ruling("no-refund", true, Person.ANYWAY);
        }
        String sentence = share.state() == Refund.State.DONE ? "compensation-back" : "compensation-under-way";
        return new Ruling(sentence, false, Person.NOT_NEEDED);
    }

    /** The refund that gives back a part of the order's price as compensation; null if there is none. */
    static @Nullable Refund compensating(Checkout checkout, Order order) {
        return checkout.compensated().stream()
                .filter(compensation -> compensation.line() == order.line())
                .map(Compensation::refund)
                .filter(Objects::nonNull)
                .map(checkout::refund)
                .findFirst()
                .orElse(null);
    }

    private static boolean isLonger(Order order, Duration limit, Instant now) {
        return now.isAfter(order.since().plus(limit));
    }

    private static Ruling wantRefund(Checkout checkout, Order order) {
        return switch (order.stage()) {
            case AWAITING_PAYMENT, CLOSED ->
                hasMoney(checkout) ? new Ruling("want-refund", false, Person.ANYWAY) : nudging("no-money");
            case REFUNDING -> nudging("");
            case REFUNDED -> new Ruling("refunded", false, Person.NOT_NEEDED);
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING, ON_HOLD, DISPUTED, PARKED, DELIVERED, COMPLETED ->
                new Ruling("want-refund", false, Person.ANYWAY);
        };
    }

    /** A second payment that is on record goes back by itself; one that is not may be of another order. */
    private static Ruling paidTwice(Checkout checkout) {
        Surplus surplus = Surplus.of(checkout);
        return switch (surplus.state()) {
            case NONE -> new Ruling("paid-once", true, Person.ANYWAY);
            case UNDER_WAY -> nudging("surplus-under-way");
            case BACK -> new Ruling("surplus-back", false, Person.NOT_NEEDED);
            case DECLINED -> new Ruling("surplus-declined", false, Person.ANYWAY);
        };
    }

    private static Ruling howToSee(Order order) {
        return switch (order.stage()) {
            case DELIVERED, COMPLETED ->
                order.route().givesKeys()
                        ? nudging(order.keys().revealed() ? "keys-seen" : "keys-unseen")
                        : new Ruling("no-keys", false, Person.NOT_NEEDED);
            case DISPUTED -> new Ruling("", false, Person.WITH_THE_ORDER);
            case AWAITING_PAYMENT -> nudging("unpaid");
            case CLOSED -> nudging("unpaid-closed");
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING, ON_HOLD, PARKED, REFUNDING, REFUNDED ->
                nudging(order.route().givesKeys() ? "" : "no-keys-yet");
        };
    }

    private static Ruling nudging(String sentence) {
        return new Ruling(sentence, true, Person.NOT_NEEDED);
    }

    private static boolean canBeAsked(Checkout checkout) {
        return checkout.payments().stream()
                .anyMatch(payment -> payment.state() == Payment.State.OPEN || payment.state() == Payment.State.CLOSING);
    }

    private static boolean hasMoney(Checkout checkout) {
        return checkout.payments().stream()
                .flatMap(payment -> payment.receipts().stream())
                .anyMatch(Ruling::isThere);
    }

    private static boolean isThere(Receipt receipt) {
        return receipt.amount().isMoreThan(receipt.movedBack());
    }
}
