package dev.kadao;

import dev.kadao.desk.Desk;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.RecentTimes;
import dev.kadao.insight.Timeline;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.NoticeReply;
import dev.kadao.support.Support;
import java.util.Optional;

/**
 * The front door: a shop's orders from placing to delivered. One per process and store; several processes may share a
 * store. Thread-safe. Business answers are values with {@code orThrow()}; what cannot be stored in time is answered
 * "busy" and may be repeated. Reads throw {@link dev.kadao.port.StoreException} if the store cannot be reached.
 */
public interface Fulfillment extends AutoCloseable {

    /** Begins to build one. */
    static FulfillmentBuilder builder() {
        return new FulfillmentBuilder();
    }

    /**
     * Places a checkout and opens its first payment, if the request names a gateway. Idempotent by its id: the same
     * content again changes nothing, also after a crash. Once it answers, what was placed survives one.
     */
    PlaceResult place(PlaceRequest request);

    /**
     * Places a checkout within the caller's own transaction, so that the shop's order and the checkout come into being
     * together or not at all. Idempotent by the id, as {@link #place}. The transaction stays the caller's: it is neither
     * committed nor rolled back here. A rollback leaves nothing; after a commit every process finds the checkout by
     * its due time.
     *
     * <p>Nothing is opened at a gateway before the commit, not even at one that opens locally: a payment that the request
     * names opens within one {@code EngineSettings.watchdogInterval} after it. To have one at once, name no gateway here
     * and call {@link #openPayment} after the commit. The payment deadline counts from this call, so commit soon; other
     * callers that place the same id wait for it.
     *
     * @param joined from the store this was built with, for example {@code JdbcCheckoutStore.join(connection)}
     * @throws dev.kadao.order.InvalidValueException if {@code joined} is not of this store; nothing was written
     * @throws dev.kadao.port.StoreException if a statement failed within the caller's transaction: roll it back; if
     *     {@code isTransient()}, run it again from its start
     */
    JoinedResult placeWithin(PlaceRequest request, JoinedCommit joined);

    /**
     * Asks for a further payment of an unpaid checkout; the earlier ones stay valid. Not idempotent: each call opens
     * one, at most five at a time. After a "busy", read the checkout before asking again.
     *
     * @param gateway the name under which the gateway was given to the builder
     */
    PaymentResult openPayment(CheckoutId checkout, String gateway);

    /**
     * Receives a notice of a gateway and says what to answer over HTTP. Never throws. The reply that acknowledges is
     * given only once the notice is stored; a repetition is acknowledged and changes nothing.
     */
    NoticeReply receive(String gateway, InboundNotice notice);

    /** Receives a notice of a supplier, as {@link #receive} does. */
    NoticeReply receiveFromSupplier(String supplier, InboundNotice notice);

    /**
     * Shows the buyer the keys of an order, in DELIVERED and COMPLETED, and in DISPUTED where they were seen before. Each
     * reveal is recorded with its time, as coming from nowhere known: rather say where it comes from.
     */
    RevealResult reveal(OrderId order);

    /**
     * Shows the buyer the keys of an order as {@link #reveal(OrderId)} does, and records where they were asked for. What
     * cannot be recorded is not shown. {@link Desk#revealsOf} lists what was recorded.
     *
     * <p>Shown again to the same origin within a minute, it is the same reveal; from 50 entries of an order on, only the
     * first within an hour is recorded. So whoever has the token can look as often as he likes and fills no journal.
     *
     * @param origin in the shop's words, for example address and user agent: 1 to 512 characters, else the answer is
     *     refused as bad input. Personal data: kept on the erasable side under a salted commitment, at most 20 different
     *     ones of a checkout and that of each first look; erased with {@link #erasePersonalData}
     */
    RevealResult reveal(OrderId order, String origin);

    /**
     * The buyer has been shown the recipient on record and says that it is right. Recorded; nothing waits for it. Possible
     * until the goods may be on their way, as for {@link #correctRecipient}. Repeated: the same answer.
     *
     * @param recipient as the buyer saw it: any other text than the one on record is refused as bad input
     */
    Answer confirmRecipient(OrderId order, String recipient);

    /**
     * The buyer corrects the recipient, at most ten times: before the first dispatch of the order is begun or its keys are
     * handed over, in AWAITING_PAYMENT, ON_HOLD, PAID and RESERVED; refused from then on. The supplier gets what is on
     * record when the dispatch is begun: whichever of the two is written first wins. The new recipient is not confirmed
     * yet. Placed again with the recipient of the first placing, the checkout is still the same. Repeated: the same answer.
     *
     * @param recipient 1 to 256 printable characters that the {@link dev.kadao.port.RecipientCheck} has nothing against,
     *     else refused as bad input; personal data. The former one is kept beside it until both are erased
     */
    Answer correctRecipient(OrderId order, String recipient);

    /** The buyer says that the goods are in order: DELIVERED becomes COMPLETED. Repeated: the same answer. */
    Answer confirm(OrderId order);

    /**
     * The buyer asks where the goods are, from PAID on: whatever is safe is done at once, and a late order gets one case.
     * May be repeated at will; it does something at most once a minute.
     */
    ComplaintResult complain(OrderId order);

    /**
     * The buyer disputes the goods: DELIVERED becomes DISPUTED. In COMPLETED the stage stays and a person gets a case.
     * Repeated: the same answer, and the first reason stays.
     *
     * @param reason 1 to 2000 characters; personal data
     */
    Answer dispute(OrderId order, String reason);

    /**
     * The buyer says what the order was like: once, and only of a COMPLETED one whose money was kept and whose dispute, if
     * there was one, is decided. The same again is a repetition; another one is refused and the first stays, also when the
     * order is replaced or its money goes back later. {@link Desk#reviews} lists them, {@link Desk#ratings} counts them.
     *
     * @param stars 1 to 5
     * @param text 1 to 2000 printable characters, line breaks included, blanks at its ends cut off; for everybody to read,
     *     so that one with the order's recipient or the buyer's account in it is refused. Erased with the other texts
     */
    Answer review(OrderId order, int stars, Optional<String> text);

    /**
     * Erases what identifies the buyer of a checkout: recipients, account, reasons, evidence, texts of reviews, suppliers'
     * receipts. Facts and their journal stay, with commitments to texts that nobody can restore. Refused while anything of
     * the checkout may still need them: an order that is not closed, completed or refunded, a payment that may still be
     * paid, an open refund, message or case; there is no way to insist. Repeated: the same answer. If money comes for it
     * all the same, nothing is sent to anybody: a person gets a case.
     *
     * <p>Bodies of gateways' notices are kept beside the checkout as they came, for disputes, and may name the payer: they
     * are not erased here but go with the retention of notices. Nor is what others hold: the gateway, suppliers, backups.
     */
    Answer erasePersonalData(CheckoutId checkout);

    /** Reads a checkout; empty if there is none. */
    Optional<Snapshot> checkout(CheckoutId id);

    /** Says how an order stands and whose turn it is; empty if there is no such order. */
    Optional<Diagnosis> diagnose(OrderId order);

    /**
     * How long deliveries have taken lately, for a {@link Diagnosis} of a snapshot that is at hand: {@link #diagnose} reads
     * the order once more.
     */
    RecentTimes recentTimes();

    /** Reads the story of an order, as anyone may see it; empty if there is no such order. */
    Optional<Timeline> timeline(OrderId order);

    /**
     * Whether this is the checkout's pick-up token; compared in constant time. {@link #reveal} does not ask for it: who
     * may see keys is for the shop to check.
     */
    boolean isPickupToken(Snapshot snapshot, Secret token);

    /**
     * Says that keys of a SKU were imported: orders that wait for them are tried, longest paid first. Returns at once and
     * may be repeated; without it they are tried at their next back-off.
     */
    void stockArrived(String sku);

    /** Whether this process does its work. Never throws. */
    Health health();

    /** The desk of the people who run the shop. */
    Desk desk();

    /** Answers to buyers who ask in their own words. */
    Support support();

    /**
     * Stops orderly and in bounded time: takes nothing more in, lets calls finish up to the close limit and gives claims
     * back. What is left is found by the next start. Idempotent.
     */
    @Override
    void close();
}
