package dev.kadao;

import dev.kadao.desk.Desk;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.Timeline;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
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

    /** Shows the buyer the keys of an order, in DELIVERED and COMPLETED, and in DISPUTED where they were seen before. */
    RevealResult reveal(OrderId order);

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

    /** Reads a checkout; empty if there is none. */
    Optional<Snapshot> checkout(CheckoutId id);

    /** Says how an order stands and whose turn it is; empty if there is no such order. */
    Optional<Diagnosis> diagnose(OrderId order);

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

    /**
     * Stops orderly and in bounded time: takes nothing more in, lets calls finish up to the close limit and gives claims
     * back. What is left is found by the next start. Idempotent.
     */
    @Override
    void close();
}
