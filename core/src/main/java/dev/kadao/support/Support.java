package dev.kadao.support;

import dev.kadao.order.OrderId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers buyers who ask in their own words. Thread-safe. The words only choose what the question is about; what is said
 * and done follows from the order's state. What facts do not answer goes to a person, with all that is on record.
 */
public interface Support {

    /**
     * Answers a question, and does at once whatever is safe about an order that is the asker's own: asks the gateway or the
     * supplier, tells the buyer again, opens a case. At most once a minute for an order. May be repeated at will: of each
     * order 20 questions are recorded, the words of at most 5 for a person, and further ones are answered all the same.
     *
     * @throws dev.kadao.port.StoreException if the store cannot be reached
     */
    SupportAnswer ask(SupportQuestion question);

    /**
     * The first answer to a buyer who says that goods did not arrive, are invalid or went astray, from evidence: when they
     * were handed over, and whether they were looked at. Empty if the order is not delivered or there is none.
     *
     * @param zone of the times in the answer
     * @throws dev.kadao.port.StoreException if the store cannot be reached
     */
    Optional<String> firstAnswer(OrderId order, Locale locale, ZoneId zone);

    /**
     * How many orders that were asked about needed a person. Reads one index row for each order, no document. Questions that
     * no order remembers are not in it ({@link #unrecorded}).
     *
     * @param until not included, to the second
     * @throws dev.kadao.port.StoreException if the store cannot be reached
     */
    SupportShare share(Instant from, Instant until);

    /** The questions that are in no share, as they were asked of this process. Reads nothing. */
    UnrecordedQuestions unrecorded();
}
