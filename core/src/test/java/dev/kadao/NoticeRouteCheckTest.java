package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A shop whose notice route would believe a stranger does not start. */
class NoticeRouteCheckTest {
    private static final Money CENT = Money.parse("0.01", Currency.CNY);
    private static final NoticeReply REFUSED = NoticeReply.text(401, "");
    private static final NoticeReading FORGED = new NoticeReading.Forged("wrong signature", REFUSED);
    private static final NoticeReading GENUINE = new NoticeReading.Genuine(
            "selfcheck_p1",
            new PaymentWord.Paid("t1", CENT),
            NoticeReply.text(200, "success"),
            NoticeReply.text(500, "fail"));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void readLogback() {
        // The module under test rightly does not read the logging library that its tests listen to.
        Module self = NoticeRouteCheckTest.class.getModule();
        Module logback = LoggerFactory.getILoggerFactory().getClass().getModule();
        self.addReads(logback);
        if (logback.getLayer() != null) {
            logback.getLayer().findModule("ch.qos.logback.core").ifPresent(self::addReads);
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.kadao")).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger("dev.kadao")).detachAppender(log);
    }

    private static ScriptedGateway reading(Function<InboundNotice, NoticeReading> reader) {
        return new ScriptedGateway() {
            @Override
            public NoticeReading read(InboundNotice notice) {
                return reader.apply(notice);
            }
        };
    }

    private static ScriptedGateway believing(Predicate<InboundNotice> believed) {
        return reading(notice -> believed.test(notice) ? GENUINE : FORGED);
    }

    private static FulfillmentBuilder shop(dev.kadao.port.PaymentGateway gateway) {
        return Fulfillment.builder()
                .store(new InMemoryCheckoutStore())
                .router(sku -> Optional.of(Route.topUp("a")))
                .gateway("till", gateway);
    }

    /** What was said of this test's gateway; other tests may run beside it. */
    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("gateway 'till'"))
                .toList();
    }

    private static String text(InboundNotice notice) {
        return notice.body().asUtf8();
    }

    /** Adapters that forgot something, each believed by whoever wrote it to check enough. */
    static Stream<Predicate<InboundNotice>> careless() {
        return Stream.of(
                notice -> true,
                notice -> text(notice).isEmpty() && notice.method().equals("POST"),
                notice -> text(notice).startsWith("{"),
                notice -> text(notice).contains("\"trade_state\":\"SUCCESS\"")
                        && notice.header("Wechatpay-Signature").isPresent(),
                notice -> text(notice).contains("\"payment_status\":\"paid\"")
                        && notice.header("Stripe-Signature").isPresent(),
                notice -> text(notice).contains("\"status\":\"paid\"")
                        && notice.header("X-Signature").isPresent(),
                notice -> text(notice).contains("trade_status=TRADE_SUCCESS"),
                notice -> text(notice).contains("sign_type=RSA2"),
                notice -> isSignedWithNoKey(text(notice)),
                notice -> notice.method().equals("GET") && isSignedWithNoKey(notice.query()));
    }

    /** Checks the signature by the book, under a key that somebody has left empty. */
    private static boolean isSignedWithNoKey(String form) {
        if (!form.contains("&sign=")) {
            return false;
        }
        String signed = Arrays.stream(form.split("&"))
                .filter(pair -> !pair.startsWith("sign=") && !pair.startsWith("sign_type="))
                .sorted()
                .collect(Collectors.joining("&"));
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(signed.getBytes(StandardCharsets.UTF_8));
            return form.contains("&sign=" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("careless")
    void a_gateway_that_believes_a_forged_notice_stops_the_build_which_says_what_to_do(
            Predicate<InboundNotice> believed) {
        assertThatThrownBy(shop(believing(believed))::build)
                .isInstanceOfSatisfying(
                        MisconfiguredException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith("gateway 'till' believes a forged notice (")
                                .contains("Verify the signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299})
    void a_gateway_that_refuses_a_forged_notice_with_a_status_of_success_stops_the_build(int status) {
        NoticeReply reply = NoticeReply.text(status, "fail");
        for (NoticeReading reading :
                List.of(new NoticeReading.Forged("wrong signature", reply), new NoticeReading.Irrelevant(reply))) {
            assertThatThrownBy(shop(reading(notice -> reading))::build)
                    .isInstanceOf(MisconfiguredException.class)
                    .hasMessageContaining(
                            "gateway 'till' answers a forged notice (an empty body) with the status " + status)
                    .hasMessageContaining("Answer it with 401");
        }
    }

    @Test
    void each_gateway_is_asked_and_each_that_believes_is_named_beside_the_other_problems() {
        assertThatThrownBy(shop(believing(notice -> true))
                        .gateway("second", believing(notice -> true))
                        .gateway("honest", new ScriptedGateway())
                        .gateway("Bad Name", new InMemoryGateway())::build)
                .isInstanceOfSatisfying(
                        MisconfiguredException.class,
                        e -> assertThat(e.problems()).hasSize(3))
                .hasMessageContaining("gateway 'second' believes");
    }

    @Test
    void one_that_throws_at_one_sample_and_believes_another_is_found_out() {
        assertThatThrownBy(shop(believing(notice -> {
                    if (notice.body().size() == 0) {
                        throw new IllegalStateException("empty");
                    }
                    return true;
                }))::build)
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("believes a forged notice");
    }

    @Test
    void honest_gateways_pass_in_silence() {
        shop(new InMemoryGateway())
                .gateway("scripted", new ScriptedGateway())
                .build()
                .close();
        assertThat(lines()).isEmpty();
    }

    /** It can neither be believed nor acknowledge anything in service, so that the shop need not stand still for it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_gateway_that_throws_at_a_forged_notice_is_warned_of_and_neither_believes_nor_acknowledges_it(
            boolean isNull) {
        String buyer = "buyer-7f3a@example.com";
        ScriptedGateway throwing = reading(notice -> {
            if (isNull) {
                return null;
            }
            throw new NumberFormatException("For input string: " + text(notice));
        });
        try (Fulfillment shop = shop(throwing).build()) {
            assertThat(lines()).singleElement().asString().contains("gateway 'till' threw");
            log.list.clear();
            for (int i = 0; i < 100; i++) {
                NoticeReply reply = shop.receive(
                        "till", new InboundNotice("POST", "", Map.of(), Bytes.utf8(buyer + i), Instant.now()));
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.body().asUtf8()).doesNotContain(buyer);
            }
        }
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("not acknowledged")
                .doesNotContain(buyer);
    }

    @Test
    void forged_notices_are_counted_logged_once_a_minute_and_on_one_line() {
        ScriptedGateway quoting = reading(
                notice -> text(notice).contains("selfcheck") || text(notice).isEmpty()
                        ? FORGED
                        : new NoticeReading.Forged("bad\r\nERROR all is lost " + "x".repeat(9_000), REFUSED));
        try (Fulfillment shop = shop(quoting).build()) {
            for (int i = 0; i < 500; i++) {
                assertThat(shop.receive("till", ScriptedGateway.notice("noise " + i)))
                        .isEqualTo(REFUSED);
            }
            assertThat(shop.health().forgedNotices()).isEqualTo(500);
        }
        assertThat(lines()).hasSizeBetween(1, 3);
        assertThat(lines().get(0)).doesNotContain("\n", "\r").hasSizeLessThan(300);
    }

    @Test
    void each_sample_is_another_message_under_a_name_of_its_own() {
        List<ForgedSamples.Sample> samples = ForgedSamples.at(Instant.parse("2026-11-23T05:00:00Z"));
        assertThat(samples).extracting(ForgedSamples.Sample::name).doesNotHaveDuplicates();
        assertThat(samples).extracting(ForgedSamples.Sample::notice).doesNotHaveDuplicates();
    }
}
