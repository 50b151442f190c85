package dev.kadao.suppliers;

import dev.kadao.order.DispatchId;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import dev.kadao.suppliers.signing.Signature;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.OneTimeBody;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A supplier that speaks the reference supplier protocol: signed JSON over HTTP, {@code POST {endpoint}/orders},
 * {@code GET {endpoint}/orders/{reference}} and notices. Thread-safe, keeps no state between calls but pooled
 * connections, and needs no closing.
 *
 * <p>A call ends within {@link SupplierTerms#callLimit()}, connecting, headers and body together, or as soon as its
 * thread is interrupted. An order whose body was never handed to a connection is {@link Answer.NotSent}: refused
 * connection, unknown host, connect time-out, a deadline that passed meanwhile. Everything else that is no clear word in
 * the protocol's form is {@link Answer.Unknown}: time-outs, other statuses, redirects (never followed), bodies over
 * 1 MiB, doubled members. A {@code failed} counts with status 200 only: a resend that is answered "409, known already"
 * must not pass for a definite no. No order is sent twice by the client itself, whatever retries the process's JDK is
 * set to. Requests go through the JDK's default proxy selector.
 *
 * <p>Reasons name a status or the kind of a failure and hold no secrets; where the supplier's own ones quote the
 * recipient, Kadao cuts that out. Texts of the supplier are kept without control characters and cut: proofs to 2,000
 * characters, reasons to 500, its order number to 128. Success with keys is a proof by keys, whatever else it holds;
 * blank keys beside a proof do not count.
 */
public final class HttpSupplier implements QueryableDispatcher, NotifyingDispatcher {
    private static final NoticeReply STORED = NoticeReply.text(200, "ok");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "try again later");
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "unauthorized");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "bad request");

    private final String orders;
    private final Secret secret;
    private final SupplierTerms terms;
    private final InstantSource clock;
    private final Exchange exchange;

    HttpSupplier(URI endpoint, HttpSupplierBuilder settings) {
        this.orders = endpoint.toString().replaceAll("/+$", "") + "/orders";
        this.secret = settings.secret();
        this.terms = settings.terms();
        this.clock = settings.clock();
        this.exchange = new Exchange(settings.connectTimeout(), terms.callLimit());
    }

    /**
     * Starts describing a supplier.
     *
     * @param endpoint absolute http or https URL under which {@code /orders} lies. With plain http anyone on the way
     *     reads recipients and supplied keys: for loopback and closed networks only
     * @param secret signs both directions; not blank
     * @param terms what the supplier promises, and how long a call may take
     */
    public static HttpSupplierBuilder at(String endpoint, Secret secret, SupplierTerms terms) {
        return new HttpSupplierBuilder(endpoint, secret, terms);
    }

    @Override
    public SupplierTerms terms() {
        return terms;
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        byte[] content = StrictJson.write(members(request));
        OneTimeBody body = new OneTimeBody(content, deadline);
        if (deadline.isExpired()) {
            return new Answer.NotSent("the send deadline had passed before connecting");
        }
        HttpRequest post = signed(orders, content)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(body)
                .build();
        Exchange.Outcome outcome = exchange.run(post);
        if (outcome instanceof Exchange.Outcome.Answered answered) {
            return withoutRecipient(read(answered), request.recipient());
        }
        String why = ((Exchange.Outcome.Failed) outcome).why();
        if (!body.withdraw()) {
            return new Answer.Unknown("POST: " + why);
        }
        return new Answer.NotSent(body.wasLate() ? "the send deadline had passed once connected" : why);
    }

    @Override
    public Answer query(DispatchId reference) {
        HttpRequest get = signed(orders + "/" + reference, new byte[0]).GET().build();
        Exchange.Outcome outcome = exchange.run(get);
        if (outcome instanceof Exchange.Outcome.Answered answered) {
            return answered.status() == 404 ? new Answer.NotFound() : read(answered);
        }
        // Never NotSent: that the question was not sent says nothing about the order.
        return new Answer.Unknown("GET: " + ((Exchange.Outcome.Failed) outcome).why());
    }

    @Override
    public SupplierReading read(InboundNotice notice) {
        if (!notice.method().equals("POST")) {
            return new SupplierReading.Forged("method " + ProtocolAnswer.shown(notice.method(), 16), NOT_READ);
        }
        Optional<String> flaw = Signature.flawOf(notice, secret);
        if (flaw.isPresent()) {
            return new SupplierReading.Forged(flaw.get(), NOT_BELIEVED);
        }
        try {
            StrictJson json = StrictJson.read(notice.body().toArray());
            String reference =
                    json.text("reference").orElseThrow(() -> new UnreadableException("member 'reference' is missing"));
            return new SupplierReading.Genuine(reference, ProtocolAnswer.read(json), STORED, NOT_STORED);
        } catch (UnreadableException e) {
            return new SupplierReading.Forged("signed, but " + e.getMessage(), NOT_READ);
        }
    }

    private HttpRequest.Builder signed(String url, byte[] content) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        return HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "application/json")
                .header(Signature.TIMESTAMP, timestamp)
                .header(Signature.SIGNATURE, Signature.of(secret, timestamp, content));
    }

    private static Map<String, Object> members(Request request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("reference", request.reference().toString());
        members.put("sku", request.sku());
        members.put("recipient", request.recipient());
        members.put("quantity", request.quantity());
        members.put("amount", request.amount().toDecimal());
        members.put("currency", request.amount().currency().code());
        return members;
    }

    private static Answer read(Exchange.Outcome.Answered answered) {
        int status = answered.status();
        if (status != 200) {
            return new Answer.Unknown("status " + status);
        }
        try {
            return ProtocolAnswer.read(StrictJson.read(answered.body().toArray()));
        } catch (UnreadableException e) {
            return new Answer.Unknown("status " + status + ", unreadable: " + e.getMessage());
        }
    }

    // Suppliers like to quote the number they could not top up; reasons are shown and kept where a recipient must not
    // be.
    private static Answer withoutRecipient(Answer answer, String recipient) {
        if (recipient.isBlank()) {
            return answer;
        }
        if (answer instanceof Answer.Declined declined) {
            return new Answer.Declined(declined.scope(), declined.reason().replace(recipient, "(recipient)"));
        }
        if (answer instanceof Answer.Partial partial) {
            String reason = partial.reason().replace(recipient, "(recipient)");
            return new Answer.Partial(partial.delivered(), reason, partial.keys());
        }
        return answer;
    }

    @Override
    public String toString() {
        return "HttpSupplier(" + orders + ")";
    }
}
