package dev.kadao.codec;

import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.Personal;
import dev.kadao.order.Served;
import dev.kadao.order.UnreadableDocumentException;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything stored as bytes, and back. The bytes are canonical: equal values give equal bytes. Times are cut to
 * microseconds. Thread-safe and without state.
 *
 * <p>Reading throws {@link UnreadableDocumentException} for a format or a name that this version does not know, and for
 * damaged bytes.
 */
public final class Codec {
    /** The format that is written. */
    public static final int FORMAT = 1;

    /** The most that a document or a journal row may take. */
    public static final int MOST_BYTES = 64 * 1024;

    /** Format 1 is the first one: nothing leads to it yet. */
    private static final Envelope ENVELOPE = new Envelope(FORMAT, Map.of());

    private Codec() {}

    public static Bytes encode(Checkout checkout) {
        return ENVELOPE.write(Forms.CHECKOUT, checkout);
    }

    public static Checkout decode(Bytes document) {
        return ENVELOPE.read(Upcast.Noun.CHECKOUT, Forms.CHECKOUT, document);
    }

    public static Bytes encode(Personal personal) {
        return ENVELOPE.write(Forms.PERSONAL, personal);
    }

    public static Personal decodePersonal(Bytes texts) {
        return ENVELOPE.read(Upcast.Noun.PERSONAL, Forms.PERSONAL, texts);
    }

    public static Bytes encodeJournal(JournalEntry row) {
        return ENVELOPE.write(Forms.JOURNAL, row);
    }

    public static JournalEntry decodeJournal(Bytes row) {
        return ENVELOPE.read(Upcast.Noun.JOURNAL, Forms.JOURNAL, row);
    }

    public static Bytes encodeWord(PaymentWord word) {
        return ENVELOPE.write(Forms.WORD, word);
    }

    public static PaymentWord decodeWord(Bytes word) {
        return ENVELOPE.read(Upcast.Noun.WORD, Forms.WORD, word);
    }

    /** Whether the bytes keep to {@link #MOST_BYTES}. */
    public static boolean fits(Bytes bytes) {
        return bytes.size() <= MOST_BYTES;
    }

    /** All index rows of a checkout. */
    public static List<IndexRow> indexRows(Checkout checkout) {
        return IndexRows.of(checkout);
    }

    /**
     * A value as the index holds it, to look for: the text itself, or its digest where it is longer than 120 characters
     * or not plain text.
     */
    public static String indexValue(String text) {
        return IndexRows.value(text);
    }

    /**
     * The value of the index kinds {@code received} (receipts) and {@code refunded} (refunds that are done): the
     * gateway, when it was recorded, and the trade number or refund.
     */
    public static String timedValue(String gateway, Instant at, String text) {
        return IndexRows.timed(gateway, at, text);
    }

    /** What stands before all timed values of that gateway and second, and after those of the seconds before. */
    public static String timedValue(String gateway, Instant at) {
        return IndexRows.timed(gateway, at);
    }

    /** The last part of a timed value, as it holds it: the text itself, or its digest. */
    public static String timedText(String text) {
        return IndexRows.timedText(text);
    }

    /** What is kept of an inbound message, so that it can be read again. */
    public static Bytes encodeInbound(InboundNotice notice) {
        return RawNotice.of(notice, ENVELOPE);
    }

    /** What is kept in its place where a line of a statement said it: there is nothing to read again. */
    public static Bytes encodeStatementLine(String words) {
        return RawNotice.ofStatement(words);
    }

    /**
     * The inbound message as it came; empty if it was not kept whole, was erased, or came from a statement. Rows of
     * earlier versions hold the body alone: it is given as a POST without headers.
     *
     * @param storedAt when the row was stored, for those that do not say when the message came
     */
    public static Optional<InboundNotice> decodeInbound(Bytes raw, Instant storedAt) {
        return RawNotice.read(raw, storedAt, ENVELOPE);
    }

    /** What stands before all values of the index kind {@code service} of that day. */
    public static String servedOn(LocalDate day) {
        return ServedValue.day(day) + "|";
    }

    /** What a value of the index kind {@code service} says, its time to within 5 %; empty if it cannot be read. */
    public static Optional<Served> served(String value) {
        return ServedValue.read(value);
    }

    /** The moment that a value of the index kind {@code owed} says. */
    public static Instant owedSince(String value) {
        return Instant.parse(value);
    }

    /** What stands before all values of the index kind {@code review-of} of that SKU; their time follows, latest first. */
    public static String reviewsOf(String sku) {
        return ReviewValue.of(sku);
    }

    /** The value of the index kind {@code waiting} for an order of that SKU that was paid then. */
    public static String waitingValue(String sku, Instant paidAt) {
        return IndexRows.waiting(sku, paidAt);
    }
}
