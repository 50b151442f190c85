package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Bytes;
import dev.kadao.port.Deadline;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.OneTimeBody;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Signed requests to the gateway. An answer counts only with the gateway's signature: unsigned ones come from whoever
 * stands between, or are the gateway's refusal of our own signature. Thread-safe.
 */
final class Api {
    private final String endpoint;
    private final MerchantKey merchant;
    private final PlatformKeys platform;
    private final InstantSource clock;
    private final Exchange exchange;

    Api(String endpoint, MerchantKey merchant, PlatformKeys platform, InstantSource clock, Exchange exchange) {
        this.endpoint = endpoint;
        this.merchant = merchant;
        this.platform = platform;
        this.clock = clock;
        this.exchange = exchange;
    }

    /** What came of a request. */
    sealed interface Answer {
        /** The gateway's word, signed just now. */
        record Said(int status, Bytes body) implements Answer {
            StrictJson json() throws UnreadableException {
                return StrictJson.read(body.toArray());
            }

            /** The error code, empty if the answer has none in the gateway's form. */
            String code() {
                try {
                    String code = json().text("code").orElse("");
                    return code.matches("[A-Z0-9_]{1,64}") ? code : "";
                } catch (UnreadableException e) {
                    // Not an error of the gateway's own then; whoever asks sees that no code is there.
                    return "";
                }
            }

            /** Status and code, never the message: it may quote the request. */
            String shown() {
                return "status " + status + (code().isEmpty() ? "" : " " + code());
            }
        }

        /** Nothing that counts: not sent, no answer in time, an answer without the gateway's signature. */
        record Unclear(String why) implements Answer {}
    }

    /** Asks; needs no deadline, since it changes nothing. */
    Answer get(String path, TimeLeft time) {
        return run(signed("GET", path, new byte[0]).GET().build(), time);
    }

    /** Sends JSON, unless the deadline is over by then. */
    Answer post(String path, Map<String, ?> members, Deadline deadline, TimeLeft time) {
        byte[] content = StrictJson.write(members);
        OneTimeBody body = new OneTimeBody(content, deadline);
        if (deadline.isExpired()) {
            return new Answer.Unclear("not sent: the send deadline had passed");
        }
        HttpRequest request = signed("POST", path, content)
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        Answer answer = run(request, time);
        return body.wasLate() ? new Answer.Unclear("not sent: the send deadline had passed once connected") : answer;
    }

    private HttpRequest.Builder signed(String method, String path, byte[] content) {
        URI url = URI.create(endpoint + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Accept", "application/json")
                .header("User-Agent", "Kadao")
                .header("Authorization", merchant.authorization(method, url, content, clock.instant()));
        platform.preferred(clock.instant()).ifPresent(serial -> request.header(PlatformKeys.SERIAL, serial));
        return request;
    }

    private Answer run(HttpRequest request, TimeLeft time) {
        Duration left = time.left();
        if (left.isNegative() || left.isZero()) {
            return new Answer.Unclear("not sent: the call limit was used up");
        }
        Exchange.Outcome outcome = exchange.run(request, left);
        if (outcome instanceof Exchange.Outcome.Answered answered) {
            return platform.flawOf(
                            answered.headers()::allValues, answered.body().toArray(), clock.instant())
                    .<Answer>map(flaw -> new Answer.Unclear(
                            "status " + answered.status() + " without the gateway's signature: " + flaw))
                    .orElseGet(() -> new Answer.Said(answered.status(), answered.body()));
        }
        return new Answer.Unclear(((Exchange.Outcome.Failed) outcome).why());
    }

    @Override
    public String toString() {
        return endpoint;
    }
}
