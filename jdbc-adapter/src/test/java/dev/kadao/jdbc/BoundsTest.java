package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoredNotice;
import dev.kadao.testkit.rules.StepDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What does not fit is answered with a sentence, and the other steps of the call are written. */
final class BoundsTest {
    private static final Bytes TOO_MUCH = Bytes.of(new byte[Bounds.MOST_BYTES + 1]);
    private final DataSource dataSource = TestDatabases.inMemory();
    private final JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();

    private void refused(Step step, String sentence) {
        List<StepResult> results =
                store.commit(List.of(step, StepDraft.insert("other").plain()));

        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        StepResult.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(sentence));
        assertThat(results.get(1)).isInstanceOf(StepResult.Done.class);
        assertThat(store.read(new CheckoutId("cart1")).checkout()).isEmpty();
    }

    private static StepDraft draft() {
        return StepDraft.insert("cart1");
    }

    private static NoticeWrite notice(String key, String source, Bytes raw) {
        return new NoticeWrite(key, source, "ref", Bytes.EMPTY, raw, StoredNotice.State.APPLIED, null);
    }

    @Test
    void a_document_that_is_too_large_is_named_with_both_sizes() {
        refused(draft().document(TOO_MUCH).plain(), "a document takes at most 1048576 bytes, not 1048577");
    }

    @Test
    void a_journal_row_that_is_too_large_is_named() {
        refused(draft().journal(TOO_MUCH, 1).plain(), "a journal row takes at most");
    }

    @Test
    void an_index_value_of_over_120_characters_is_named() {
        refused(draft().index(new IndexRow("sku", "x".repeat(121), 1)).plain(), "index value takes at most 120");
    }

    @Test
    void a_notice_that_does_not_fit_is_named() {
        refused(draft().notice(notice("k".repeat(65), "gateway:a", Bytes.EMPTY)).plain(), "notice key");
        dropOther();
        refused(draft().notice(notice("k", "g".repeat(121), Bytes.EMPTY)).plain(), "notice source");
        dropOther();
        refused(draft().notice(notice("k", "gateway:a", TOO_MUCH)).plain(), "body of a notice");
    }

    @Test
    void a_worker_that_does_not_fit_is_named() {
        refused(
                draft().claim(new Step.Claim.Take("w".repeat(121), Duration.ofSeconds(1)))
                        .plain(),
                "worker name");
        assertThatThrownBy(() -> store.claim("w".repeat(121), Duration.ofSeconds(1), 1))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void the_largest_values_that_fit_come_back_whole() {
        Bytes most = Bytes.of(new byte[Bounds.MOST_BYTES]);
        String value = "😀".repeat(60);

        store.commit(List.of(draft().document(most)
                .personal(most)
                .journal(most, 1)
                .index(new IndexRow("k".repeat(40), value, 1))
                .notice(notice("k".repeat(64), "s".repeat(120), most))
                .plain()));

        assertThat(store.read(new CheckoutId("cart1")).checkout()).hasValueSatisfying(stored -> {
            assertThat(stored.document()).isEqualTo(most);
            assertThat(stored.personal()).isEqualTo(most);
        });
        assertThat(store.<List<StoredNotice>>view(view -> view.notices(StoredNotice.State.APPLIED, "", 10)))
                .singleElement()
                .satisfies(stored -> assertThat(stored.raw()).isEqualTo(most));
    }

    @Test
    void stock_that_cannot_be_asked_for_is_not_tried_and_the_facts_are_written() {
        OrderId order = new OrderId(new CheckoutId("cart1"), 1);

        StepResult result = store.commit(
                        List.of(draft().withStock(new Step.StockRequest.Take(order, "s".repeat(65), 1, Instant.EPOCH))))
                .get(0);

        assertThat(result).isInstanceOf(StepResult.Done.class);
        assertThat(store.read(new CheckoutId("cart1")).checkout())
                .hasValueSatisfying(
                        stored -> assertThat(stored.document().asUtf8()).contains("NotTried"));
    }

    private void dropOther() {
        TestDatabases.execute(dataSource, "DELETE FROM kadao_checkout");
    }
}
