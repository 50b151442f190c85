package dev.kadao.suppliers.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.port.Alert;
import dev.kadao.port.NotToldException;
import dev.kadao.suppliers.ScriptedServer;
import dev.kadao.suppliers.signing.Signature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class WebhookAlertsTest {
    private static final Secret SECRET = Secret.of("the shop's own secret");
    private static final Instant NOW = Instant.parse("2026-11-05T08:00:00Z");
    private static final Alert ALERT =
            new Alert(Alert.Kind.LOW_STOCK, "steam 密", "2 keys are free", NOW.minusSeconds(3), 0);

    private static WebhookAlerts to(String url) {
        return new WebhookAlerts(new WebhookEndpoint(URI.create(url), SECRET), Samples.LONG, () -> NOW);
    }

    @Test
    void an_alert_is_posted_signed() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(204, "")) {
            to(server.url() + "/robot").alert(ALERT);

            ScriptedServer.Seen seen = server.seen.get(0);
            assertThat(seen.body())
                    .isEqualTo("{\"event\":\"shop.alert\",\"kind\":\"low-stock\",\"subject\":\"steam 密\","
                            + "\"sentence\":\"2 keys are free\",\"level\":0,\"at\":\"2026-11-05T07:59:57Z\"}");
            String timestamp = Long.toString(NOW.getEpochSecond());
            assertThat(seen.headers())
                    .containsEntry("idempotency-key", "low-stock:steam__:0")
                    .containsEntry("x-timestamp", timestamp)
                    .containsEntry(
                            "x-signature",
                            Signature.of(SECRET, timestamp, seen.body().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void any_other_status_is_not_told_and_names_no_address(int status) throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(status, "")) {
            assertThatThrownBy(() -> to(server.url() + "/robot?token=t0ken").alert(ALERT))
                    .isInstanceOf(NotToldException.class)
                    .hasMessageContaining(String.valueOf(status))
                    .hasMessageNotContaining("t0ken");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "/robot", "https://user@127.0.0.1/"})
    void an_endpoint_that_cannot_be_called_is_refused_at_once(String url) {
        assertThatThrownBy(() -> to(url)).isInstanceOf(InvalidValueException.class);
    }
}
