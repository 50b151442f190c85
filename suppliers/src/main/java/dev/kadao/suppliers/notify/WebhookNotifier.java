package dev.kadao.suppliers.notify;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.NotToldException;
import dev.kadao.port.Notifier;
import dev.kadao.suppliers.signing.Signature;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.StrictJson;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells a buyer's system, a reseller's for example, by a signed {@code POST} of JSON. Thread-safe, keeps no state that must
 * survive, and needs no closing.
 *
 * <p>The body has the members {@code reference} (the same for every try), {@code order}, {@code event} (one of
 * {@code order.delivered}, {@code order.replaced}, {@code order.refunded}, {@code order.closed}, {@code order.on_hold},
 * {@code order.dispute_rejected}), {@code at} (when this try was made, UTC) and, where the shop opted in, {@code keys}. The
 * headers are {@code X-Timestamp} and {@code X-Signature} as in the reference supplier protocol, and {@code Idempotency-Key},
 * which is the reference. Receivers must ignore members and events that they do not know.
 *
 * <p>Any status 2xx is told. Everything else is tried again: other statuses, redirects (never followed), time-outs,
 * answers over 1 MiB. One call is one try within {@link WebhookNotifierBuilder#limit}. An endpoint that did not answer is
 * called one at a time until it does, so that it keeps no others from theirs. Reasons name a status or the kind of a
 * failure, never the endpoint's address or a word of its answer.
 *
 * <p>Endpoints are chosen by buyers: unless {@link WebhookNotifierBuilder#allowingPrivateNetworks()}, an endpoint must be
 * https, and every address of its host must lie in the open internet. The HTTP client looks the name up a second time, right
 * after and as a rule from the JDK's cache; a name whose address changes in between could still get a connection inside
 * the shop's network, but no message, since whoever answers there must show a certificate for the endpoint's host. Where
 * even the connection matters, or the process uses an HTTP proxy (which looks names up itself), filter what leaves the
 * network.
 */
public final class WebhookNotifier implements Notifier {
    private final Function<OrderId, Optional<WebhookEndpoint>> endpoints;
    private final WebhookNotifierBuilder settings;
    private final Reveal reveal;
    private final HostNames names;
    private final Exchange exchange;
    private final Suspects suspects = new Suspects();

    WebhookNotifier(Function<OrderId, Optional<WebhookEndpoint>> endpoints, WebhookNotifierBuilder settings) {
        this.endpoints = endpoints;
        this.settings = settings;
        this.reveal = new Reveal(settings.reveal());
        this.names = new HostNames(settings.lookup());
        this.exchange = new Exchange(settings.connectTimeout(), settings.limit());
    }

    /**
     * Starts describing a notifier.
     *
     * @param endpointOfOrder where the buyer of an order takes messages; empty if nowhere: then the message is given up at
     *     once, unless another notifier tells it
     */
    public static WebhookNotifierBuilder to(Function<OrderId, Optional<WebhookEndpoint>> endpointOfOrder) {
        return new WebhookNotifierBuilder(endpointOfOrder);
    }

    @Override
    public void tell(OrderId order, Message.Kind kind, Optional<String> recipient, String reference) {
        long began = System.nanoTime();
        WebhookEndpoint endpoint =
                endpoints.apply(order).orElseThrow(() -> NotToldException.never("the buyer has no endpoint"));
        URI uri = checked(endpoint.uri());
        String name = uri.getHost() + ":" + uri.getPort();
        if (!suspects.mayBeCalled(name)) {
            throw NotToldException.recipientFailed(
                    "the endpoint did not answer last time, and one other try at it is under way");
        }
        boolean silent = true;
        try {
            if (!settings.allowsPrivateNetworks()) {
                List<InetAddress> addresses = names.addressesOf(uri.getHost(), settings.limit());
                silent = false;
                checkAddresses(addresses);
            }
            silent = false;
            Duration left = settings.limit().minusNanos(System.nanoTime() - began);
            HttpRequest post = signed(uri, endpoint.secret(), body(order, kind, reference), reference);
            Exchange.Outcome outcome = exchange.run(post, left.isNegative() ? Duration.ZERO : left);
            silent = !(outcome instanceof Exchange.Outcome.Answered);
            judge(outcome);
        } finally {
            suspects.ended(name, !silent);
        }
    }

    private URI checked(URI uri) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) && settings.allowsPrivateNetworks();
        boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null && uri.getPort() <= 65_535;
        if ((https || http) && uri.getHost() != null && plain) {
            return uri;
        }
        throw NotToldException.recipientFailed(
                "the endpoint is no absolute https URL without user and fragment: nothing was sent");
    }

    private static void checkAddresses(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!PublicAddresses.isPublic(address)) {
                throw NotToldException.recipientFailed(
                        "the endpoint's host lies in a private, local or reserved network: nothing was sent");
            }
        }
    }

    private byte[] body(OrderId order, Message.Kind kind, String reference) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("reference", reference);
        members.put("order", order.toString());
        members.put("event", event(kind));
        members.put(
                "at", settings.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        List<Secret> keys = reveal.of(order, kind);
        if (!keys.isEmpty()) {
            members.put("keys", keys.stream().map(Secret::expose).toList());
        }
        return StrictJson.write(members);
    }

    /** The names of events, for ever. */
    private static String event(Message.Kind kind) {
        return switch (kind) {
            case DELIVERED -> "order.delivered";
            case REPLACED -> "order.replaced";
            case REFUNDED -> "order.refunded";
            case CLOSED -> "order.closed";
            case ON_HOLD -> "order.on_hold";
            case DISPUTE_REJECTED -> "order.dispute_rejected";
            case PAID -> "order.paid";
            case LATE -> "order.late";
            case NEEDS_YOU -> "order.needs_you";
            case COMPENSATED -> "order.compensated";
        };
    }

    private HttpRequest signed(URI uri, Secret secret, byte[] body, String reference) {
        Instant now = settings.clock().instant();
        String timestamp = Long.toString(now.getEpochSecond());
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", reference)
                .header(Signature.TIMESTAMP, timestamp)
                .header(Signature.SIGNATURE, Signature.of(secret, timestamp, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private static void judge(Exchange.Outcome outcome) {
        if (!(outcome instanceof Exchange.Outcome.Answered answered)) {
            throw NotToldException.recipientFailed("the endpoint: " + ((Exchange.Outcome.Failed) outcome).why());
        }
        int status = answered.status();
        if (status < 200 || status > 299) {
            throw NotToldException.recipientFailed("the endpoint answered with status " + status
                    + (status / 100 == 3 ? " (redirects are not followed)" : ""));
        }
    }

    @Override
    public String toString() {
        return "WebhookNotifier(" + (settings.allowsPrivateNetworks() ? "private networks too" : "public https") + ")";
    }
}
