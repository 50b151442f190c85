package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.codec.Codec;
import dev.kadao.engine.Reads.Shown;
import dev.kadao.insight.Timeline;
import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.OrderId;
import dev.kadao.order.Reveals;
import dev.kadao.order.Route;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every reveal is recorded with its time and a commitment to its origin, within bounds. */
class RevealLogTest {
    private static final OrderId ORDER = OrderId.parse("keys1.1");
    private static final CheckoutId KEYS = ORDER.checkout();
    private static final String HOME = "203.0.113.7 Firefox/140";
    private static final String CAFE = "198.51.100.9 Chrome/150";

    private final Rig rig = Rig.with(ScriptedSupplier.queryable());

    @BeforeEach
    void sell() {
        rig.stock("sku", 3);
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");
    }

    @AfterEach
    void folding_the_journal_still_gives_the_stored_documents() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void reveal(String origin) {
        assertThat(rig.engine.reveal(ORDER, origin)).isInstanceOf(Revelation.Shown.class);
        rig.clockwork.settle();
    }

    private List<Shown> log() {
        return rig.engine.reads().revealsOf(ORDER);
    }

    private StoredCheckout stored() {
        return rig.store.read(KEYS).checkout().orElseThrow();
    }

    private void minutes(int count) {
        rig.clockwork.advance(Duration.ofMinutes(count));
    }

    @Test
    void each_reveal_is_an_entry_with_its_time_and_its_origin() {
        Instant start = rig.clockwork.wall().instant();
        reveal(HOME);
        minutes(5);
        reveal(CAFE);
        minutes(5);
        reveal(null);

        assertThat(log())
                .extracting(Shown::origin)
                .containsExactly(Optional.of(HOME), Optional.of(CAFE), Optional.empty());
        assertThat(log())
                .extracting(shown -> Duration.between(start, shown.at()).toMinutes())
                .containsExactly(0L, 5L, 10L);
        assertThat(log()).extracting(Shown::first).containsExactly(true, false, false);
    }

    @Test
    void a_repetition_from_the_same_origin_within_a_minute_is_the_same_reveal() {
        reveal(HOME);
        reveal(CAFE);
        rig.clockwork.advance(Duration.ofSeconds(59));
        long seq = stored().seq();
        reveal(HOME);
        reveal(CAFE);
        assertThat(stored().seq()).isEqualTo(seq);

        rig.clockwork.advance(Duration.ofSeconds(1));
        reveal(HOME);
        assertThat(log()).hasSize(3);
    }

    @Test
    void whoever_looks_all_the_time_fills_neither_the_journal_nor_the_document_nor_the_texts() {
        for (int i = 0; i < Reveals.MOST + 30; i++) {
            reveal(HOME + " tab " + i);
        }
        int full = stored().document().size();
        int texts = stored().personal().size();
        assertThat(log()).hasSize(Reveals.MOST);
        assertThat(log().stream().filter(shown -> shown.origin().isPresent())).hasSize(Origins.MOST_TEXTS);
        assertThat(log()).allMatch(shown -> shown.commitment() != null);

        for (int i = 0; i < 3 * 60; i += 10) {
            minutes(10);
            reveal(CAFE + " tab " + i);
        }
        assertThat(log()).hasSize(Reveals.MOST + 3);
        assertThat(stored().document().size()).isLessThanOrEqualTo(full);
        assertThat(stored().personal().size()).isEqualTo(texts);
    }

    @Test
    void a_document_holds_no_more_after_the_fifth_reveal_than_after_the_last_that_is_recorded() {
        for (int i = 0; i < 5; i++) {
            reveal("tab " + i);
        }
        int early = stored().document().size();
        for (int i = 5; i < Reveals.MOST; i++) {
            reveal("tab " + i);
        }
        assertThat(stored().document().size()).isBetween(early, early + 10);
    }

    @Test
    void the_version_that_people_see_does_not_rise_with_further_reveals() {
        reveal(HOME);
        int version = rig.order("keys1").changes();
        minutes(2);
        reveal(CAFE);
        assertThat(log()).hasSize(2);
        assertThat(rig.order("keys1").changes()).isEqualTo(version);
    }

    @Test
    void the_buyers_timeline_shows_the_first_one_alone() {
        reveal(HOME);
        minutes(2);
        reveal(CAFE);
        List<Timeline.Fact> facts = rig.engine.reads().journal(KEYS).stream()
                .map(fact -> new Timeline.Fact(fact.at(), fact.entry()))
                .toList();
        assertThat(Timeline.of(facts, 1).nodes())
                .extracting(Timeline.Node::kind)
                .containsOnlyOnce(Timeline.Kind.SEEN)
                .endsWith(Timeline.Kind.SEEN);
    }

    @Test
    void no_origin_stands_outside_of_the_erasable_side_and_erasing_leaves_the_times() {
        reveal(HOME);
        minutes(2);
        reveal(CAFE);
        assertThat(rig.bytes()).noneMatch(bytes -> bytes.asUtf8().contains("203.0.113"));
        assertThat(stored().personal().asUtf8()).contains("203.0.113.7");

        rig.engine.confirm(ORDER);
        rig.clockwork.settle();
        assertThat(rig.engine.erase(KEYS)).isInstanceOf(Outcome.Done.class);
        assertThat(log()).hasSize(2).allMatch(shown -> shown.origin().isEmpty() && shown.commitment() != null);

        minutes(2);
        reveal(HOME);
        assertThat(log()).hasSize(3);
        assertThat(log().get(2).commitment())
                .as("without a salt a commitment could be guessed")
                .isNull();
    }

    @Test
    void the_keys_of_a_replacement_have_a_first_look_of_their_own_whose_origin_is_always_kept() {
        for (int i = 0; i < Reveals.MOST; i++) {
            reveal("tab " + i);
        }
        rig.act("keys1", 1, "REPLACE");
        int version = rig.order("keys1").changes();
        reveal(CAFE);

        assertThat(log()).hasSize(Reveals.MOST + 1);
        assertThat(log().get(Reveals.MOST).first()).isTrue();
        assertThat(log().get(Reveals.MOST).origin()).contains(CAFE);
        assertThat(rig.order("keys1").changes()).isGreaterThan(version);
    }

    @Test
    void what_cannot_be_recorded_is_not_shown_and_the_first_look_is_recorded_later() {
        rig.store.trouble(TroubledStore.Trouble.DOWN, 20, step -> true);
        assertThat(rig.engine.reveal(ORDER, HOME)).isInstanceOf(Revelation.NotShown.class);
        assertThat(log()).isEmpty();

        rig.store.heal();
        minutes(5);
        assertThat(log()).extracting(Shown::origin).containsExactly(Optional.of(HOME));

        rig.store.trouble(TroubledStore.Trouble.DOWN, 20, step -> true);
        assertThat(rig.engine.reveal(ORDER, CAFE)).isInstanceOf(Revelation.NotShown.class);
        rig.store.heal();
        minutes(5);
        assertThat(log()).as("nobody saw them").hasSize(1);
    }

    @Test
    void entries_and_documents_from_before_origins_were_recorded_are_read() {
        String row =
                "{\"format\":1,\"seq\":1,\"stepId\":\"s\",\"at\":\"2026-01-01T00:00:00Z\",\"events\":[\"shown:1\"],"
                        + "\"entries\":[{\"type\":\"keys-revealed\",\"line\":1}]}";
        assertThat(Codec.decodeJournal(Bytes.utf8(row)).entries()).containsExactly(new Entry.KeysRevealed(1, null));

        reveal(HOME);
        String document = stored().document().asUtf8();
        String before = document.replaceFirst(",\"reveals\":\\{.*?]}", "");
        assertThat(before).isNotEqualTo(document);
        assertThat(Codec.decode(Bytes.utf8(before)).order(1).keys())
                .satisfies(keys -> assertThat(keys.revealed()).isTrue())
                .satisfies(keys -> assertThat(keys.reveals()).isNull());
    }
}
