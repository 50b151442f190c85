package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Route;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A shop that would believe a stranger who speaks for its supplier does not start. */
class SupplierNoticeCheckTest {
    private static final NoticeReply OK = NoticeReply.text(200, "ok");
    private static final SupplierReading FORGED = new SupplierReading.Forged("unsigned", NoticeReply.text(401, ""));
    private static final SupplierReading GENUINE = new SupplierReading.Genuine(
            "selfcheck_1_1", new Dispatcher.Answer.Unknown("?"), OK, NoticeReply.text(503, "again"));

    /** A supplier whose notices are read so; nothing is ever sent to it. */
    private record Reader(Function<InboundNotice, SupplierReading> reading) implements NotifyingDispatcher {
        @Override
        public SupplierTerms terms() {
            return new SupplierTerms(new Guarantee.AtMostOnce(), Duration.ofSeconds(3), Duration.ofHours(2));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            throw new IllegalStateException("nothing is sold here");
        }

        @Override
        public SupplierReading read(InboundNotice notice) {
            return reading.apply(notice);
        }
    }

    private static void start(Function<InboundNotice, SupplierReading> reading) {
        Fulfillment.builder()
                .store(new InMemoryCheckoutStore())
                .router(sku -> Optional.of(Route.topUp("a")))
                .supplier("a", new Reader(reading))
                .build()
                .close();
    }

    static Stream<Predicate<InboundNotice>> careless() {
        return Stream.of(
                notice -> true,
                notice -> notice.body().size() == 0,
                notice -> notice.body().asUtf8().contains("\"state\":\"success\""),
                notice -> notice.body().asUtf8().contains("\"state\":\"success\"")
                        && notice.header("X-Signature").isPresent(),
                notice -> notice.body().asUtf8().contains("&state=1"),
                notice -> notice.header("X-Signature").isEmpty()
                        && notice.body().asUtf8().contains("\"reference\":\"selfcheck_1_1\""));
    }

    @ParameterizedTest
    @MethodSource("careless")
    void a_supplier_whose_reader_believes_a_stranger_stops_the_start(Predicate<InboundNotice> believed) {
        assertThatThrownBy(() -> start(notice -> believed.test(notice) ? GENUINE : FORGED))
                .isInstanceOfSatisfying(
                        MisconfiguredException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith("supplier 'a' believes a forged notice (")
                                .contains("Verify the signature"));
    }

    @Test
    void a_forged_notice_that_is_acknowledged_stops_the_start() {
        assertThatThrownBy(() -> start(notice -> new SupplierReading.Forged("unsigned", OK)))
                .isInstanceOfSatisfying(
                        MisconfiguredException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .contains("answers a forged notice (an empty body) with the status 200"));
    }

    @Test
    void a_reader_that_refuses_or_throws_stops_nothing() {
        start(notice -> FORGED);
        start(notice -> {
            throw new IllegalStateException("no such field");
        });
        start(notice -> null);
    }
}
