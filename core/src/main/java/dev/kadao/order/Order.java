package dev.kadao.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
 * @param ladder which rungs of the promise were reached; null if none was
 * @param questions what the buyer asked the shop's support; null if nothing
 * @param review what the buyer thinks of the completed order; null if nothing was said
 * @param delivery how it was first delivered; null before, and for one delivered by a version that did not keep it
 * @param proposed what one person proposed last and nobody has decided, even if it lapsed since; see {@link #proposal()}
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
        @Nullable RecipientHistory recipientHistory,
        @Nullable Ladder ladder,
        @Nullable Questions questions,
        @Nullable Review review,
        @Nullable Delivery delivery,
        @Nullable Proposal proposed) {

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
                null,
                null,
                null,
                null,
                null,
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

    /** What waits for a second person; null if nothing does, or the order has moved on since it was proposed. */
    public @Nullable Proposal proposal() {
        return proposed != null && proposed.version() == changes ? proposed : null;
    }

    public boolean isDelivered() {
        return stage == Stage.DELIVERED
                || stage == Stage.DISPUTED
                || stage == Stage.REPLACING
                || stage == Stage.COMPLETED;
    }

    /** Whether the buyer has paid and it is not with the buyer that the next step lies. */
    public boolean isOwed() {
        return isOwed(stage);
    }

    /** Whether orders in that stage are owed. */
    public static boolean isOwed(Stage stage) {
        return switch (stage) {
            case ON_HOLD, PAID, RESERVED, DISPATCHING, UNCERTAIN, DISPUTED, REPLACING, REFUNDING, PARKED -> true;
            case AWAITING_PAYMENT, CLOSED, DELIVERED, COMPLETED, REFUNDED -> false;
        };
    }

    /** Whether nothing has gone to the recipient, and nothing may be on its way there. */
    public boolean isUnsent() {
        return switch (stage) {
            case AWAITING_PAYMENT, ON_HOLD, PAID, RESERVED -> dispatches.isEmpty();
            case CLOSED,
                    DISPATCHING,
                    UNCERTAIN,
                    DELIVERED,
                    DISPUTED,
                    REPLACING,
                    COMPLETED,
                    REFUNDING,
                    REFUNDED,
                    PARKED -> false;
        };
    }

    public Order with(Stage newStage, Instant at) {
        return with(copy -> {
            copy.stage = newStage;
            copy.since = at;
        });
    }

    public Order paid(Instant at, boolean late) {
        return with(copy -> {
            copy.stage = Stage.PAID;
            copy.since = at;
            copy.paidAt = at;
            copy.paidLate = late;
            copy.ladder = null;
        });
    }

    public Order promisedFrom(Instant at) {
        return with(copy -> {
            copy.paidAt = at;
            copy.ladder = null;
        });
    }

    public Order with(Keys newKeys) {
        return with(copy -> copy.keys = newKeys);
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
        return with(copy -> copy.dispatches = changed);
    }

    /** This order after its first delivery. */
    public Order with(Delivery first) {
        return with(copy -> copy.delivery = first);
    }

    public Order withWindow(@Nullable Instant end) {
        return with(copy -> copy.windowEnd = end);
    }

    public Order disputed(@Nullable Stage from) {
        return with(copy -> copy.disputedFrom = from);
    }

    public Order taken(@Nullable String actor) {
        return with(copy -> copy.takenBy = actor);
    }

    public Order withMoneyMovedBack() {
        return with(copy -> copy.moneyMovedBack = true);
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
        return with(copy -> {
            copy.recipient = newRecipient;
            copy.recipientHistory = history;
        });
    }

    public Order changed() {
        return with(copy -> copy.changes = changes + 1);
    }

    /** This order with a rung reached of the promise that began at {@code from}. */
    public Order reached(Ladder.Rung rung, Instant from) {
        Ladder known = ladder == null || !ladder.from().equals(from) ? new Ladder(from, List.of()) : ladder;
        return with(copy -> copy.ladder = known.with(rung));
    }

    /** Whether a rung was reached of the promise that holds now; another one before it counts for nothing. */
    public boolean hasReached(Ladder.Rung rung) {
        return ladder != null && ladder.from().equals(paidAt) && ladder.has(rung);
    }

    /** This order with one more question to the shop's support. */
    public Order asked(boolean settled, Instant at) {
        return with(copy -> copy.questions = Questions.with(questions, settled, at));
    }

    public Order with(Review newReview) {
        return with(copy -> copy.review = newReview);
    }

    public Order proposed(@Nullable Proposal newProposal) {
        return with(copy -> copy.proposed = newProposal);
    }

    private Order with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made(this);
    }

    /** The components that can change, so that a change names what changes alone. */
    private static final class Copy {
        private Commitment recipient;
        private Route route;
        private Stage stage;
        private Instant since;
        private @Nullable Instant paidAt;
        private boolean paidLate;
        private Keys keys;
        private List<Dispatch> dispatches;
        private @Nullable Instant windowEnd;
        private @Nullable Stage disputedFrom;
        private @Nullable String takenBy;
        private boolean moneyMovedBack;
        private int changes;
        private @Nullable RecipientHistory recipientHistory;
        private @Nullable Ladder ladder;
        private @Nullable Questions questions;
        private @Nullable Review review;
        private @Nullable Delivery delivery;
        private @Nullable Proposal proposed;

        private Copy(Order order) {
            recipient = order.recipient;
            route = order.route;
            stage = order.stage;
            since = order.since;
            paidAt = order.paidAt;
            paidLate = order.paidLate;
            keys = order.keys;
            dispatches = order.dispatches;
            windowEnd = order.windowEnd;
            disputedFrom = order.disputedFrom;
            takenBy = order.takenBy;
            moneyMovedBack = order.moneyMovedBack;
            changes = order.changes;
            recipientHistory = order.recipientHistory;
            ladder = order.ladder;
            questions = order.questions;
            review = order.review;
            delivery = order.delivery;
            proposed = order.proposed;
        }

        private Order made(Order order) {
            return new Order(
                    order.id,
                    order.sku,
                    order.quantity,
                    order.amount,
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
                    changes,
                    recipientHistory,
                    ladder,
                    questions,
                    review,
                    delivery,
                    proposed);
        }
    }
}
