package dev.kadao.suppliers.notify;

import static dev.kadao.suppliers.notify.Samples.BUYER;
import static dev.kadao.suppliers.notify.Samples.ORDER;
import static dev.kadao.suppliers.notify.Samples.REFERENCE;
import static dev.kadao.suppliers.notify.Samples.notTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Message.Kind;
import dev.kadao.order.Secret;
import dev.kadao.port.NotToldException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class EmailNotifierTest {
    private ScriptedSmtp server;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedSmtp.plain();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private ScriptedSmtp.Mail sent(EmailNotifierBuilder settings, Kind kind) {
        settings.build().tell(ORDER, kind, BUYER, REFERENCE);
        assertThat(server.mails).hasSize(1);
        return server.mails.get(0);
    }

    @Test
    void a_mail_tells_what_happened_in_both_languages_with_a_link_and_no_key() throws Exception {
        ScriptedSmtp.Mail mail = sent(Samples.through(server).fromName("卡到小店"), Kind.DELIVERED);

        assertThat(mail.from()).isEqualTo("shop@shop.example");
        assertThat(mail.to()).containsExactly("buyer@example.com");
        MimeMessage parsed = mail.parsed();
        assertThat(parsed.getSubject()).isEqualTo("您的订单 cart42.1 已发货,请查收 / Your order cart42.1 is delivered");
        assertThat(mail.text()).isEqualTo("""
                        您的订单 cart42.1 已发货,请查收。

                        Your order cart42.1 is delivered.

                        查看订单 / See the order:
                        https://shop.example/orders/cart42.1
                        """);
        assertThat(parsed.getFrom()).containsExactly(new InternetAddress("shop@shop.example", "卡到小店", "UTF-8"));
        assertThat(((InternetAddress) parsed.getFrom()[0]).getPersonal()).isEqualTo("卡到小店");
        assertThat(parsed.getAllRecipients()).containsExactly(new InternetAddress("buyer@example.com"));
        assertThat(parsed.getSentDate()).isEqualTo(Date.from(Samples.NOW));
        assertThat(parsed.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.content()).as("headers are ASCII").matches("[\\p{ASCII}]*");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_kind_of_message_has_a_text_of_its_own_in_each_language(Kind kind) throws Exception {
        String chinese = sent(Samples.through(server).texts(EmailTexts.chinese()), kind)
                .parsed()
                .getSubject();
        server.mails.clear();
        String english = sent(Samples.through(server).texts(EmailTexts.english()), kind)
                .parsed()
                .getSubject();

        assertThat(chinese).startsWith("您的订单 cart42.1 ").hasSizeGreaterThan("您的订单 cart42.1 ".length());
        assertThat(english).startsWith("Your order cart42.1 ").matches("[\\p{ASCII}]+");
        for (Kind other : Kind.values()) {
            if (other != kind) {
                server.mails.clear();
                assertThat(sent(Samples.through(server).texts(EmailTexts.chinese()), other)
                                .parsed()
                                .getSubject())
                        .isNotEqualTo(chinese);
            }
        }
    }

    @Test
    void a_duplicate_after_a_lost_reply_carries_the_same_message_id() throws Exception {
        EmailNotifier notifier = Samples.through(server).build();
        server.at(".", ScriptedSmtp.hangUp());
        assertThat(notTold(() -> notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE))
                        .kind())
                .isEqualTo(NotToldException.Kind.NOTIFIER);
        server.asUsual();

        notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);
        notifier.tell(ORDER, Kind.REPLACED, BUYER, "cart42_m2");

        List<String> ids = new ArrayList<>();
        for (ScriptedSmtp.Mail mail : server.mails) {
            ids.add(mail.parsed().getMessageID());
        }
        assertThat(ids)
                .containsExactly("<cart42_m1@shop.example>", "<cart42_m1@shop.example>", "<cart42_m2@shop.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13800000000",
                "",
                " ",
                "@",
                "a@b",
                "a@example.com\r\nBcc: victim@example.org",
                "a@example.com\nRCPT TO:<victim@example.org>",
                "a@example.com,victim@example.org",
                "a@example.com victim@example.org",
                "Buyer <a@example.com>",
                "\"a b\"@example.com",
                "a@[127.0.0.1]",
                "a..b@example.com",
                "a@-example.com",
                "a@example.123",
                "张三@example.com",
                "a@exa mple.com",
                "a@example.com\u0000"
            })
    void what_is_no_address_is_given_up_without_asking_the_server_and_is_not_shown(String recipient) {
        EmailNotifier notifier = Samples.through(server).build();

        NotToldException told = notTold(() -> notifier.tell(ORDER, Kind.DELIVERED, Optional.of(recipient), REFERENCE));

        assertThat(told.kind()).isEqualTo(NotToldException.Kind.NEVER);
        assertThat(told.getMessage()).isEqualTo("the recipient is no e-mail address that mail is sent to");
        assertThat(server.connections).isEmpty();
    }

    @Test
    void an_address_longer_than_mail_allows_is_none() {
        String local = "a".repeat(64);
        String domain = ("b".repeat(62) + ".").repeat(2) + "b".repeat(60) + ".cn";

        assertThat(MailAddress.of(local + "@" + domain)).isPresent();
        assertThat(MailAddress.of(local + "a@" + domain)).isEmpty();
        assertThat(MailAddress.of(local + "@c" + domain)).isEmpty();
    }

    @Test
    void a_domain_of_another_script_is_sent_in_its_ascii_form() {
        Samples.through(server).build().tell(ORDER, Kind.CLOSED, Optional.of("li.lei+cards@例子.公司"), REFERENCE);

        assertThat(server.mails.get(0).to()).containsExactly("li.lei+cards@xn--fsqu00a.xn--55qx5d");
    }

    @Test
    void an_erased_recipient_is_given_up() {
        EmailNotifier notifier = Samples.through(server).build();

        NotToldException told = notTold(() -> notifier.tell(ORDER, Kind.REFUNDED, Optional.empty(), REFERENCE));

        assertThat(told.kind()).isEqualTo(NotToldException.Kind.NEVER);
        assertThat(told).hasMessage("the recipient is erased");
    }

    @Test
    void a_shop_that_knows_the_address_otherwise_says_it() {
        Samples.through(server)
                .address((order, recipient) -> Optional.of("owner.of." + recipient.orElse("?") + "@example.com"))
                .build()
                .tell(ORDER, Kind.DELIVERED, Optional.of("13800000000"), REFERENCE);

        assertThat(server.mails.get(0).to()).containsExactly("owner.of.13800000000@example.com");
    }

    @Test
    void a_line_break_in_a_subject_begins_no_header_and_a_dot_ends_no_mail() throws Exception {
        EmailText tricky =
                new EmailText("hot\r\nBcc: victim@example.org\r\n\r\nbody\u2028x", "first\n.\nQUIT\n..\r\nlast\rend\n");

        ScriptedSmtp.Mail mail = sent(Samples.through(server).texts(occasion -> tricky), Kind.DELIVERED);

        assertThat(mail.parsed().getSubject()).isEqualTo("hot Bcc: victim@example.org body x");
        assertThat(mail.parsed().getHeader("Bcc")).isNull();
        assertThat(mail.to()).containsExactly("buyer@example.com");
        assertThat(mail.text()).isEqualTo("first\n.\nQUIT\n..\nlast\nend\n");
    }

    @Test
    void keys_come_only_where_the_shop_opted_in_and_only_with_messages_about_keys() throws Exception {
        List<Kind> revealedFor = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            server.mails.clear();
            ScriptedSmtp.Mail mail = sent(
                    Samples.through(server).carryingKeys(order -> {
                        revealedFor.add(kind);
                        return List.of(Secret.of("AAAA-1111"), Secret.of("密钥-2"));
                    }),
                    kind);
            boolean carries = mail.text().contains("\n\n卡密 / Keys:\nAAAA-1111\n密钥-2\n\n");
            assertThat(carries).as(kind.name()).isEqualTo(kind == Kind.DELIVERED || kind == Kind.REPLACED);
            assertThat(mail.parsed().getSubject()).doesNotContain("AAAA");
        }
        assertThat(revealedFor).containsExactly(Kind.DELIVERED, Kind.REPLACED);
    }

    @Test
    void keys_that_cannot_be_revealed_are_not_sent_and_their_absence_is_no_mail() {
        EmailNotifier notifier = Samples.through(server)
                .carryingKeys(order -> {
                    throw new IllegalStateException("AAAA-1111 is locked");
                })
                .build();

        NotToldException told = notTold(() -> notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE));

        assertThat(told.kind()).isEqualTo(NotToldException.Kind.RECIPIENT);
        assertThat(told)
                .hasMessage("the keys could not be revealed (IllegalStateException), so nothing was sent")
                .hasNoCause();
        assertThat(server.mails).isEmpty();
        notifier.tell(ORDER, Kind.REFUNDED, BUYER, REFERENCE);
        assertThat(server.mails).hasSize(1);
    }

    @Test
    void all_problems_are_told_at_once_and_none_shows_the_password() {
        EmailNotifierBuilder wrong = EmailNotifier.through("mail example\r\n", 0, "shop")
                .security(SmtpSecurity.PLAIN)
                .login("shop", Secret.of("hunter2"))
                .fromName("a\nb")
                .limit(Duration.ZERO)
                .connectTimeout(Duration.ofDays(1));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("is no mail server's host and port")
                .hasMessageContaining("what mails are to come from is no e-mail address")
                .hasMessageContaining("the name of the sender holds a line break")
                .hasMessageContaining("a password would be sent without TLS")
                .hasMessageContaining("no page is given")
                .hasMessageContaining("the limit is PT0S")
                .hasMessageContaining("the connect time-out is PT24H")
                .hasMessageNotContaining("hunter2")
                .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(8));
    }

    @Test
    void neither_notifier_nor_texts_show_a_secret() {
        EmailNotifierBuilder settings =
                Samples.through(server).security(SmtpSecurity.TLS).login("shop", Secret.of("hunter2"));

        assertThat(List.of(
                        settings.build().toString(),
                        settings.toString(),
                        new EmailText("s", "AAAA-1111").toString(),
                        new Letter("buyer@example.com", "<id>", new EmailText("s", "AAAA-1111")).toString(),
                        new EmailTexts.Occasion(
                                        ORDER,
                                        Kind.DELIVERED,
                                        java.net.URI.create("x:y"),
                                        List.of(Secret.of("AAAA-1111")))
                                .toString()))
                .noneMatch(shown ->
                        Arrays.asList("hunter2", "AAAA", "buyer@").stream().anyMatch(shown::contains));
    }

    @Test
    void settings_of_a_notifier_that_is_built_cannot_change_under_it() {
        EmailNotifierBuilder settings = Samples.through(server);
        settings.build();

        assertThatThrownBy(() -> settings.limit(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
    }
}
