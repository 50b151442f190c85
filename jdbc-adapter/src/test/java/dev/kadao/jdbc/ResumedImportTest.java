package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An import that stops half-way, is run twice or at the same time, and what it says of a text that it cannot read. */
@Timeout(120)
final class ResumedImportTest {
    private static final KeyBatch BATCH = KeyBatch.of("a", "may", "supplier");
    private final DataSource dataSource = TestDatabases.inMemory();
    private final JdbcKeyInventory inventory =
            JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();

    private static String keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "key" + i).collect(Collectors.joining("\n"));
    }

    private ImportResult imports(KeyBatch batch, String text) {
        return inventory.desk().importKeys(batch, TestDatabases.text(text), progress -> {});
    }

    private List<ImportedBatch> batches() {
        return inventory.desk().batches("", 10);
    }

    @Test
    void progress_is_told_after_each_transaction_and_ends_the_import_by_an_exception() {
        List<ImportProgress> told = new ArrayList<>();

        assertThatThrownBy(() -> inventory.desk().importKeys(BATCH, TestDatabases.text(keys(0, 3_500)), progress -> {
                    told.add(progress);
                    if (progress.lines() == 2_000) {
                        throw new IllegalStateException("enough");
                    }
                }))
                .hasMessage("enough");

        assertThat(told)
                .containsExactly(new ImportProgress(1_000, 1_000, 0, 0, 0), new ImportProgress(2_000, 2_000, 0, 0, 0));
        assertThat(batches()).singleElement().satisfies(batch -> {
            assertThat(batch.imported()).isEqualTo(2_000);
            assertThat(batch.finishedAt()).isNull();
            assertThat(batch.source()).isEqualTo("supplier");
        });
    }

    @Test
    void the_same_text_goes_on_with_the_same_batch_and_data_key() {
        assertThatThrownBy(() -> inventory.desk().importKeys(BATCH, TestDatabases.text(keys(0, 2_500)), progress -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        String dataKey = TestDatabases.ask(dataSource, "SELECT wrapped_key FROM kadao_key_batch");

        ImportResult result = imports(BATCH, keys(0, 2_500) + "\nkey7\nkey2400");

        assertThat(result.imported()).isEqualTo(1_500);
        assertThat(result.alreadyThere())
                .as("a second mention of what was there too")
                .isEqualTo(1_001);
        assertThat(result.duplicates()).isEqualTo(1);
        assertThat(result.duplicateLines()).containsExactly(2_502L);
        assertThat(batches()).singleElement().satisfies(batch -> {
            assertThat(batch.id()).isEqualTo(result.batch());
            assertThat(batch.imported()).isEqualTo(2_500);
            assertThat(batch.finishedAt()).isNotNull();
        });
        assertThat(TestDatabases.ask(dataSource, "SELECT wrapped_key FROM kadao_key_batch"))
                .isEqualTo(dataKey);
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(DISTINCT id) FROM kadao_key"))
                .isEqualTo("2500");
    }

    @Test
    void a_finished_batch_takes_more_keys_under_its_name_and_shows_them_sealed_like_the_others() {
        imports(BATCH, "k1\nk2");
        ImportResult more = imports(BATCH, "k2\nk3");

        assertThat(more.imported()).isEqualTo(1);
        assertThat(more.alreadyThere()).isEqualTo(1);
        OrderId order = new OrderId(new CheckoutId("cart1"), 1);
        inventory.reserve(order, "a", 3);
        inventory.handOver(order);
        assertThat(inventory.reveal(order).toString()).contains("Revealed");
    }

    @Test
    void batches_of_one_name_are_apart_by_sku_and_one_without_a_new_key_is_none() {
        assertThat(imports(BATCH, "k1").batch()).isNotEmpty();
        assertThat(imports(KeyBatch.of("b", "may", "s"), "k1").imported()).isEqualTo(1);
        assertThat(imports(KeyBatch.of("a", "june", "s"), "k1").batch()).isEmpty();
        assertThat(batches()).hasSize(2);
        assertThat(inventory.desk().batches(batches().get(0).id(), 1))
                .containsExactly(batches().get(1));
    }

    @Test
    void two_imports_of_one_text_at_the_same_time_bring_each_key_once() throws Exception {
        twice(KeyBatch.of("a", "may", "s"), KeyBatch.of("a", "may", "s"));
        assertThat(batches()).singleElement().satisfies(batch -> {
            assertThat(batch.imported()).isEqualTo(5_000);
            assertThat(batch.finishedAt()).isNotNull();
        });
    }

    @Test
    void two_imports_of_one_text_under_two_names_bring_each_key_once() throws Exception {
        twice(KeyBatch.of("a", "may", "s"), KeyBatch.of("a", "june", "s"));
        assertThat(batches().stream().mapToLong(ImportedBatch::imported).sum()).isEqualTo(5_000);
    }

    private void twice(KeyBatch one, KeyBatch other) throws Exception {
        String text = keys(0, 5_000);
        List<String> lines = new ArrayList<>(text.lines().toList());
        java.util.Collections.reverse(lines);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<ImportResult>> runs = List.of(
                    pool.submit(() -> {
                        start.await();
                        return imports(one, text);
                    }),
                    pool.submit(() -> {
                        start.await();
                        return imports(other, String.join("\n", lines));
                    }));
            start.countDown();
            long imported = 0;
            for (Future<ImportResult> run : runs) {
                ImportResult result = run.get(100, TimeUnit.SECONDS);
                imported += result.imported();
                assertThat(result.imported() + result.alreadyThere() + result.duplicates())
                        .isEqualTo(5_000);
            }
            assertThat(imported).isEqualTo(5_000);
        } finally {
            pool.shutdownNow();
        }
        assertThat(inventory.stock("a").free()).isEqualTo(5_000);
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key"))
                .isEqualTo("5000");
    }

    @Test
    void another_expiry_for_the_same_batch_is_refused_naming_both() {
        Instant expiry = Instant.parse("2100-01-01T00:00:00Z");
        imports(BATCH.expiringAt(expiry), "k1");

        assertThatThrownBy(() -> imports(BATCH, "k2"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(expiry.toString())
                .hasMessageContaining("null");
        assertThat(imports(BATCH.expiringAt(expiry), "k2").imported()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030"})
    void a_byte_order_mark_of_another_encoding_is_named_and_nothing_imported(String charset) {
        byte[] text = ("\uFEFFkey1\r\nkey2").getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> inventory.importKeys("a", new ByteArrayInputStream(text), "b", "s"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(charset.substring(0, 6))
                .hasMessageContaining("first line")
                .hasMessageContaining("UTF-8");
        assertThat(batches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "UTF-16LE", "UTF-16BE"})
    void a_text_in_another_encoding_without_a_mark_is_refused_naming_its_first_bad_line(String charset) {
        byte[] text = "卡密1\n卡密2\n".repeat(5).getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> inventory.importKeys("a", new ByteArrayInputStream(text), "b", "s"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("line 1 is not UTF-8")
                .hasMessageContaining("same batch name")
                .hasMessageNotContaining("卡密");
        assertThat(batches()).isEmpty();
    }

    @Test
    void what_was_good_before_the_encoding_changed_stays_and_the_repaired_text_goes_on() {
        byte[] good = (keys(0, 1_000) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] bad = "卡密\n".repeat(10).getBytes(Charset.forName("GBK"));
        byte[] text = java.util.Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, text, good.length, bad.length);

        assertThatThrownBy(() -> inventory.importKeys("a", new ByteArrayInputStream(text), "may", "s"))
                .hasMessageContaining("line 1001 is not UTF-8");

        assertThat(imports(BATCH, keys(0, 1_000) + "\n卡密"))
                .extracting(ImportResult::imported, ImportResult::alreadyThere)
                .containsExactly(1L, 1_000L);
    }
}
