package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.RevealAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class KeyImportTest {
    private static final OrderId ORDER = new OrderId(new CheckoutId("cart1"), 1);
    private final DataSource dataSource = TestDatabases.inMemory();
    private final JdbcKeyInventory inventory =
            JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();

    private ImportResult importText(String text) {
        return inventory.importKeys("a", TestDatabases.text(text), "batch", "source");
    }

    private List<String> sellAll(int quantity) {
        inventory.reserve(ORDER, "a", quantity);
        inventory.handOver(ORDER);
        return ((RevealAnswer.Revealed) inventory.reveal(ORDER))
                .keys().stream().map(Secret::expose).toList();
    }

    @Test
    void a_byte_order_mark_windows_line_ends_blanks_and_missing_last_line_end_are_no_part_of_a_key() {
        ImportResult result = importText("\uFEFFk1\r\n\r\n  k 2\t\r\n\u3000k3");

        assertThat(result).isEqualTo(new ImportResult(result.batch(), 3, 0, 0, 0, List.of(), List.of()));
        assertThat(sellAll(3)).containsExactlyInAnyOrder("k1", "k 2", "k3");
    }

    @Test
    void every_plane_of_unicode_comes_back_as_it_went_in() {
        String key = "卡密-é-😀-\uD800\uDF48";

        assertThat(importText(key).imported()).isEqualTo(1);
        assertThat(sellAll(1)).containsExactly(key);
    }

    @Test
    void what_is_no_key_is_rejected_by_its_line_number() throws IOException {
        byte[] invalid = {'k', (byte) 0xC3, '\n'};
        InputStream text = new SequenceInputStream(
                new ByteArrayInputStream(invalid),
                TestDatabases.text("k2", "k\u0007", "x".repeat(513), "x".repeat(100_000), "😀".repeat(512), "\u0000"));

        ImportResult result = inventory.importKeys("a", text, "batch", "source");

        assertThat(result)
                .isEqualTo(new ImportResult(result.batch(), 2, 0, 0, 5, List.of(), List.of(1L, 3L, 4L, 5L, 7L)));
    }

    @Test
    void a_few_lines_in_another_encoding_are_rejected_and_not_bent() {
        byte[] gbk = {(byte) 0xBF, (byte) 0xA8, (byte) 0xC3, (byte) 0xDC};

        assertThat(inventory
                        .importKeys("a", new ByteArrayInputStream(gbk), "batch", "source")
                        .rejectedLines())
                .containsExactly(1L);
    }

    @Test
    void duplicates_count_against_the_text_and_the_stock_sold_and_void_included() {
        importText("k1\nk2\nk3");
        sellAll(1);
        inventory.release(ORDER, "money back");

        ImportResult result = inventory.importKeys("a", TestDatabases.text("k1\nk4\nk2\nk4\n\nk3"), "other", "source");

        assertThat(result).isEqualTo(new ImportResult(result.batch(), 1, 0, 4, 0, List.of(1L, 3L, 4L, 6L), List.of()));
        assertThat(inventory.stock("a").voided()).isEqualTo(1);
        assertThat(inventory.stock("a").free()).isEqualTo(3);
    }

    @Test
    void the_same_key_may_belong_to_two_skus_and_shows_it_in_no_column() {
        importText("k1");
        assertThat(inventory
                        .importKeys("b", TestDatabases.text("k1"), "batch", "source")
                        .imported())
                .isEqualTo(1);
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(DISTINCT fingerprint) FROM kadao_key"))
                .isEqualTo("2");
    }

    @Test
    void an_import_that_breaks_off_keeps_its_part_and_is_harmless_to_repeat() {
        String text = IntStream.range(0, 1_200).mapToObj(i -> "key" + i).collect(Collectors.joining("\n"));
        InputStream broken = new SequenceInputStream(TestDatabases.text(text + "\n"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line went dead");
            }
        });

        assertThatThrownBy(() -> inventory.importKeys("a", broken, "batch", "source"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(inventory.stock("a").free()).isEqualTo(1_000);
        assertThat(TestDatabases.ask(dataSource, "SELECT imported FROM kadao_key_batch WHERE finished_at IS NULL"))
                .isEqualTo("1000");

        assertThat(importText(text).imported()).isEqualTo(200);
        assertThat(importText(text).alreadyThere()).isEqualTo(1_200);
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key_batch"))
                .isEqualTo("1");
    }

    @Test
    void names_that_do_not_fit_are_refused_with_a_sentence() {
        assertThatThrownBy(() -> inventory.importKeys("s".repeat(65), TestDatabases.text("k"), "b", "s"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at most 64 characters, not 65");
        assertThatThrownBy(() -> inventory.importKeys("a", TestDatabases.text("k"), "b".repeat(121), "s"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("batch name");
        assertThatThrownBy(() -> inventory.release(ORDER, "r".repeat(2_001)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("2000 characters");
        assertThat(inventory.release(ORDER, "😀".repeat(1_000))).isNotNull();
    }
}
