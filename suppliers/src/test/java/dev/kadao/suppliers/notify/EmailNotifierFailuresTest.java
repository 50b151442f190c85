package dev.kadao.suppliers.notify;

import static dev.kadao.suppliers.notify.Samples.BUYER;
import static dev.kadao.suppliers.notify.Samples.ORDER;
import static dev.kadao.suppliers.notify.Samples.REFERENCE;
import static dev.kadao.suppliers.notify.Samples.notTold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Message.Kind;
import dev.kadao.order.Secret;
import dev.kadao.port.NotToldException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class EmailNotifierFailuresTest {
    /** A limit that is to be reached. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final String PASSWORD = "correct horse battery";
    private static final TestTls TLS = TestTls.of("localhost");
    private static final TestTls ELSEWHERE = TestTls.of("mail.elsewhere.example");

    private static NotToldException failureOf(EmailNotifierBuilder settings) {
        EmailNotifier notifier = settings.build();
        NotToldException failure = notTold(() -> notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE));
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.getMessage()).doesNotContain("buyer", PASSWORD, "No such");
        assertThat(failure).hasNoCause();
        return failure;
    }

    private static EmailNotifierBuilder at(ScriptedSmtp server, String host, SmtpSecurity security) {
        return EmailNotifier.through(host, server.port(), "shop@shop.example")
                .security(security)
                .sslContext(TLS.client())
                .login("shop", Secret.of(PASSWORD))
                .page(order -> URI.create("https://shop.example/orders/" + order))
                .connectTimeout(Samples.LONG)
                .limit(Samples.LONG);
    }

    @Test
    void a_refused_connection_is_the_notifiers_matter() throws Exception {
        try (Socket deaf = new Socket()) {
            // Held, so that nobody listens there meanwhile.
            deaf.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            NotToldException failure =
                    failureOf(EmailNotifier.through("127.0.0.1", deaf.getLocalPort(), "shop@shop.example")
                            .security(SmtpSecurity.PLAIN)
                            .page(order -> URI.create("https://shop.example")));

            assertThat(failure).hasMessage("the mail server refused the connection");
            assertThat(failure.kind()).isEqualTo(NotToldException.Kind.NOTIFIER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "."})
    void a_server_that_accepts_and_then_hangs_ends_at_the_limit(String command) throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.plain().at(command, ScriptedSmtp.hang())) {
            NotToldException failure = failureOf(Samples.through(server).limit(SHORT));

            assertThat(failure.getMessage()).contains("PT2S");
            assertThat(failure.kind()).isEqualTo(NotToldException.Kind.NOTIFIER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "."})
    void a_server_that_never_stops_talking_ends_at_the_limit(String command) throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.plain().at(command, ScriptedSmtp.trickle())) {
            NotToldException failure = failureOf(Samples.through(server).limit(SHORT));

            assertThat(failure).hasMessage("the mail server was not done within PT2S, perhaps it has the mail");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_server_that_hangs_in_the_handshake_of_tls_ends_at_the_limit(boolean atOnce) throws Exception {
        try (ScriptedSmtp server = atOnce
                ? ScriptedSmtp.plain().at("GREETING", ScriptedSmtp.hang())
                : ScriptedSmtp.offeringStartTls(TLS).at("STARTTLS", (connection, self) -> {
                    ScriptedSmtp.reply("220 go ahead").take(connection, self);
                    ScriptedSmtp.hang().take(connection, self);
                })) {
            SmtpSecurity security = atOnce ? SmtpSecurity.TLS : SmtpSecurity.STARTTLS;
            NotToldException failure =
                    failureOf(at(server, "localhost", security).limit(SHORT));

            assertThat(failure.getMessage()).contains("PT2S");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT|550 5.1.1 No such user buyer@example.com|550 5.1.1|NEVER",
                "RCPT|550-5.1.1 No such user|550 5.1.1|NEVER",
                "RCPT|553 5.1.3 No such address|553 5.1.3|NEVER",
                "RCPT|550 5.2.1 No such more|550 5.2.1|NEVER",
                "RCPT|550 5.7.1 No such relaying for buyer@example.com|550 5.7.1|RECIPIENT",
                "RCPT|550 No such user|550|RECIPIENT",
                "RCPT|450 4.2.1 No such mailbox now|450 4.2.1|RECIPIENT",
                "RCPT|452 4.2.2 No such space|452 4.2.2|RECIPIENT",
                "MAIL|451 4.3.0 No such luck|451 4.3.0|RECIPIENT",
                "DATA|554 5.5.1 No such data|554 5.5.1|RECIPIENT",
                ".|554 5.7.1 No such spam|554 5.7.1|RECIPIENT",
                ".|421 4.3.2 No such server now|421 4.3.2|RECIPIENT",
                "GREETING|421 No such service now|421|NOTIFIER",
                "GREETING|554 No such service|554|NOTIFIER"
            })
    void a_refusal_names_the_status_and_whose_matter_it_is(
            String command, String reply, String status, NotToldException.Kind kind) throws Exception {
        String whole = reply.contains("-") ? reply + "\r\n" + reply.replace('-', ' ') : reply;
        try (ScriptedSmtp server = ScriptedSmtp.plain().at(command, ScriptedSmtp.reply(whole))) {
            NotToldException failure = failureOf(Samples.through(server));

            assertThat(failure).hasMessage("the mail server answered with status " + status);
            assertThat(failure.kind()).isEqualTo(kind);
        }
    }

    @Test
    void a_mail_goes_out_by_starttls_with_a_login() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.offeringStartTls(TLS)) {
            at(server, "localhost", SmtpSecurity.STARTTLS).build().tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

            assertThat(server.mails).hasSize(1);
            String login = "shop\0shop\0" + PASSWORD;
            assertThat(server.lines)
                    .contains(
                            "AUTH PLAIN " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void a_mail_goes_out_by_tls_from_the_first_byte() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.withTls(TLS)) {
            at(server, "localhost", SmtpSecurity.TLS).build().tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

            assertThat(server.mails).hasSize(1);
        }
    }

    @Test
    void where_starttls_is_asked_for_and_not_offered_nothing_is_sent() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.plain()) {
            NotToldException failure = failureOf(at(server, "localhost", SmtpSecurity.STARTTLS));

            assertThat(failure).hasMessage("the mail server does not offer STARTTLS: nothing was sent");
            assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
            assertThat(server.mails).isEmpty();
        }
    }

    @Test
    void where_starttls_is_offered_and_then_refused_nothing_is_sent() throws Exception {
        try (ScriptedSmtp server =
                ScriptedSmtp.offeringStartTls(TLS).at("STARTTLS", ScriptedSmtp.reply("454 4.7.0 No such thing"))) {
            failureOf(at(server, "localhost", SmtpSecurity.STARTTLS).limit(SHORT));

            assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
            assertThat(server.mails).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_certificate_for_another_name_gets_neither_password_nor_mail(boolean atOnce) throws Exception {
        SmtpSecurity security = atOnce ? SmtpSecurity.TLS : SmtpSecurity.STARTTLS;
        try (ScriptedSmtp server =
                atOnce ? ScriptedSmtp.withTls(ELSEWHERE) : ScriptedSmtp.offeringStartTls(ELSEWHERE)) {
            NotToldException failure =
                    failureOf(at(server, "localhost", security).sslContext(ELSEWHERE.client()));

            assertThat(failure.getMessage()).startsWith("TLS to the mail server failed");
            assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void a_certificate_that_nobody_trusts_gets_neither_password_nor_mail() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.withTls(TLS)) {
            NotToldException failure =
                    failureOf(at(server, "localhost", SmtpSecurity.TLS).sslContext(ELSEWHERE.client()));

            assertThat(failure.getMessage()).startsWith("TLS to the mail server failed");
            assertThat(server.mails).isEmpty();
        }
    }

    @Test
    void a_refused_login_is_told_without_the_password() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.withTls(TLS)
                .at("AUTH", ScriptedSmtp.reply("535 5.7.8 No such user shop with " + PASSWORD))) {
            NotToldException failure = failureOf(at(server, "localhost", SmtpSecurity.TLS));

            assertThat(failure).hasMessage("the mail server answered with status 535 5.7.8");
            assertThat(failure.kind()).isEqualTo(NotToldException.Kind.NOTIFIER);
            assertThat(server.mails).isEmpty();
        }
    }

    @Test
    void keys_are_not_revealed_to_a_server_that_lets_nobody_in() throws Exception {
        List<String> revealed = new ArrayList<>();
        try (ScriptedSmtp server = ScriptedSmtp.plain().at("GREETING", ScriptedSmtp.reply("421 later"))) {
            failureOf(Samples.through(server).carryingKeys(order -> {
                revealed.add(order.toString());
                return List.of(Secret.of("AAAA"));
            }));
        }
        assertThat(revealed).isEmpty();
    }
}
