package dev.kadao.suppliers.notify;

import static dev.kadao.suppliers.notify.Samples.notTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.port.Alert;
import dev.kadao.port.NotToldException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class EmailAlertsTest {
    private static final Instant AT = Instant.parse("2026-11-05T08:00:00.123456Z");
    private static final Alert ALERT =
            new Alert(Alert.Kind.LOW_STOCK, "steam 密\r\nBcc: x@example.com", "2 keys of SKU are free", AT, 0);

    private ScriptedSmtp server;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedSmtp.plain();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void an_alert_is_a_mail_to_the_shops_mailbox_and_to_nobody_else() throws Exception {
        Samples.through(server).alertsTo("ops@shop.example").alert(ALERT);

        assertThat(server.mails).hasSize(1);
        ScriptedSmtp.Mail mail = server.mails.get(0);
        assertThat(mail.from()).isEqualTo("shop@shop.example");
        assertThat(mail.to()).containsExactly("ops@shop.example");
        assertThat(mail.parsed().getSubject()).isEqualTo("[kadao] low-stock: steam 密 Bcc: x@example.com");
        assertThat(mail.parsed().getAllRecipients()).hasSize(1);
        assertThat(mail.text()).isEqualTo("2 keys of SKU are free\n\nlow-stock, 2026-11-05T08:00:00Z\n");
    }

    @Test
    void a_trouble_that_comes_back_is_another_mail() throws Exception {
        EmailAlerts alerts = Samples.through(server).alertsTo("ops@shop.example");
        alerts.alert(ALERT);
        alerts.alert(new Alert(ALERT.kind(), ALERT.subject(), ALERT.sentence(), AT.plusSeconds(600), 0));

        String first = server.mails.get(0).parsed().getMessageID();
        assertThat(first).startsWith("<low-stock.").endsWith("@shop.example>");
        assertThat(server.mails.get(1).parsed().getMessageID()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.1.1 No such user ops@shop.example", "451 4.3.0 not now, ops@shop.example"})
    void what_the_server_refuses_is_not_told_and_names_a_status_alone(String refusal) {
        server.at("RCPT", ScriptedSmtp.reply(refusal));
        NotToldException failure = notTold(
                () -> Samples.through(server).alertsTo("ops@shop.example").alert(ALERT));
        assertThat(failure)
                .hasMessageContaining(refusal.substring(0, 3))
                .hasMessageNotContaining("ops@")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ops", "a@b.example, c@d.example", "ops@shop.example\r\nBcc: x@example.com"})
    void what_is_no_mailbox_is_refused_at_once(String address) {
        assertThatThrownBy(() -> Samples.through(server).alertsTo(address))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("ops@example.com");
    }

    @Test
    void alerts_need_no_page_and_show_neither_login_nor_mailbox() {
        EmailAlerts alerts = EmailNotifier.through("localhost", server.port(), "shop@shop.example")
                .login("shop", Secret.of("correct horse"))
                .alertsTo("ops@shop.example");
        assertThat(alerts).asString().contains("localhost").doesNotContain("correct", "ops@");
        assertThatThrownBy(() -> EmailNotifier.through("localhost", server.port(), "shop@shop.example")
                        .security(SmtpSecurity.PLAIN)
                        .login("shop", Secret.of("correct horse"))
                        .alertsTo("ops@shop.example"))
                .hasMessageContaining("without TLS");
    }
}
