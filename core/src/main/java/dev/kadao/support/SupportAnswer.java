package dev.kadao.support;

import dev.kadao.insight.Diagnosis;
import dev.kadao.order.Intent;
import dev.kadao.order.OrderId;
import java.util.List;
import java.util.Optional;

/**
 * What is answered to a buyer's question: facts of the order's state, never more.
 *
 * @param text for the buyer, in the language that was asked for
 * @param settled whether facts answer it and no person is needed
 * @param did what was done because of it: {@code asked-gateway}, {@code asked-supplier}, {@code resent-message}, {@code
 *     opened-case}, {@code handed-over}; empty if nothing was. {@code handed-over}: the question lies with a person, in a
 *     case of the order
 * @param orders those it is about; several if it is not clear which one, none if none was found
 * @param diagnosis of the order, if it is one
 * @param need what is missing for an answer, or for a person to be able to act
 */
public record SupportAnswer(
        String text,
        Intent intent,
        boolean settled,
        List<String> did,
        List<OrderId> orders,
        Optional<Diagnosis> diagnosis,
        Need need) {

    /** What is missing. */
    public enum Need {
        NOTHING,
        /** A number by which an order is found. */
        NUMBER,
        /** Which of the orders is meant. */
        WHICH_ORDER,
        /** That the asker shows that the order is his. */
        PROOF,
        /** The question could not be recorded just now: it may be asked again. */
        ANOTHER_TRY
    }

    public SupportAnswer {
        did = List.copyOf(did);
        orders = List.copyOf(orders);
    }
}
