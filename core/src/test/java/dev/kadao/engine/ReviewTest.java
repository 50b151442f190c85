package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.ScriptedGateway;
import dev.kadao.engine.Reads.Found;
import dev.kadao.insight.Ratings.Rating;
import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Review;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One review of an order that was completed, given by who has it, kept whatever comes later, and counted exactly. */
class ReviewTest {
    private static final String WORDS = "三秒到账,很好";

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);
    private int keys;

    @AfterEach
    void folding_the_journal_still_gives_the_stored_documents() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void stock(String sku) {
        rig.inventory.importKeys(sku, List.of(Secret.of("key-" + ++keys)));
    }

    private void delivered(String id) {
        stock("sku");
        rig.place(id, Route.keys());
        rig.pay(id + "_p1", "t-" + id);
        assertThat(rig.stage(id)).isEqualTo(Stage.DELIVERED);
    }

    private void completed(String id) {
        delivered(id);
        rig.engine.confirm(first(id));
        rig.clockwork.settle();
        assertThat(rig.stage(id)).isEqualTo(Stage.COMPLETED);
    }

    private static OrderId first(String id) {
        return OrderId.parse(id + ".1");
    }

    private Outcome review(String id, int stars, @Nullable String text) {
        return rig.engine.review(first(id), stars, text);
    }

    private static void isRefused(Outcome outcome, Outcome.Why why, String words) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(why);
            assertThat(refused.sentence()).contains(words);
        });
    }

    private List<String> listed(@Nullable String sku) {
        return rig.engine.reads().reviews(sku, null, 200).found().stream()
                .map(ReviewTest::said)
                .toList();
    }

    private static String said(Found found) {
        Snapshot snapshot = found.snapshot();
        Review review = snapshot.checkout().order(found.hit().number()).review();
        Commitment text = review == null ? null : review.text();
        String words = text == null ? null : snapshot.personal().text(text).orElse("(erased)");
        return snapshot.checkout().id() + " " + (review == null ? 0 : review.stars()) + " " + words;
    }

    private Rating all() {
        return rig.engine.ratings().all();
    }

    @Test
    void a_completed_order_takes_one_review_and_its_repetition_changes_nothing() {
        completed("keys1");
        int changes = rig.order("keys1").changes();

        assertThat(review("keys1", 5, WORDS))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.repeated()).isFalse());
        long version =
                rig.store.read(new CheckoutId("keys1")).checkout().orElseThrow().version();
        assertThat(review("keys1", 5, WORDS))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.repeated()).isTrue());

        assertThat(rig.store
                        .read(new CheckoutId("keys1"))
                        .checkout()
                        .orElseThrow()
                        .version())
                .isEqualTo(version);
        assertThat(rig.order("keys1").changes())
                .as("no operator's screen gets stale")
                .isEqualTo(changes);
        assertThat(listed(null)).containsExactly("keys1 5 " + WORDS);
        assertThat(all()).isEqualTo(Rating.of(5, 1));
    }

    @Test
    void another_review_of_the_same_order_is_refused_and_the_first_stays() {
        completed("keys1");
        review("keys1", 5, WORDS);

        isRefused(review("keys1", 1, WORDS), Outcome.Why.LIMIT_REACHED, "has its review already");
        isRefused(review("keys1", 5, "other words"), Outcome.Why.LIMIT_REACHED, "has its review already");
        isRefused(review("keys1", 5, null), Outcome.Why.LIMIT_REACHED, "has its review already");
        assertThat(listed(null)).containsExactly("keys1 5 " + WORDS);
        assertThat(rig.engine
                        .reads()
                        .checkout(new CheckoutId("keys1"))
                        .orElseThrow()
                        .personal()
                        .texts())
                .doesNotContainValue("other words");
    }

    @Test
    void an_order_that_is_not_completed_takes_none() {
        rig.placeTopUp("top1");
        isRefused(review("top1", 5, null), Outcome.Why.WRONG_STAGE, "AWAITING_PAYMENT");
        delivered("keys1");
        isRefused(review("keys1", 5, null), Outcome.Why.WRONG_STAGE, "DELIVERED");
        rig.engine.dispute(first("keys1"), "not mine");
        isRefused(review("keys1", 1, null), Outcome.Why.WRONG_STAGE, "DISPUTED");
        rig.act("keys1", 1, "REFUND");
        rig.clockwork.settle();
        assertThat(rig.stage("keys1")).isEqualTo(Stage.REFUNDED);
        isRefused(review("keys1", 1, null), Outcome.Why.WRONG_STAGE, "REFUNDED");
        assertThat(rig.engine.review(OrderId.parse("keys1.2"), 5, null)).isInstanceOf(Outcome.NotFound.class);
        assertThat(rig.engine.review(OrderId.parse("none1.1"), 5, WORDS)).isInstanceOf(Outcome.NotFound.class);
        assertThat(listed(null)).isEmpty();
        assertThat(all()).isEqualTo(Rating.NONE);
    }

    @Test
    void one_whose_window_ended_by_itself_can_be_reviewed() {
        delivered("keys1");
        rig.pass(Duration.ofDays(4));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.COMPLETED);

        assertThat(review("keys1", 4, null)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void while_a_late_dispute_is_open_none_is_taken_and_after_it_one_is() {
        completed("keys1");
        rig.engine.dispute(first("keys1"), "it stopped working");
        isRefused(review("keys1", 1, null), Outcome.Why.WRONG_STAGE, "dispute");

        stock("sku");
        rig.act("keys1", 1, "REPLACE");
        rig.clockwork.settle();
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        rig.engine.confirm(first("keys1"));
        for (Case open : rig.checkout("keys1").cases()) {
            rig.engine.act(
                    new CheckoutId("keys1"),
                    new PersonAct("close" + open.number(), "CLOSE_CASE", 0, open.number(), 0, "op", "done", null));
        }
        assertThat(review("keys1", 4, null)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void an_order_whose_money_was_taken_back_takes_none() {
        completed("keys1");
        rig.receive(ScriptedGateway.movedBack("keys1_p1", "t-keys1", Rig.PRICE));
        rig.clockwork.settle();
        assertThat(rig.order("keys1").moneyMovedBack()).isTrue();

        isRefused(review("keys1", 5, null), Outcome.Why.WRONG_STAGE, "money");
    }

    @Test
    void goods_that_came_after_all_since_the_refund_was_declined_can_be_reviewed() {
        BookGateway gateway = new BookGateway();
        Rig other = new Rig(1, gateway, supplier);
        supplier.onSend.add(() -> new Answer.Declined(Scope.ORDER, "no such number"));
        gateway.fail(BookGateway.Call.REFUND, BookGateway.Fault.DECLINED);
        other.placeTopUp("top1");
        other.receive(gateway.pay("top1_p1", "t1", Rig.PRICE));
        assertThat(other.stage("top1")).isEqualTo(Stage.PARKED);
        int version = other.order("top1").changes();
        other.engine.act(
                new CheckoutId("top1"),
                new PersonAct("a1", "MARK_DELIVERED", 1, 0, version, "ann", "seen in game", "picture 7"));
        other.engine.confirm(first("top1"));

        assertThat(other.engine.review(first("top1"), 3, null)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_review_stays_and_counts_when_the_order_is_replaced_and_refunded_afterwards() {
        completed("keys1");
        review("keys1", 1, "bad");
        rig.engine.dispute(first("keys1"), "it stopped working");
        stock("sku");
        rig.act("keys1", 1, "REPLACE");
        rig.clockwork.settle();
        rig.engine.dispute(first("keys1"), "this one too");
        rig.act("keys1", 1, "REFUND");
        rig.clockwork.settle();

        assertThat(rig.stage("keys1")).isEqualTo(Stage.REFUNDED);
        assertThat(listed("sku")).containsExactly("keys1 1 bad");
        assertThat(all()).isEqualTo(Rating.of(1, 1));
        assertThat(review("keys1", 1, "bad"))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.repeated()).isTrue());
    }

    @Test
    void erasing_takes_the_text_and_leaves_the_stars() {
        completed("keys1");
        review("keys1", 2, WORDS);

        assertThat(rig.engine.erase(new CheckoutId("keys1"))).isInstanceOf(Outcome.Done.class);

        assertThat(rig.store
                        .read(new CheckoutId("keys1"))
                        .checkout()
                        .orElseThrow()
                        .personal()
                        .asUtf8())
                .doesNotContain(WORDS);
        assertThat(listed(null)).containsExactly("keys1 2 (erased)");
        assertThat(all()).isEqualTo(Rating.of(2, 1));
    }

    @Test
    void after_erasing_stars_alone_are_taken() {
        completed("keys1");
        rig.engine.erase(new CheckoutId("keys1"));

        isRefused(review("keys1", 5, WORDS), Outcome.Why.BAD_INPUT, "stars alone");
        assertThat(review("keys1", 5, null)).isInstanceOf(Outcome.Done.class);
        assertThat(listed(null)).containsExactly("keys1 5 null");
        isRefused(review("keys1", 5, WORDS), Outcome.Why.LIMIT_REACHED, "has its review already");
    }

    @Test
    void a_text_with_the_recipient_in_it_is_not_taken() {
        completed("keys1");

        isRefused(review("keys1", 5, "sent to 13800000000 at once"), Outcome.Why.BAD_INPUT, "recipient");
        assertThat(review("keys1", 5, "sent to my number at once")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void reviews_are_listed_by_sku_the_latest_day_first_and_paged_without_loss() {
        for (int i = 1; i <= 7; i++) {
            String sku = i % 2 == 0 ? "sku" : "sku|2";
            stock(sku);
            rig.place("keys" + i, Rig.line(sku, Money.parse("49.00", Rig.PRICE.currency()), Route.keys()));
            rig.pay("keys" + i + "_p1", "t" + i);
            rig.engine.confirm(first("keys" + i));
            rig.clockwork.settle();
            if (i > 4) {
                rig.clockwork.advance(Duration.ofDays(1));
            }
            review("keys" + i, i % 5 + 1, null);
        }

        assertThat(listed("sku|2"))
                .containsExactlyInAnyOrder("keys7 3 null", "keys5 1 null", "keys1 2 null", "keys3 4 null")
                .startsWith("keys7 3 null", "keys5 1 null");
        assertThat(listed("sku"))
                .containsExactlyInAnyOrder("keys6 2 null", "keys2 3 null", "keys4 5 null")
                .startsWith("keys6 2 null");
        assertThat(listed("sk")).isEmpty();
        List<String> whole = listed(null);
        assertThat(whole).hasSize(7).startsWith("keys7 3 null", "keys6 2 null", "keys5 1 null");
        for (int limit = 1; limit <= 7; limit++) {
            assertThat(paged(limit)).as("by " + limit).isEqualTo(whole);
        }
        assertThat(rig.engine.ratings().bySku().get("sku"))
                .isEqualTo(new Rating(List.of(0L, 1L, 1L, 0L, 1L)))
                .extracting(rating -> rating.average())
                .isEqualTo(Optional.of(10 / 3.0));
        assertThat(rig.engine.ratings().bySku().get("sku|2").count()).isEqualTo(4);
        assertThat(all().count()).isEqualTo(7);
    }

    private List<String> paged(int limit) {
        List<String> all = new ArrayList<>();
        String after = null;
        do {
            Reads.Listed page = rig.engine.reads().reviews(null, after, limit);
            assertThat(page.found()).hasSizeLessThanOrEqualTo(limit);
            page.found().forEach(found -> all.add(said(found)));
            after = page.next();
            assertThat(after == null ? "" : after).as("names no order").doesNotContain("keys");
        } while (after != null);
        return all;
    }

    /** Whoever sees when a review was given could tell whose it is. */
    @Test
    void the_place_where_a_page_begins_tells_the_day_of_a_review_and_not_its_moment() {
        List<String> places = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            completed("keys" + i);
            review("keys" + i, 5, null);
        }
        String after = null;
        do {
            after = rig.engine.reads().reviews(null, after, 1).next();
            if (after != null) {
                places.add(after.substring(0, 17));
            }
        } while (after != null);
        Set<Long> moments = places.stream()
                .map(place -> Instant.EPOCH.plus(99_999_999_999_999_999L - Long.parseLong(place), ChronoUnit.MICROS))
                .map(moment -> Math.abs(
                        Duration.between(moment, rig.clockwork.wall().instant()).toMinutes()))
                .collect(Collectors.toSet());
        assertThat(moments).hasSizeGreaterThan(1).allMatch(minutes -> minutes > 5 && minutes <= 24 * 60);
    }

    @Test
    void a_place_that_no_page_gave_is_refused() {
        assertThatThrownBy(() -> rig.engine.reads().reviews(null, "keys1.1", 10))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("keys1.1");
    }
}
