package dev.kadao.suppliers.notify;

import static dev.kadao.suppliers.notify.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Message;
import dev.kadao.order.Secret;
import dev.kadao.suppliers.ScriptedServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the docs tell receivers to do takes what we send, and nothing else. */
class WebhookReceiverTest {
    private static final String SECRET = "shared with reseller 7 密";

    @Test
    void a_receiver_takes_what_the_shop_sent_and_nothing_that_was_changed_or_is_old() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "")) {
            WebhookNotifier.to(order -> Optional.of(new WebhookEndpoint(URI.create(server.url()), Secret.of(SECRET))))
                    .allowingPrivateNetworks()
                    .limit(Samples.LONG)
                    .carryingKeys(order -> List.of(Secret.of("密-1")))
                    .clock(() -> NOW)
                    .build()
                    .tell(Samples.ORDER, Message.Kind.DELIVERED, Samples.BUYER, Samples.REFERENCE);
            ScriptedServer.Seen seen = server.seen.get(0);
            byte[] body = seen.body().getBytes(StandardCharsets.UTF_8);
            byte[] changed = seen.body().replace("cart42.1", "cart42.2").getBytes(StandardCharsets.UTF_8);
            String time = seen.headers().get("x-timestamp");
            String signature = seen.headers().get("x-signature");

            assertThat(WebhookReceiver.isGenuine(SECRET, time, signature, body, NOW.plusSeconds(300)))
                    .isTrue();
            assertThat(WebhookReceiver.isGenuine(SECRET, time, signature, body, NOW.plusSeconds(301)))
                    .isFalse();
            assertThat(WebhookReceiver.isGenuine(SECRET, time, signature, body, NOW.minus(Duration.ofMinutes(6))))
                    .isFalse();
            assertThat(WebhookReceiver.isGenuine(SECRET, time, signature, changed, NOW))
                    .isFalse();
            assertThat(WebhookReceiver.isGenuine("another", time, signature, body, NOW))
                    .isFalse();
            assertThat(WebhookReceiver.isGenuine(SECRET, time + "0", signature, body, NOW))
                    .isFalse();
            assertThat(WebhookReceiver.isGenuine(SECRET, "now", signature, body, NOW))
                    .isFalse();
            assertThat(WebhookReceiver.isGenuine(SECRET, time, "", body, NOW)).isFalse();
        }
    }
}
