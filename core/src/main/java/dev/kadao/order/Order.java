package dev.kadao.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SKU times a quantity for one recipient, with one lifecycle.
 *
 * @param recipient the commitment to the recipient's text
 * @param since when the present stage was entered
 * @param paidAt from when the promise to the buyer counts: payment, release of a hold or decision to replace
 * @param paidLate whether the money came after closing: then missing stock is not waited for
 * @param windowEnd until when the buyer may dispute; null before delivery
 * @param disputedFrom the stage a rejected dispute goes back to; null if there is none
 * @param takenBy the operator who stopped automation of this order; null if nobody did
 * @param moneyMovedBack whether the gateway gave the money back without us
 * @param changes raised with every change that a person who looks at the order would act on; shown as its version
 * @param recipientHistory what became of the recipient since placing; null if it was neither corrected nor confirmed
 */
public record Order(
        OrderId id,
        String sku,
        int quantity,
        Money amount,
        Commitment recipient,
        Route route,
        Stage stage,
        Instant since,
        @Nullable Instant paidAt,
        boolean paidLate,
        Keys keys,
        List<Dispatch> dispatches,
        @Nullable Instant windowEnd,
        @Nullable Stage disputedFrom,
        @Nullable String takenBy,
        boolean moneyMovedBack,
        int changes,
        @Nullable RecipientHistory recipientHistory) {

    public Order {
        dispatches = List.copyOf(dispatches);
    }

    /** An order as it is placed. */
    public static Order placed(
            OrderId id, String sku, int quantity, Money amount, Commitment recipient, Route route, Instant at) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                Stage.AWAITING_PAYMENT,
                at,
                null,
                false,
                Keys.NONE,
                List.of(),
                null,
                null,
                null,
                false,
                1,
                null);
    }

    public int line() {
        return id.line();
    }

    /** The latest dispatch; null if none was started. */
    public @Nullable Dispatch lastDispatch() {
        return dispatches.isEmpty() ? null : dispatches.get(dispatches.size() - 1);
    }

    public @Nullable Dispatch dispatch(int number) {
        return number >= 1 && number <= dispatches.size() ? dispatches.get(number - 1) : null;
    }

    /** By when the shop's own people, whose turn it is, are to hand it over; null if it is not theirs. */
    public @Nullable Instant dueWithPeople() {
        Dispatch last = lastDispatch();
        return stage == Stage.DISPATCHING && last != null ? last.dueWithPeople() : null;
    }

    public boolean isDelivered() {
        return stage == Stage.DELIVERED
                || stage == Stage.DISPUTED
                || stage == Stage.REPLACING
                || stage == Stage.COMPLETED;
    }

    public Order with(Stage newStage, Instant at) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                newStage,
                at,
                paidAt,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order paid(Instant at, boolean late) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                Stage.PAID,
                at,
                at,
                late,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order promisedFrom(Instant at) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                at,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order with(Keys newKeys) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                newKeys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    /** This order with a dispatch added, or replaced where its number is known. */
    public Order with(Dispatch dispatch) {
        List<Dispatch> changed = new ArrayList<>(dispatches);
        int index = dispatch.id().number() - 1;
        if (index < changed.size()) {
            changed.set(index, dispatch);
        } else {
            changed.add(dispatch);
        }
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                changed,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order withWindow(@Nullable Instant end) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                dispatches,
                end,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order disputed(@Nullable Stage from) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                from,
                takenBy,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order taken(@Nullable String actor) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                actor,
                moneyMovedBack,
                changes,
                recipientHistory);
    }

    public Order withMoneyMovedBack() {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                true,
                changes,
                recipientHistory);
    }

    /** This order for another recipient, who is not confirmed yet. */
    public Order corrected(Commitment newRecipient) {
        RecipientHistory known = recipientHistory;
        return addressed(
                newRecipient,
                new RecipientHistory(placedRecipient(), known == null ? 1 : known.corrections() + 1, null));
    }

    /** This order with its recipient confirmed by the buyer. */
    public Order confirmedFor(Instant at) {
        RecipientHistory known = recipientHistory;
        return addressed(
                recipient, new RecipientHistory(placedRecipient(), known == null ? 0 : known.corrections(), at));
    }

    /** The commitment to the recipient as first placed. */
    public Commitment placedRecipient() {
        return recipientHistory == null ? recipient : recipientHistory.placed();
    }

    private Order addressed(Commitment newRecipient, RecipientHistory history) {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                newRecipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes,
                history);
    }

    public Order changed() {
        return new Order(
                id,
                sku,
                quantity,
                amount,
                recipient,
                route,
                stage,
                since,
                paidAt,
                paidLate,
                keys,
                dispatches,
                windowEnd,
                disputedFrom,
                takenBy,
                moneyMovedBack,
                changes + 1,
                recipientHistory);
    }
}
