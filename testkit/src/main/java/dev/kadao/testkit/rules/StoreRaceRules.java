package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.StoreView;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What holds while many write at the same time, through both handles. */
public interface StoreRaceRules {
    /** How many threads write at the same time. */
    int WRITERS = 8;

    StoreBench bench();

    private CheckoutStore handle(int number) {
        return number % 2 == 0 ? bench().store() : bench().other();
    }

    /** Commits until the store says for sure; a step whose answer was lost is looked for by its id. */
    private StepResult settled(CheckoutStore store, Step.OfCheckout step) {
        for (int tries = 0; tries < 50; tries++) {
            StepResult result = store.commit(List.of(step)).get(0);
            if (!(result instanceof StepResult.Unknown)) {
                return result;
            }
            StoredCheckout stored = store.read(step.id()).checkout().orElse(null);
            if (stored != null && stored.stepId().equals(step.stepId())) {
                return new StepResult.Done(
                        stored.version(), store.read(step.id()).now(), false);
            }
        }
        throw new AssertionError("step " + step.stepId() + " of " + step.id() + " was never settled in 50 tries");
    }

    @Test
    default void of_writers_on_one_version_exactly_one_wins() {
        bench().done(StepDraft.insert("cart1").plain());
        for (int round = 1; round <= 20; round++) {
            int version = round;
            List<StepResult> results = Together.run(
                    WRITERS,
                    number -> settled(
                            handle(number),
                            StepDraft.on("cart1", version, version - 1)
                                    .document("writer " + number)
                                    .journal("writer " + number)
                                    .plain()));
            assertThat(results).filteredOn(StepResult.Done.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(StepResult.Stale.class::isInstance).hasSize(WRITERS - 1);
            int winner = winner(results);
            assertThat(bench().stored("cart1").document().asUtf8()).isEqualTo("writer " + winner);
            assertThat(bench().journal("cart1")).hasSize(round);
            assertThat(bench().journal("cart1").get(round - 1).entries().asUtf8())
                    .isEqualTo("writer " + winner);
        }
    }

    private static int winner(List<StepResult> results) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof StepResult.Done) {
                return i;
            }
        }
        throw new AssertionError("nobody won: " + results);
    }

    @Test
    default void of_inserts_of_one_id_exactly_one_wins() {
        for (int round = 0; round < 20; round++) {
            String id = "cart%d".formatted(round);
            List<StepResult> results = Together.run(
                    WRITERS,
                    number -> settled(
                            handle(number),
                            StepDraft.insert(id).document("writer " + number).plain()));
            assertThat(results).filteredOn(StepResult.Done.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(StepResult.Stale.class::isInstance).hasSize(WRITERS - 1);
            assertThat(bench().stored(id).document().asUtf8()).isEqualTo("writer " + winner(results));
        }
    }

    @Test
    default void no_counted_update_is_lost() {
        bench().done(StepDraft.insert("cart1").document("0").plain());
        Together.run(WRITERS, number -> {
            for (int i = 0; i < 10; i++) {
                boolean written = false;
                for (int tries = 0; !written && tries < 10_000; tries++) {
                    StoredCheckout read = handle(number)
                            .read(new CheckoutId("cart1"))
                            .checkout()
                            .orElseThrow();
                    int count = Integer.parseInt(read.document().asUtf8());
                    Step.OfCheckout step =
                            StepDraft.on(read).document("" + (count + 1)).plain();
                    written = settled(handle(number), step) instanceof StepResult.Done;
                }
                assertThat(written).isTrue();
            }
            return number;
        });
        assertThat(bench().stored("cart1").document().asUtf8()).isEqualTo("" + WRITERS * 10);
        assertThat(bench().stored("cart1").version()).isEqualTo(WRITERS * 10 + 1);
    }

    @Test
    default void overlapping_batches_in_any_order_all_end() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add("over%02d".formatted(i));
            bench().done(StepDraft.insert(ids.get(i)).plain());
        }
        List<List<StepResult>> results = Together.run(WRITERS, number -> {
            List<String> order = new ArrayList<>(ids);
            java.util.Collections.shuffle(order, new java.util.Random(number));
            List<Step> steps = new ArrayList<>();
            order.forEach(
                    id -> steps.add(StepDraft.on(id, 1, 0).document("" + number).plain()));
            return handle(number).commit(steps);
        });
        assertThat(results).allMatch(batch -> batch.size() == ids.size());
        long done = results.stream()
                .flatMap(List::stream)
                .filter(StepResult.Done.class::isInstance)
                .count();
        long unknown = results.stream()
                .flatMap(List::stream)
                .filter(StepResult.Unknown.class::isInstance)
                .count();
        long written =
                ids.stream().filter(id -> bench().stored(id).version() == 2).count();
        assertThat(ids).allMatch(id -> bench().stored(id).version() <= 2);
        assertThat(done).isLessThanOrEqualTo(written);
        assertThat(done + unknown).isGreaterThanOrEqualTo(written);
    }

    @Test
    default void a_view_sees_one_moment_while_writers_run() {
        bench().done(StepDraft.insert("left")
                .document("0")
                .index(new IndexRow("count", "0", 0))
                .plain());
        AtomicBoolean stop = new AtomicBoolean();
        Callable<Integer> writer = () -> {
            try {
                StoredCheckout read = bench().stored("left");
                for (int i = 1; i <= 150; i++) {
                    settled(
                            bench().store(),
                            StepDraft.on("left", read.version() + i - 1, i - 1)
                                    .document("" + i)
                                    .journal("" + i)
                                    .index(new IndexRow("count", "" + i, 0))
                                    .plain());
                }
                return 0;
            } finally {
                stop.set(true);
            }
        };
        Callable<Integer> reader = () -> {
            int views = 0;
            do {
                bench().other().view(StoreRaceRules::assertOneMoment);
                views++;
            } while (!stop.get());
            return views;
        };
        assertThat(Together.all(List.of(writer, reader)).get(1)).isPositive();
        assertThat(bench().stored("left").document().asUtf8()).isEqualTo("150");
    }

    /** Document, journal and index speak of the same count; the journal is read last, when a writer may be ahead. */
    private static boolean assertOneMoment(StoreView view) {
        StoredCheckout seen = view.checkouts(null, 10).get(0);
        String count = seen.document().asUtf8();
        assertThat(view.find(new IndexQuery("count", count, false, null, 10))).hasSize(1);
        assertThat(view.find(new IndexQuery("count", "", true, null, 10))).hasSize(1);
        assertThat(view.journal(seen.id(), 0, 1_000)).hasSize(Integer.parseInt(count));
        assertThat(view.checkouts(null, 10).get(0)).isEqualTo(seen);
        return true;
    }

    @Test
    default void the_last_keys_go_to_as_many_checkouts_as_they_are_enough_for() {
        bench().fill("steam", 11);
        List<StepResult> results = Together.run(WRITERS, number -> {
            String id = "cart%02d".formatted(number);
            return settled(handle(number), StepDraft.insert(id).withStock(takeTwo(id)));
        });
        assertThat(results).hasOnlyElementsOfType(StepResult.Done.class);
        long taken = 0;
        for (int i = 0; i < WRITERS; i++) {
            taken += answerOfStock("cart%02d".formatted(i)).equals("[Taken[]]") ? 1 : 0;
        }
        assertThat(bench().stock().stock("steam")).isEqualTo(new StockLevel("steam", 11 - 2 * taken, 0, 2 * taken, 0));
        assertThat(taken).isEqualTo(5);
    }

    private static Step.StockRequest takeTwo(String id) {
        return new Step.StockRequest.Take(order(id), "steam", 2, StockRules.PAID_AT);
    }

    /** What stock said in the end: where it was locked for too long it was not tried, and is asked once more. */
    private String answerOfStock(String id) {
        for (int tries = 0; tries < 50; tries++) {
            StoredCheckout stored = bench().stored(id);
            String answer = stored.document().asUtf8();
            if (!answer.startsWith("[NotTried[")) {
                return answer;
            }
            settled(bench().store(), StepDraft.on(stored).withStock(takeTwo(id)));
        }
        throw new AssertionError("the stock was never asked for " + id + " in 50 tries");
    }
}
