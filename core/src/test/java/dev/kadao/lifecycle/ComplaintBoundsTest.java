package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.Diagnosis.Choice;
import dev.kadao.insight.Texts;
import dev.kadao.order.Case;
import dev.kadao.order.Entry;
import dev.kadao.order.Intent;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Message;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import dev.kadao.policy.MessageSettings;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a buyer who keeps asking can bring about: few messages, few rows, and a person without delay. */
class ComplaintBoundsTest {
    private final List<String> did = new ArrayList<>();
    private int rows;

    private void complain(Story story) {
        hear(story.decide(new Event.Complained(story.now(), 1)));
    }

    private void ask(Story story) {
        hear(story.decide(new Event.Questioned(
                story.now(), 1, Intent.WHERE_IS_IT, true, Event.Questioned.Person.NOT_NEEDED, "asked", null)));
    }

    private void hear(Verdict verdict) {
        did.clear();
        if (verdict instanceof Verdict.Moved moved && !moved.entries().isEmpty()) {
            rows++;
            moved.entries().stream()
                    .filter(Entry.ComplaintMade.class::isInstance)
                    .forEach(made -> did.addAll(((Entry.ComplaintMade) made).did()));
        }
    }

    private static void tell(Story story) {
        story.checkout().messages().stream()
                .filter(message -> message.state() == Message.State.DUE)
                .forEach(due ->
                        story.decide(new Event.MessageTold(story.now(), due.number(), Event.MessageTold.Telling.TOLD)));
    }

    private static long told(Story story) {
        return story.checkout().messages().stream()
                .filter(message -> message.kind().isOfDelivery())
                .count();
    }

    private static Diagnosis diagnosis(Story story) {
        return Diagnosis.of(story.checkout(), 1, story.now());
    }

    private static String text(Story story, Locale locale) {
        return Texts.standard().sentence(diagnosis(story), locale, ZoneOffset.UTC);
    }

    private static Story delivered() {
        return Story.paid(LadderPage.keys()).taken();
    }

    @Test
    void a_delivery_is_told_again_as_often_as_the_terms_say_and_then_the_buyer_is_told_what_to_do_instead() {
        Story story = delivered();
        for (int i = 0; i < Terms.USUAL_RESENDS; i++) {
            assertThat(diagnosis(story).buyerCan())
                    .contains(Choice.RESEND_MESSAGE)
                    .doesNotContain(Choice.CONTACT_SUPPORT);
            tell(story);
            story.wait(Duration.ofMinutes(1));
            complain(story);
            assertThat(did).containsExactly("resent-message");
        }
        tell(story);

        for (int i = 0; i < 20; i++) {
            story.wait(Duration.ofHours(1));
            complain(story);
            assertThat(did).isEmpty();
        }

        assertThat(told(story)).isEqualTo(1 + Terms.USUAL_RESENDS);
        assertThat(diagnosis(story).buyerCan())
                .containsExactly(Choice.COLLECT, Choice.CONFIRM, Choice.DISPUTE, Choice.CONTACT_SUPPORT);
        assertThat(text(story, Locale.ENGLISH)).contains("is not sent again: open your order page, or contact support");
        assertThat(text(story, Locale.CHINESE)).contains("不再重发：请直接打开订单页，或联系客服");
    }

    @Test
    void a_replacement_is_news_with_resends_that_were_left() {
        Story story = delivered();
        for (int i = 0; i < 10; i++) {
            tell(story);
            story.wait(Duration.ofHours(1));
            complain(story);
        }
        long before = told(story);
        story.acted(Event.DeskAct.REPLACE).taken();

        assertThat(told(story)).isEqualTo(before + 1);
        tell(story);
        story.wait(Duration.ofHours(1));
        complain(story);
        assertThat(did).isEmpty();
    }

    @Test
    void what_is_told_again_by_itself_counts_too() {
        Story story = delivered();
        tell(story);
        story.wait(LadderPage.REDISPATCH).decide(new Event.TimeCame(story.now()));
        assertThat(story.checkout().resendsLeft(story.order(1))).isEqualTo(Terms.USUAL_RESENDS - 1);
    }

    @Test
    void keys_that_were_seen_are_not_told_again_and_nothing_is_said_of_it() {
        Story story = delivered();
        story.decide(new Event.KeysShown(story.now(), 1, null));

        assertThat(diagnosis(story).buyerCan()).containsExactly(Choice.COLLECT, Choice.CONFIRM, Choice.DISPUTE);
    }

    @Test
    void a_shop_chooses_between_one_and_ten() {
        assertThat(new MessageSettings(1).resends()).isEqualTo(1);
        assertThat(new MessageSettings(10).resends()).isEqualTo(10);
        for (int wrong : List.of(0, 11)) {
            assertThatThrownBy(() -> new MessageSettings(wrong))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("message resends is " + wrong);
        }
    }

    @Test
    void who_asks_every_minute_about_an_open_payment_writes_a_row_at_growing_gaps() {
        Story story = Story.of(LadderPage.keys());
        for (int minute = 0; minute < 24 * 60; minute++) {
            story.wait(Duration.ofMinutes(1));
            ask(story);
            boolean isNudged = story.pending().contains(new Effect.QueryPayment(1));
            assertThat(!did.contains("asked-gateway") || isNudged).isTrue();
        }

        // Five in the first minutes, then after 2, 4, 8 … 512 of them; and the questions themselves, which have a
        // bound.
        assertThat(rows).isBetween(14, 14 + dev.kadao.order.Questions.MOST);
    }

    @Test
    void a_refund_that_stays_unclear_for_a_month_brings_few_rows() {
        Story story = Story.paid(LadderPage.keys()).stock(1, new StockAnswer.OutOfStock());
        story.acted(Event.DeskAct.REFUND).returned(1);
        story.sendRefund(1).refundSaid(1, new RefundAnswer.Unknown("silence"));
        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
        for (int minute = 0; minute < 31 * 24 * 60; minute += 5) {
            story.wait(Duration.ofMinutes(5));
            complain(story);
        }

        assertThat(rows).isBetween(30, 50);
    }

    @Test
    void a_person_is_told_at_once_however_often_the_buyer_asked_before() {
        Story story = Story.paid(LadderPage.topUp(LadderPage.queryable()))
                .send()
                .sent(new dev.kadao.port.Dispatcher.Answer.Accepted("s1", null));
        story.wait(LadderPage.LATE.minusSeconds(1));
        complain(story);
        assertThat(did).containsExactly("asked-supplier");

        story.wait(Duration.ofSeconds(1));
        complain(story);

        assertThat(did).containsExactly("opened-case");
        assertThat(story.openCases()).containsExactly(Case.Kind.LATE);
        complain(story);
        assertThat(did).isEmpty();
    }
}
