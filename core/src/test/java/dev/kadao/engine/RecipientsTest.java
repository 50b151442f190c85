package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.codec.Codec;
import dev.kadao.insight.Timeline;
import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.RecipientHistory;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets the goods: confirmed and corrected by the buyer until the goods may be on their way. */
class RecipientsTest {
    private static final OrderId ORDER = OrderId.parse("top1.1");
    private static final CheckoutId TOP_UP = ORDER.checkout();
    private static final String PLACED = "13800000000";
    private static final String RIGHT = "13900000009";
    private static final BiFunction<String, String, Optional<String>> ANY = (sku, recipient) -> Optional.empty();

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);

    @AfterEach
    void folding_the_journal_still_gives_the_stored_documents() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private Outcome correct(String recipient) {
        Outcome outcome = rig.engine.correctRecipient(ORDER, recipient, ANY);
        rig.clockwork.settle();
        return outcome;
    }

    private Outcome confirm(String recipient) {
        Outcome outcome = rig.engine.confirmRecipient(ORDER, recipient);
        rig.clockwork.settle();
        return outcome;
    }

    private List<Entry> entries() {
        return rig.engine.reads().journal(TOP_UP).stream()
                .map(Reads.Recorded::entry)
                .toList();
    }

    private static void assertDone(Outcome outcome, boolean repeated) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.repeated()).isEqualTo(repeated));
    }

    private static void assertRefused(Outcome outcome, Outcome.Why why, String part) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(why);
            assertThat(refused.sentence()).contains(part).doesNotContain(RIGHT).doesNotContain(PLACED);
        });
    }

    @Test
    void the_supplier_gets_the_corrected_recipient_and_the_journal_both_commitments() {
        rig.placeTopUp("top1");
        Order before = rig.order("top1");
        assertDone(correct(RIGHT), false);
        Order after = rig.order("top1");
        rig.pay("top1_p1", "t1");

        assertThat(supplier.sent)
                .singleElement()
                .satisfies(request -> assertThat(request.recipient()).isEqualTo(RIGHT));
        assertThat(entries()).contains(new Entry.RecipientCorrected(1, before.recipient(), after.recipient()));
        assertThat(after.changes()).isEqualTo(before.changes() + 1);
        assertThat(rig.bytes())
                .noneMatch(bytes ->
                        bytes.asUtf8().contains(RIGHT) || bytes.asUtf8().contains(PLACED));
    }

    @Test
    void a_correction_repeated_changes_nothing() {
        rig.placeTopUp("top1");
        correct(RIGHT);
        List<Entry> once = entries();
        assertDone(correct(RIGHT), true);
        assertThat(entries()).isEqualTo(once);
    }

    @Test
    void a_confirmation_is_a_fact_said_once_and_only_of_what_is_on_record() {
        rig.placeTopUp("top1");
        assertRefused(confirm(RIGHT), Outcome.Why.BAD_INPUT, "is not the recipient of order top1.1");
        int version = rig.order("top1").changes();
        assertDone(confirm(PLACED), false);
        assertDone(confirm(PLACED), true);
        assertThat(entries())
                .filteredOn(Entry.RecipientConfirmed.class::isInstance)
                .hasSize(1);
        assertThat(rig.order("top1").changes()).isEqualTo(version);

        correct(RIGHT);
        assertThat(rig.order("top1").recipientHistory())
                .extracting(RecipientHistory::confirmedAt)
                .isNull();
        assertDone(confirm(RIGHT), false);
        rig.pay("top1_p1", "t1");
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertDone(confirm(RIGHT), true);
    }

    @Test
    void once_a_dispatch_was_begun_nothing_is_corrected_or_newly_confirmed() {
        rig.placeTopUp("top1");
        supplier.onSend.add(() -> new dev.kadao.port.Dispatcher.Answer.NotSent("refused"));
        rig.pay("top1_p1", "t1");
        assertThat(rig.stage("top1")).isEqualTo(Stage.DISPATCHING);
        assertRefused(correct(RIGHT), Outcome.Why.WRONG_STAGE, "was sent to a supplier");
        assertRefused(confirm(PLACED), Outcome.Why.WRONG_STAGE, "top1.1 is DISPATCHING");

        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertRefused(correct(RIGHT), Outcome.Why.WRONG_STAGE, "DELIVERED");
        assertThat(supplier.sent).allMatch(request -> request.recipient().equals(PLACED));
    }

    @Test
    void an_order_of_keys_that_waits_for_stock_is_corrected_and_one_that_was_delivered_is_not() {
        rig.place("top1", Route.keys());
        rig.pay("top1_p1", "t1");
        assertThat(rig.stage("top1")).isEqualTo(Stage.PAID);
        assertDone(correct(RIGHT), false);
        assertThat(rig.order("top1").keys().waitingSince())
                .as("its place among those that wait stays")
                .isNotNull();

        rig.stock("sku", 1);
        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertRefused(correct(PLACED), Outcome.Why.WRONG_STAGE, "DELIVERED");
    }

    @Test
    void whichever_of_correction_and_intent_is_written_first_wins_and_the_supplier_gets_what_stood_there() {
        Set<String> seen = new TreeSet<>();
        for (int commits = 0; commits < 6; commits++) {
            ScriptedSupplier each = ScriptedSupplier.queryable();
            Rig shop = Rig.with(each);
            Engine other = shop.another();
            shop.clockwork.settle();
            shop.placeTopUp("top1");
            List<Outcome> outcomes = new ArrayList<>();
            // Between reading and writing of one process, the other one writes.
            shop.store.beforeCommit(commits, () -> outcomes.add(other.correctRecipient(ORDER, RIGHT, ANY)));
            shop.pay("top1_p1", "t1");
            shop.clockwork.advance(Duration.ofMinutes(1));
            if (!shop.store.wasBeforeCommit()) {
                continue;
            }
            boolean corrected = outcomes.get(0) instanceof Outcome.Done;
            String where = "before commit " + commits + ": " + outcomes;
            assertThat(each.sent).as(where).hasSize(1);
            assertThat(each.sent.get(0).recipient()).as(where).isEqualTo(corrected ? RIGHT : PLACED);
            assertThat(shop.engine.reads().checkout(TOP_UP).orElseThrow().recipient(shop.order("top1")))
                    .as(where)
                    .contains(each.sent.get(0).recipient());
            assertThat(shop.stage("top1")).isEqualTo(Stage.DELIVERED);
            assertThat(shop.engine.audit().violations()).isEmpty();
            seen.add(corrected ? "corrected" : "refused");
        }
        assertThat(seen).containsExactly("corrected", "refused");
    }

    @Test
    void a_corrected_checkout_placed_again_as_at_first_is_the_same_and_as_corrected_is_a_conflict() {
        rig.placeTopUp("top1");
        correct(RIGHT);
        assertThat(rig.engine.place(placement(PLACED))).isInstanceOf(Placement.Result.Same.class);
        assertThat(rig.engine.place(placement(RIGHT))).isInstanceOf(Placement.Result.Conflict.class);
        assertThat(rig.engine.reads().checkout(TOP_UP).orElseThrow().recipient(rig.order("top1")))
                .contains(RIGHT);
    }

    private static Placement placement(String recipient) {
        Placement.Line line = new Placement.Line("sku", 1, recipient, Rig.PRICE, Route.topUp("a"));
        return new Placement(TOP_UP, "sandbox", List.of(line), null, null);
    }

    @Test
    void nobody_corrects_for_ever() {
        rig.placeTopUp("top1");
        for (int i = 0; i < 10; i++) {
            assertDone(correct("1390000000" + i), false);
        }
        assertRefused(correct(PLACED), Outcome.Why.LIMIT_REACHED, "corrected 10 times");
    }

    @Test
    void erasing_takes_the_first_and_the_corrected_recipient() {
        rig.placeTopUp("top1");
        correct(RIGHT);
        rig.pay("top1_p1", "t1");
        rig.engine.confirm(ORDER);
        rig.clockwork.settle();
        String before =
                rig.store.read(TOP_UP).checkout().orElseThrow().personal().asUtf8();
        assertThat(before).contains(RIGHT).contains(PLACED);
        assertThat(rig.engine.erase(TOP_UP)).isInstanceOf(Outcome.Done.class);
        String after =
                rig.store.read(TOP_UP).checkout().orElseThrow().personal().asUtf8();
        assertThat(after).doesNotContain(RIGHT).doesNotContain(PLACED);
        assertThat(rig.engine.place(placement(PLACED))).isInstanceOf(Placement.Result.Same.class);
    }

    @Test
    void the_timeline_says_that_and_not_what() {
        rig.placeTopUp("top1");
        confirm(PLACED);
        correct(RIGHT);
        List<Timeline.Fact> facts = rig.engine.reads().journal(TOP_UP).stream()
                .map(fact -> new Timeline.Fact(fact.at(), fact.entry()))
                .toList();
        assertThat(Timeline.of(facts, 1).nodes())
                .extracting(Timeline.Node::kind)
                .containsExactly(
                        Timeline.Kind.PLACED, Timeline.Kind.RECIPIENT_CONFIRMED, Timeline.Kind.RECIPIENT_CORRECTED);
    }

    @Test
    void while_the_store_is_down_the_answer_is_busy() {
        rig.placeTopUp("top1");
        rig.store.down(true);
        assertThat(correct(RIGHT)).isInstanceOf(Outcome.Busy.class);
        assertThat(confirm(PLACED)).isInstanceOf(Outcome.Busy.class);
        rig.store.heal();
        assertDone(correct(RIGHT), false);
    }

    @Test
    void an_order_there_is_not_is_not_found() {
        rig.placeTopUp("top1");
        assertThat(rig.engine.correctRecipient(OrderId.parse("top1.2"), RIGHT, ANY))
                .isInstanceOf(Outcome.NotFound.class);
        assertThat(rig.engine.confirmRecipient(OrderId.parse("nobody.1"), RIGHT))
                .isInstanceOf(Outcome.NotFound.class);
    }

    @Test
    void documents_from_before_recipients_could_be_corrected_are_read() {
        rig.placeTopUp("top1");
        confirm(PLACED);
        String document =
                rig.store.read(TOP_UP).checkout().orElseThrow().document().asUtf8();
        String before = document.replaceFirst(",\"recipientHistory\":\\{.*?}", "");
        assertThat(before).isNotEqualTo(document);
        Order order = Codec.decode(Bytes.utf8(before)).order(1);
        assertThat(order.recipientHistory()).isNull();
        assertThat(order.placedRecipient()).isEqualTo(order.recipient());
    }
}
