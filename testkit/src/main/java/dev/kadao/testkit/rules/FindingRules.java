package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.hit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.CheckoutStore.ValueCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How checkouts are found and paged. */
public interface FindingRules {
    StoreBench bench();

    @Test
    default void index_rows_are_found_by_kind_and_exact_value() {
        bench().done(StepDraft.insert("cart1")
                .index(
                        new IndexRow("stage", "PAID", 1),
                        new IndexRow("stage", "PAID", 2),
                        new IndexRow("stage", "PAIDX", 3),
                        new IndexRow("sku", "PAID", 1))
                .plain());
        assertThat(bench().find("stage", "PAID")).containsExactly(hit("PAID", "cart1", 1), hit("PAID", "cart1", 2));
        assertThat(bench().find("sku", "PAID")).containsExactly(hit("PAID", "cart1", 1));
        assertThat(bench().find("stage", "PAI")).isEmpty();
        assertThat(bench().find("none", "PAID")).isEmpty();
    }

    @Test
    default void a_step_replaces_all_index_rows_of_its_checkout_and_no_others() {
        bench().done(StepDraft.insert("cart1")
                .index(new IndexRow("stage", "PAID", 1), new IndexRow("account", "me", 0))
                .plain());
        bench().done(StepDraft.insert("cart2")
                .index(new IndexRow("stage", "PAID", 1))
                .plain());
        bench().done(StepDraft.on("cart1", 1, 0)
                .index(new IndexRow("stage", "DELIVERED", 1), new IndexRow("account", "me", 0))
                .plain());
        assertThat(bench().find("stage", "PAID")).containsExactly(hit("PAID", "cart2", 1));
        assertThat(bench().find("stage", "DELIVERED")).containsExactly(hit("DELIVERED", "cart1", 1));
        assertThat(bench().find("account", "me")).containsExactly(hit("me", "cart1", 0));
        bench().done(StepDraft.on("cart1", 2, 0).plain());
        assertThat(bench().find("stage", "DELIVERED")).isEmpty();
        assertThat(bench().find("account", "me")).isEmpty();
    }

    @Test
    default void hits_come_by_value_then_checkout_then_number() {
        bench().done(StepDraft.insert("cartB")
                .index(
                        new IndexRow("waiting", "sku 2", 10),
                        new IndexRow("waiting", "sku 2", 9),
                        new IndexRow("waiting", "sku 1", 1))
                .plain());
        bench().done(StepDraft.insert("cartA")
                .index(new IndexRow("waiting", "sku 2", 3))
                .plain());
        bench().done(StepDraft.insert("cart_")
                .index(new IndexRow("waiting", "sku 2", 3))
                .plain());
        bench().done(StepDraft.insert("carta")
                .index(new IndexRow("waiting", "sku 10", 1))
                .plain());
        assertThat(bench().findPrefix("waiting", "sku "))
                .containsExactly(
                        hit("sku 1", "cartB", 1),
                        hit("sku 10", "carta", 1),
                        hit("sku 2", "cartA", 3),
                        hit("sku 2", "cartB", 9),
                        hit("sku 2", "cartB", 10),
                        hit("sku 2", "cart_", 3));
    }

    @Test
    default void each_value_is_found_as_itself_alone_whatever_it_looks_like() {
        List<String> values = Texts.lookalikes();
        for (int i = 0; i < values.size(); i++) {
            bench().done(StepDraft.insert("look%02d".formatted(i))
                    .index(new IndexRow("text", values.get(i), 0))
                    .plain());
        }
        for (int i = 0; i < values.size(); i++) {
            assertThat(bench().find("text", values.get(i)))
                    .as("exactly '%s'", values.get(i))
                    .containsExactly(hit(values.get(i), "look%02d".formatted(i), 0));
        }
        for (String prefix : values) {
            assertThat(bench().findPrefix("text", prefix))
                    .as("starting with '%s'", prefix)
                    .extracting(IndexHit::value)
                    .containsExactlyInAnyOrderElementsOf(values.stream()
                            .filter(value -> value.startsWith(prefix))
                            .toList());
        }
        assertThat(bench().findPrefix("text", "")).hasSameSizeAs(values);
    }

    @Test
    default void a_value_may_have_120_characters() {
        String value = "卡".repeat(120);
        bench().done(StepDraft.insert("cart1")
                .index(new IndexRow("text", value, 1))
                .plain());
        assertThat(bench().find("text", value)).containsExactly(hit(value, "cart1", 1));
    }

    @Test
    default void hits_are_paged_completely_and_without_repeats() {
        List<IndexHit> expected = new ArrayList<>();
        List<String> values = Texts.lookalikes();
        for (int i = 0; i < 40; i++) {
            String id = "page%02d".formatted(i);
            IndexRow[] rows = new IndexRow[3];
            for (int line = 0; line < 3; line++) {
                rows[line] = new IndexRow("text", "p" + values.get((i + line) % values.size()), line);
                expected.add(hit(rows[line].value(), id, line));
            }
            bench().done(StepDraft.insert(id).index(rows).plain());
        }
        for (int size : List.of(1, 7, 200)) {
            assertThat(pages("p", true, size)).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(pages("pa", false, 1))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(hit -> hit.value().equals("pa"))
                        .toList());
    }

    private List<IndexHit> pages(String value, boolean prefix, int size) {
        List<IndexHit> found = new ArrayList<>();
        List<IndexHit> page;
        do {
            IndexHit after = found.isEmpty() ? null : found.get(found.size() - 1);
            page = bench().store().view(view -> view.find(new IndexQuery("text", value, prefix, after, size)));
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            found.addAll(page);
        } while (!page.isEmpty() && found.size() <= 1_000);
        return found;
    }

    @Test
    default void index_rows_are_counted_by_value() {
        for (int i = 0; i < 5; i++) {
            bench().done(StepDraft.insert("count" + i)
                    .index(
                            new IndexRow("served", i < 3 ? "day1|a" : "day2|a", 1),
                            new IndexRow("served", "day1|b", 1),
                            new IndexRow("served", "day1|b", 2),
                            new IndexRow("other", "day1|a", 1))
                    .plain());
        }
        assertThat(counts("served", "day1|", null, 10))
                .containsExactly(new ValueCount("day1|a", 3), new ValueCount("day1|b", 10));
        assertThat(counts("served", "", null, 10))
                .containsExactly(
                        new ValueCount("day1|a", 3), new ValueCount("day1|b", 10), new ValueCount("day2|a", 2));
        assertThat(counts("served", "day1|a", null, 10)).containsExactly(new ValueCount("day1|a", 3));
        assertThat(counts("served", "day3", null, 10)).isEmpty();
        assertThat(counts("none", "", null, 10)).isEmpty();

        bench().done(StepDraft.on("count0", 1, 0)
                .index(new IndexRow("served", "day1|c", 1))
                .plain());
        assertThat(counts("served", "day1|", null, 10))
                .containsExactly(new ValueCount("day1|a", 2), new ValueCount("day1|b", 8), new ValueCount("day1|c", 1));
    }

    @Test
    default void counts_are_paged_completely_each_value_whole_and_once() {
        List<String> values = new ArrayList<>(Texts.lookalikes());
        values.add("");
        for (int i = 0; i < 3; i++) {
            IndexRow[] rows = new IndexRow[values.size()];
            for (int j = 0; j < rows.length; j++) {
                rows[j] = new IndexRow("text", values.get(j), 0);
            }
            bench().done(StepDraft.insert("count" + i).index(rows).plain());
        }
        for (int size : List.of(1, 7, 200)) {
            List<ValueCount> counted = new ArrayList<>();
            List<ValueCount> page;
            do {
                @Nullable
                String after = counted.isEmpty()
                        ? null
                        : counted.get(counted.size() - 1).value();
                page = counts("text", "", after, size);
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                counted.addAll(page);
            } while (!page.isEmpty() && counted.size() <= 1_000);
            assertThat(counted)
                    .containsExactlyInAnyOrderElementsOf(values.stream()
                            .map(value -> new ValueCount(value, 3))
                            .toList());
        }
        for (String prefix : values) {
            assertThat(counts("text", prefix, null, 200))
                    .as("starting with '%s'", prefix)
                    .extracting(ValueCount::value)
                    .containsExactlyInAnyOrderElementsOf(values.stream()
                            .filter(value -> value.startsWith(prefix))
                            .toList());
        }
    }

    private List<ValueCount> counts(String kind, String prefix, @Nullable String after, int limit) {
        return bench().store().view(view -> view.counts(kind, prefix, after, limit));
    }

    @Test
    default void checkouts_are_paged_by_id() {
        List<String> ids = new ArrayList<>(List.of("ABC", "abc", "_ab", "0ab", "Zab", "zab", "ab_", "ab0", "abC"));
        ids.forEach(id -> bench().done(StepDraft.insert(id).plain()));
        ids.sort(String::compareTo);
        List<String> found = new ArrayList<>();
        List<StoredCheckout> page;
        do {
            @Nullable CheckoutId after = found.isEmpty() ? null : new CheckoutId(found.get(found.size() - 1));
            page = bench().store().view(view -> view.checkouts(after, 2));
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(checkout -> found.add(checkout.id().value()));
        } while (!page.isEmpty() && found.size() <= 100);
        assertThat(found).containsExactlyElementsOf(ids);
    }

    @Test
    default void journal_rows_are_paged_by_number() {
        bench().done(StepDraft.insert("cart1").journal("1").plain());
        for (int i = 1; i < 12; i++) {
            bench().done(StepDraft.on("cart1", i, i).journal("" + (i + 1)).plain());
        }
        assertThat(journal("cart1", 0)).extracting(JournalRow::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(journal("cart1", 9))
                .extracting(row -> row.entries().asUtf8())
                .containsExactly("10", "11", "12");
        assertThat(journal("cart1", 12)).isEmpty();
        assertThat(journal("cart2", 0)).isEmpty();
    }

    private List<JournalRow> journal(String id, long after) {
        return bench().store().view(view -> view.journal(new CheckoutId(id), after, 5));
    }
}
