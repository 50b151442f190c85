package dev.kadao.port;

import dev.kadao.order.DispatchId;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One supplier that gets goods handed over. Implementations are thread-safe and answer within
 * {@link SupplierTerms#callLimit()}; whatever they throw counts as {@link Answer.Unknown}. A supplier that can be asked
 * implements {@link QueryableDispatcher}, one that sends notices {@link NotifyingDispatcher}.
 */
public interface Dispatcher {

    /** What the supplier promises. Pure; recorded with each dispatch. */
    SupplierTerms terms();

    /**
     * Sends an order to the supplier, once per committed intent. The dispatch id is the reference by which the supplier
     * recognises a repetition. Check the deadline just before writing: once expired, answer {@link Answer.NotSent}.
     */
    Answer dispatch(Request request, Deadline deadline);

    /**
     * What to hand over.
     *
     * @param recipient who gets it, for example a phone number; personal data
     * @param send which send of this reference it is, from 1
     */
    record Request(DispatchId reference, String sku, int quantity, String recipient, Money amount, int send) {
        @Override
        public String toString() {
            return "Request(" + reference + ", " + sku + ", send " + send + ")";
        }
    }

    /** What shows that goods were handed over. */
    sealed interface Proof {
        /** The supplier's receipt or serial number; blank is no proof. */
        record Receipt(String text) implements Proof {}

        /** The keys the supplier sold us; a wrong count or a blank one is no proof. */
        record SuppliedKeys(List<Secret> keys) implements Proof {
            public SuppliedKeys {
                keys = List.copyOf(keys);
            }
        }
    }

    /** What the supplier says of a dispatch: when called, when asked, or in a notice. */
    sealed interface Answer {
        record Delivered(Proof proof, @Nullable String supplierOrder) implements Answer {}

        /**
         * Fewer than ordered.
         *
         * @param keys those that came, if keys were ordered: they are kept for the person who decides
         */
        record Partial(int delivered, String reason, List<Secret> keys) implements Answer {
            public Partial {
                keys = List.copyOf(keys);
            }

            public Partial(int delivered, String reason) {
                this(delivered, reason, List.of());
            }
        }

        /**
         * The supplier has it and is working on it.
         *
         * @param askAgainAfter the supplier's own wish; null if it has none
         */
        record Accepted(
                @Nullable String supplierOrder, @Nullable Duration askAgainAfter) implements Answer {}

        /** A definite no: nothing was and nothing will be handed over under this reference. */
        record Declined(Scope scope, String reason) implements Answer {}

        /** The request did surely not reach the supplier, for example a refused connection. */
        record NotSent(String reason) implements Answer {}

        /** The supplier does not know this reference. Only a query answers so. */
        record NotFound() implements Answer {}

        /** Anything else: it may or may not have been handed over. Never to be guessed. */
        record Unknown(String reason) implements Answer {}
    }

    /** How far a definite no reaches. */
    enum Scope {
        /** This order, for example a wrong number. Only this may lead to a refund by itself. */
        ORDER,
        /** The supplier as a whole, for example an empty balance. */
        SUPPLIER
    }
}
