package dev.kadao.examples.supplier;

import dev.kadao.examples.supplier.MagpieCalls.Outcome;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An invented supplier of top-ups and cards: signed forms out, JSON back, signed notices in. Thread-safe; keeps no state
 * but pooled connections.
 */
public final class MagpieTopUp implements QueryableDispatcher, NotifyingDispatcher {
    private static final Guarantee PROMISE = new Guarantee.Queryable(new Guarantee.Asking(
            // settle. "An order can be queried within a minute." Twice that, and more than our own call limit.
            Duration.ofMinutes(2),
            // notFoundIsFinal. Nowhere does it say that what is not found will never be carried out.
            false,
            // gaps. "No more than one query per order in five seconds."
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10)),
            // patience. Steadily not found for so long: a person asks the supplier's service desk.
            Duration.ofMinutes(30),
            // horizon. "Orders are archived after seven days", and then not found although they were delivered.
            Duration.ofDays(6)));
    /** "A top-up ends within two hours." */
    private static final Duration PROCESSING = Duration.ofHours(2);

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final NoticeReply STORED = NoticeReply.text(200, "ok");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "again");
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "unauthorized");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "bad request");

    private final MagpieAccount account;
    private final SupplierTerms terms;
    private final MagpieCalls calls;

    public MagpieTopUp(MagpieAccount account, Duration callLimit) {
        this.account = account;
        this.terms = new SupplierTerms(PROMISE, callLimit, PROCESSING);
        this.calls = new MagpieCalls(account, callLimit);
    }

    @Override
    public SupplierTerms terms() {
        return terms;
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        String product = account.products().get(request.sku());
        if (product == null) {
            return new Answer.Declined(Scope.SUPPLIER, "no product is configured for SKU " + request.sku());
        }
        Map<String, String> order = Map.of(
                "out_no", request.reference().toString(),
                "product", product,
                "account", request.recipient(),
                "count", Integer.toString(request.quantity()));
        Outcome outcome = calls.submit(order, deadline);
        if (outcome instanceof Outcome.NeverLeft never) {
            return new Answer.NotSent(never.why());
        }
        return answer(outcome, request.reference(), MagpieWords::toOrder);
    }

    @Override
    public Answer query(DispatchId reference) {
        // A question that never left is no "not sent": it says nothing of the order.
        return answer(calls.query(Map.of("out_no", reference.toString())), reference, MagpieWords::toQuestion);
    }

    /** What the words of an answer mean. */
    private interface Reading {
        Answer of(MagpieMessage message) throws Unreadable;
    }

    private static Answer answer(Outcome outcome, DispatchId reference, Reading reading) {
        if (!(outcome instanceof Outcome.Answered answered) || answered.status() != 200) {
            return new Answer.Unknown(outcome.why());
        }
        try {
            MagpieMessage message = MagpieMessage.ofJson(answered.body().toArray());
            // A word about another order settles nothing about this one.
            return message.text("out_no").equals(reference.toString())
                    ? reading.of(message)
                    : new Answer.Unknown("the answer names another order");
        } catch (Unreadable e) {
            return new Answer.Unknown("the answer cannot be read: " + e.getMessage());
        }
    }

    @Override
    public SupplierReading read(InboundNotice notice) {
        if (!MagpieSignature.isGood(notice, account.noticeKey())) {
            return new SupplierReading.Forged("the signature is missing or wrong", NOT_BELIEVED);
        }
        try {
            MagpieMessage message = MagpieMessage.ofForm(notice.body().toArray());
            if (!message.text("merchant").equals(account.merchant()) || !isFresh(message, notice.receivedAt())) {
                return new SupplierReading.Forged("it is for another merchant, or of another time", NOT_BELIEVED);
            }
            return new SupplierReading.Genuine(
                    message.text("out_no"), MagpieWords.inNotice(message), STORED, NOT_STORED);
        } catch (Unreadable e) {
            return new SupplierReading.Forged("signed, but " + e.getMessage(), NOT_READ);
        }
    }

    /** A notice that was recorded is not believed again tomorrow. */
    private static boolean isFresh(MagpieMessage message, Instant now) throws Unreadable {
        String time = message.text("time");
        if (!time.matches("[0-9]{1,12}")) {
            throw new Unreadable("'time' is no time");
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
        return off.abs().compareTo(TOLERANCE) <= 0;
    }

    @Override
    public String toString() {
        return "MagpieTopUp(" + account.endpoint() + ")";
    }
}
