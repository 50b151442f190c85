package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.Timeline.Kind;
import dev.kadao.insight.Timeline.Node;
import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Route;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The story of an order as anyone may read it. */
class TimelineTest {

    @Test
    void a_disputed_and_refunded_order_tells_each_step_at_its_time() {
        Story story = Story.of(Route.keys())
                .later(Duration.ofMinutes(1))
                .paid()
                .taken()
                .seen()
                .later(Duration.ofMinutes(1))
                .disputed()
                .act(DeskAct.REFUND)
                .returned()
                .refundSent()
                .refund(new RefundAnswer.Refunded());
        Timeline timeline = Timeline.of(story.facts(), 1);
        assertThat(timeline.nodes())
                .map(Node::kind)
                .containsExactly(
                        Kind.PLACED,
                        Kind.PAID,
                        Kind.DELIVERED,
                        Kind.SEEN,
                        Kind.DISPUTED,
                        Kind.REFUNDING,
                        Kind.KEYS_RETURNED,
                        Kind.MONEY_BACK,
                        Kind.REFUNDED);
        assertThat(timeline.nodes().get(0).at()).isEqualTo(Story.START);
        assertThat(timeline.nodes().get(1).at()).isEqualTo(Story.START.plus(Duration.ofMinutes(1)));
        assertThat(timeline.nodes().get(8).at()).isEqualTo(Story.START.plus(Duration.ofMinutes(2)));
    }

    @Test
    void a_dispatch_that_is_resent_many_times_is_told_once() {
        Story story = Story.of(Route.topUp("a")).paid();
        for (int send = 0; send < 3; send++) {
            story.sent().supplier(new Answer.NotSent("refused"));
        }
        story.sent().supplier(Story.delivered());
        assertThat(kinds(story, 1)).containsExactly(Kind.PLACED, Kind.PAID, Kind.SENT_TO_SUPPLIER, Kind.DELIVERED);
    }

    @Test
    void an_order_is_told_nothing_of_the_other_orders_of_its_cart() {
        Story story = Story.of(Route.keys(), Route.keys()).paid().stock(2, new StockAnswer.Taken());
        assertThat(kinds(story, 1)).containsExactly(Kind.PLACED, Kind.PAID);
        assertThat(kinds(story, 2)).containsExactly(Kind.PLACED, Kind.PAID, Kind.DELIVERED);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_node_has_words_in_both_languages(Kind kind) {
        assertThat(kind.word()).matches("[a-z-]+");
        assertThat(Texts.standard().node(kind, Locale.SIMPLIFIED_CHINESE)).matches("[\\p{IsHan}，]+");
        assertThat(Texts.standard().node(kind, Locale.ENGLISH)).matches("[A-Za-z:, ]+");
    }

    private static List<Kind> kinds(Story story, int line) {
        return Timeline.of(story.facts(), line).nodes().stream().map(Node::kind).toList();
    }
}
