package dev.kadao.desk;

import dev.kadao.insight.AuditReport;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Stage;
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
