package dev.kadao.port;

/** A supplier that sends notices. */
public interface NotifyingDispatcher extends Dispatcher {

    /** Verifies and reads an inbound notice. Pure but for key look-up; calls nobody, changes nothing. */
    SupplierReading read(InboundNotice notice);

    /** What an inbound message of a supplier is. */
    sealed interface SupplierReading {
        /**
         * Signed by the supplier.
         *
         * @param reference the dispatch it names, as text: it may be none of ours
         */
        record Genuine(String reference, Answer answer, NoticeReply whenStored, NoticeReply whenNot)
                implements SupplierReading {}

        /** Not believed, or unreadable. The reason is for our log only and holds no secret; the reply tells none. */
        record Forged(String reason, NoticeReply reply) implements SupplierReading {}
    }
}
