package dev.kadao.desk;

import dev.kadao.insight.AuditReport;
import dev.kadao.insight.DisputeEvidence;
import dev.kadao.insight.OpenOrders;
import dev.kadao.insight.Ratings;
import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Stage;
import dev.kadao.port.Statement;
import dev.kadao.port.StoredNotice;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The desk of the people who run the shop. Thread-safe. Reads see one moment each; an act is one step and is known by
 * its act id, so that repeating it with the same content does nothing twice. Infrastructure errors of a read are thrown
 * as {@link dev.kadao.port.StoreException}.
 */
public interface Desk {

    /** Does an act on an order, in the stages that the tables of the lifecycle show. */
    DeskAnswer act(OrderId order, DeskAct act);

    /**
     * Does one act on a page of the orders that a filter names, or lists them first ({@link BulkAct#dry()}). Each order is
     * judged as it stands when its turn comes: refused ones are told with the sentence, and do not stop the rest. Go on with
     * {@link BulkResult#next()}; running a page, or all of them, again does nothing twice.
     *
     * @throws dev.kadao.order.InvalidValueException for an act that is not done in bulk, a bad id, limit or {@code after}
     */
    BulkResult bulk(BulkAct act);

    /**
     * Closes a case of a checkout.
     *
     * @param act with {@link DeskAct.Action#CLOSE_CASE}; its version is not looked at, for closing moves no order
     */
    DeskAnswer closeCase(CheckoutId checkout, int caseNumber, DeskAct act);

    /**
     * Closes the case of an orphan notice, by the key its item shows. Repeated: the same answer.
     *
     * @param act with {@link DeskAct.Action#CLOSE_CASE}; its version is not looked at
     */
    DeskAnswer closeOrphan(String noticeKey, DeskAct act);

    /**
     * Reads a stored notice again, as it came and with the time at which it came, and does what it says now: for when
     * the adapter's reading was wrong and has been put right. An amount that was misread is put right as long as nobody
     * has decided about that money; afterwards the two amounts are a case. Repeated: the same answer.
     *
     * <p>Refused if it was not kept as it came (a line of a statement, too large, erased after its time), or if what it
     * says now is no final word about a payment; the sentence then says why. Busy if its gateway had to be asked and did
     * not confirm it.
     *
     * @param noticeKey as an orphan's item shows it, or of {@link #noticeOf}
     * @param act with {@link DeskAct.Action#REPLAY_NOTICE}; its version is not looked at
     */
    DeskAnswer replayNotice(String noticeKey, DeskAct act);

    /** The stored notice that told of a receipt; empty if there is no such receipt, or the gateway told it when asked. */
    Optional<StoredNotice> noticeOf(PaymentId payment, String tradeNumber);

    /**
     * When and from where the keys of an order were shown, oldest first: evidence for a dispute. Shown again to the same
     * origin within a minute, it is one reveal; from 50 entries of an order on, only the first within an hour is
     * recorded. Empty if there is no such order or its keys were never shown.
     */
    List<RevealItem> revealsOf(OrderId order);

    /**
     * What is on record for a dispute: when the goods were handed over and by whom, how often and from how many origins
     * keys were looked at, whether the recipient was confirmed. Empty if there is no such order.
     */
    Optional<DisputeEvidence> evidenceOf(OrderId order);

    /**
     * Compares a gateway's own books of a period with ours, repairs what can be repaired as a notice would have, and
     * gives the rest to people as cases. Goes through the statement first, so that it finds what we do not have, then
     * through what was recorded here within the period; the gateway is asked about what the statement lacks.
     *
     * <p>Takes as long as it takes, on the caller's thread and a few others. May be stopped or killed at any line and
     * run again, by several processes too: the same is never done twice. What matches writes nothing. Does not throw for
     * the store or the statement's source: the report says where it stopped and why.
     *
     * @param gateway the name under which the gateway was given to the builder
     * @param statement of the account behind that name; not older than checkouts are kept
     * @throws dev.kadao.order.InvalidValueException if there is no such gateway, or the period ends before it begins
     */
    default Reconciliation reconcile(String gateway, Statement statement) {
        return reconcile(gateway, statement, 0);
    }

    /**
     * The same from a line on, as {@link Reconciliation#next()} of a run that stopped says it.
     *
     * @param fromLine lines with a lower number are not held against our records
     */
    Reconciliation reconcile(String gateway, Statement statement, long fromLine);

    /**
     * How the shop served its buyers on these days, in UTC, both included. Read from index rows day by day and kept for a
     * while: of today and yesterday for twenty times as long as the reading took, a minute at most; of earlier days for ten
     * minutes. A database that has one delivery a second costs some 10 ms a day for the first reading.
     *
     * <p>What was delivered before the version that keeps when is not in it.
     *
     * @throws dev.kadao.order.InvalidValueException if they are no days, or more than 366
     */
    ServiceStatistics statistics(LocalDate from, LocalDate to);

    /**
     * What buyers said of completed orders, the latest day first. Read from index rows: what a page costs grows with its items
     * and nothing else. A review stays in the list when its order's money goes back later, marked; its text is gone once the
     * personal data of its checkout are erased, which is also the way to take an abusive text away, and its stars still
     * count. It goes with its checkout when that is purged.
     *
     * @param sku of one SKU only; empty for all
     * @param after the {@code next} of the page before, which names no order; empty for the first
     * @param limit 1 to 200
     * @throws dev.kadao.order.InvalidValueException as {@link #orders} does
     */
    Page<ReviewItem> reviews(Optional<String> sku, Optional<String> after, int limit);

    /** How many stars all those reviews gave, by SKU; exact, from index rows, and as fresh as today's statistics. */
    Ratings ratings();

    /** The orders that are paid and not done with; from index rows, and as fresh as today's statistics. */
    OpenOrders openOrders();

    /**
     * The orders that a number may mean: an order, checkout, payment, refund or dispatch of ours, a gateway's trade number,
     * or a supplier's own order number. Compared exactly, but for blanks around it; found by the store's index. A payment,
     * a trade number and a refund of a surplus stand for all orders of their checkout. Numbers that gateways or suppliers
     * use more than once give the orders of each, up to 20 checkouts.
     *
     * <p>A supplier's number is known once it accepted or delivered a dispatch and said one. What was stored by a version
     * that did not keep it is found by the supplier's number only once something happens to it.
     *
     * @return empty if nothing is known under that number, or it is blank or longer than 512 characters
     */
    List<OrderId> find(String number);

    /**
     * Orders by id.
     *
     * @throws dev.kadao.order.InvalidValueException for a limit out of bounds or an {@code after} that no page gave
     */
    Page<OrderItem> orders(OrderQuery query);

    /**
     * Cases by id, those of orphan notices after them.
     *
     * @param open whether to list the open ones or the closed ones
     * @param after the {@code next} of the page before; empty for the first
     * @param limit 1 to 200
     * @throws dev.kadao.order.InvalidValueException as {@link #orders} does
     */
    Page<CaseItem> cases(boolean open, Optional<String> after, int limit);

    /**
     * Payments by id, open orphan notices after them.
     *
     * @param status of one status only; empty for all
     * @param after the {@code next} of the page before; empty for the first
     * @param limit 1 to 200
     * @throws dev.kadao.order.InvalidValueException as {@link #orders} does
     */
    Page<PaymentItem> payments(Optional<PaymentStatus> status, Optional<String> after, int limit);

    /**
     * Checks the whole store, in one consistent picture, against what Kadao promises. May be called at any time and
     * changes nothing; takes as long as reading everything, and a store in memory stands still meanwhile.
     */
    AuditReport audit();

    /**
     * Which orders to list.
     *
     * @param stage of one stage only; empty for all
     * @param overdueOnly paid and not delivered though the SLA's {@code late} is over
     * @param after the {@code next} of the page before; empty for the first
     * @param limit 1 to 200
     */
    record OrderQuery(Optional<Stage> stage, boolean overdueOnly, Optional<String> after, int limit) {
        /** The first page of all orders. */
        public static OrderQuery all(int limit) {
            return new OrderQuery(Optional.empty(), false, Optional.empty(), limit);
        }
    }
}
