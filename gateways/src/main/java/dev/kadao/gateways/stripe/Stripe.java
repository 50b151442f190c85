package dev.kadao.gateways.stripe;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import dev.kadao.wire.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Payments with Stripe Checkout: each is one Checkout Session, to whose page the buyer is sent. Thread-safe, keeps no state
 * between calls but pooled connections, and needs no closing.
 *
 * <p><b>Notices</b> are Stripe's events; have {@code checkout.session.completed}, {@code .expired},
 * {@code .async_payment_succeeded}, {@code .async_payment_failed}, {@code charge.refunded} and
 * {@code charge.dispute.funds_withdrawn} sent to the shop's notice route, all others are acknowledged and ignored. Believed
 * is what is signed under one of the signing secrets, at a time at most 300 s from now, before or after, not of a connected
 * account, and of the same mode as the API key. Amounts are read as Stripe counts them, so that ISK 500 is {@code 50000} there.
 * A dispute names no payment of ours; money that it takes becomes a case for a person.
 *
 * <p><b>Opening</b> asks under the payment id as {@code Idempotency-Key}. The session expires by itself 31 minutes after the
 * payment's deadline (Stripe allows no less than half an hour from its opening; it is told to close at the deadline), or
 * after a day where the deadline is later than that. Prices in the buyer's own currency (adaptive pricing) are switched off,
 * since the exact amount asked for must arrive. A failure of Stripe's own (5xx) while opening is repeated to every further
 * try under that key for a day: the buyer then opens another payment.
 *
 * <p><b>Asking and closing</b> have the payment id alone, for which Stripe has no look-up: {@link #query} and
 * {@link #close} look through the newest 250 sessions, for paid ones by search, and through the newest 500 open ones. A
 * payment that is nowhere among them is pending to a query, and unknown to a close: never closed, and not found only if
 * Stripe's list was read to its end.
 *
 * <p><b>Refunds</b> are repeatable: under the refund id as {@code Idempotency-Key}, which Stripe keeps for a day, and never
 * before the refunds of the payment intent have been looked through for that id. A refund that fails at the buyer's bank
 * days after it succeeded is not reported here: Stripe tells it by e-mail and in its dashboard.
 */
public final class Stripe implements PaymentGateway {
    private static final GatewayTerms TERMS = new GatewayTerms(true, true, true, true);
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "unauthorized");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "bad request");

    /** Stripe allows 30 minutes to 24 hours; a minute more for the way there and clocks that differ. */
    private static final Duration AFTER_DEADLINE = Duration.ofMinutes(31);

    private static final Duration LONGEST_DEADLINE = Duration.ofHours(23);

    private final List<Secret> signingSecrets;
    private final Optional<Boolean> live;
    private final StripeApi api;
    private final StripeBuilder.Page page;
    private final InstantSource clock;

    Stripe(
            StripeApi api,
            List<Secret> signingSecrets,
            Optional<Boolean> live,
            StripeBuilder.Page page,
            InstantSource clock) {
        this.api = api;
        this.signingSecrets = List.copyOf(signingSecrets);
        this.live = live;
        this.page = page;
        this.clock = clock;
    }

    /** Starts describing an account at Stripe. */
    public static StripeBuilder builder() {
        return new StripeBuilder();
    }

    @Override
    public Traits traits() {
        return new Traits(TERMS, false);
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        Optional<Long> units = StripeMoney.sent(request.amount());
        if (units.isEmpty()) {
            return new OpenAnswer.Refused("Stripe has no such amount as " + request.amount());
        }
        StripeApi.Call call = api.call();
        String key = request.payment().toString();
        StripeApi.Reply reply = call.post(Sessions.PATH, form(request, units.get()), key, deadline);
        if (reply instanceof StripeApi.Failed failed) {
            return notOpened(call, request.payment(), failed);
        }
        return opened(Sessions.read(reply), request.payment());
    }

    private Map<String, String> form(OpenRequest request, long units) {
        String payment = request.payment().toString();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("mode", "payment");
        form.put("client_reference_id", payment);
        form.put("success_url", page.successUrl().replace("{payment}", payment));
        page.cancelUrl().ifPresent(url -> form.put("cancel_url", url.replace("{payment}", payment)));
        form.put("line_items[0][quantity]", "1");
        form.put("line_items[0][price_data][currency]", StripeMoney.code(request.amount()));
        form.put("line_items[0][price_data][unit_amount]", String.valueOf(units));
        form.put("line_items[0][price_data][product_data][name]", page.productName());
        form.put("metadata[" + Ids.PAYMENT + "]", payment);
        form.put("payment_intent_data[metadata][" + Ids.PAYMENT + "]", payment);
        form.put("adaptive_pricing[enabled]", "false");
        Instant now = clock.instant();
        // Depends on the deadline alone: a repetition under the same key must say the same.
        if (request.deadline().isBefore(now.plus(LONGEST_DEADLINE))) {
            Instant expiry = request.deadline().plus(AFTER_DEADLINE);
            form.put("expires_at", String.valueOf(expiry.getEpochSecond()));
        }
        return form;
    }

    private static OpenAnswer notOpened(StripeApi.Call call, PaymentId payment, StripeApi.Failed failed) {
        if (failed.type().equals("idempotency_error")) {
            // Opened before with other words (a URL or the product's name has changed since): that session stands.
            return opened(Sessions.find(call, payment), payment);
        }
        boolean wrongAmount =
                failed.code().equals("amount_too_small") || failed.code().equals("amount_too_large");
        return failed.status() == 400 && wrongAmount
                ? new OpenAnswer.Refused(failed.why())
                : new OpenAnswer.Unknown(failed.why());
    }

    private static OpenAnswer opened(Pages.Walk<Session> walk, PaymentId payment) {
        if (!(walk instanceof Pages.Found<Session> found)) {
            return new OpenAnswer.Unknown("the session is not found: " + why(walk));
        }
        Session session = found.object();
        if (!session.payment().equals(Optional.of(payment.toString()))) {
            return new OpenAnswer.Unknown("Stripe answered with the session of another payment");
        }
        Optional<String> url = session.url().filter(text -> text.matches("https?://[!-~]{1,4000}"));
        return url.isPresent()
                ? new OpenAnswer.Opened(PayWith.redirect(url.get()))
                : new OpenAnswer.Unknown("the session has no URL of at most 4,000 characters to pay at");
    }

    private static String why(Pages.Walk<Session> walk) {
        if (walk instanceof Pages.Unclear<Session> unclear) {
            return unclear.why();
        }
        return walk instanceof Pages.End<Session>
                ? "Stripe has none of this payment"
                : "neither among the newest sessions, nor found by search, nor among the newest open ones";
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        if (!notice.method().equals("POST")) {
            return new NoticeReading.Forged("the method is not POST", NOT_READ);
        }
        Optional<String> flaw = StripeSignature.flawOf(notice, signingSecrets);
        if (flaw.isPresent()) {
            return new NoticeReading.Forged(flaw.get(), NOT_BELIEVED);
        }
        try {
            return Event.read(notice.body().toArray(), live);
        } catch (UnreadableException e) {
            return new NoticeReading.Forged("signed, but " + e.getMessage(), NOT_READ);
        }
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        Pages.Walk<Session> walk = Sessions.find(api.call(), payment);
        if (walk instanceof Pages.Found<Session> found) {
            return found.object().word();
        }
        if (walk instanceof Pages.Unclear<Session> unclear) {
            return new PaymentWord.Unknown(unclear.why());
        }
        return walk instanceof Pages.End<Session> ? new PaymentWord.NotFound() : new PaymentWord.Pending();
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        StripeApi.Call call = api.call();
        Pages.Walk<Session> walk = Sessions.find(call, payment);
        if (walk instanceof Pages.Found<Session> found && found.object().status() == Session.Status.OPEN) {
            String id = found.object().id();
            Pages.Walk<Session> expired =
                    Sessions.read(call.post(Sessions.PATH + "/" + id + "/expire", Map.of(), "", call.deadline()));
            // Stripe refuses to expire what is no longer open: paid or expired meanwhile.
            walk = expired instanceof Pages.Found<Session> ? expired : Sessions.byId(call, id);
        }
        return closed(walk);
    }

    private static CloseAnswer closed(Pages.Walk<Session> walk) {
        if (!(walk instanceof Pages.Found<Session> found)) {
            return new CloseAnswer.Unknown(why(walk));
        }
        Session session = found.object();
        if (session.isPaid()) {
            return new CloseAnswer.AlreadyPaid();
        }
        return session.status() == Session.Status.EXPIRED
                ? new CloseAnswer.Closed()
                : new CloseAnswer.Unknown("the session is neither expired nor paid");
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        return Refunds.send(api.call(), request, deadline);
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return Refunds.query(api.call(), refund, payment);
    }

    @Override
    public String toString() {
        return "Stripe(" + api + ")";
    }
}
