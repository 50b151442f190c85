package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An import and a re-encryption whose process is killed in the middle are seen half done, and go on. */
final class KilledImportIT {
    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void a_killed_import_is_a_visible_half_and_goes_on_and_so_does_a_killed_re_encryption() throws Exception {
        String url = "jdbc:h2:async:" + folder.resolve("kadao") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1";
        UrlDataSource dataSource = new UrlDataSource(url);
        for (int kill = 1; kill <= 3; kill++) {
            killedAfterParts(3 * kill, url, "import");
        }
        JdbcKeyInventory inventory = open(dataSource);
        ImportedBatch half = batch(inventory);
        assertThat(half.finishedAt()).isNull();
        assertThat(half.imported()).isBetween(8_000L, ImportingProcess.KEYS - 1L);
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", half.imported(), 0, 0, 0));

        ImportResult rest = inventory
                .desk()
                .importKeys(ImportingProcess.BATCH, TestDatabases.text(ImportingProcess.text()), progress -> {});

        assertThat(half.imported() + rest.imported()).isEqualTo(ImportingProcess.KEYS);
        assertThat(batch(inventory).finishedAt()).isNotNull();
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", ImportingProcess.KEYS, 0, 0, 0));
        for (String count : new String[] {
            "SELECT COUNT(*) FROM kadao_key", "SELECT COUNT(DISTINCT fingerprint) FROM kadao_key",
            "SELECT COUNT(*) FROM kadao_free_key", "SELECT imported FROM kadao_key_batch"
        }) {
            assertThat(TestDatabases.ask(dataSource, count)).as(count).isEqualTo("" + ImportingProcess.KEYS);
        }

        sell(inventory);
        TestDatabases.execute(dataSource, "SHUTDOWN");
        killedAfterParts(20, url, "reencrypt", half.id());
        inventory = open(dataSource);
        assertThat(batch(inventory).reencrypting()).isTrue();
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(DISTINCT data_key) FROM kadao_key"))
                .isEqualTo("2");
        assertThat(shown(inventory)).isEqualTo(everything());
        Rotation end = inventory.desk().reencrypt(half.id(), done -> {});
        assertThat(end.isComplete()).isTrue();
        assertThat(end.changed()).isLessThan(ImportingProcess.KEYS - 3_000);
        assertThat(batch(inventory).dataKey()).isEqualTo(1);
        assertThat(shown(inventory)).isEqualTo(everything());
        TestDatabases.execute(dataSource, "SHUTDOWN");
    }

    private static JdbcKeyInventory open(UrlDataSource dataSource) {
        return JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
    }

    private static ImportedBatch batch(JdbcKeyInventory inventory) {
        assertThat(inventory.desk().batches("", 10)).hasSize(1);
        return inventory.desk().batches("", 10).get(0);
    }

    private static OrderId order(int number) {
        return new OrderId(new CheckoutId("cart" + number), 1);
    }

    private static void sell(JdbcKeyInventory inventory) {
        for (int i = 0; i < ImportingProcess.KEYS / 1_000; i++) {
            inventory.reserve(order(i), "a", 1_000);
            inventory.handOver(order(i));
        }
    }

    private static Set<String> shown(JdbcKeyInventory inventory) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < ImportingProcess.KEYS / 1_000; i++) {
            RevealAnswer answer = inventory.reveal(order(i));
            ((RevealAnswer.Revealed) answer).keys().stream().map(Secret::expose).forEach(keys::add);
        }
        return keys;
    }

    private static Set<String> everything() {
        return IntStream.range(0, ImportingProcess.KEYS)
                .mapToObj(i -> "key" + i)
                .collect(Collectors.toSet());
    }

    private static void killedAfterParts(int parts, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(Integer.toString(parts)));
        all.addAll(List.of(arguments));
        Process process = JavaProcess.start(ImportingProcess.class, all.toArray(String[]::new));
        StringBuilder other = new StringBuilder();
        int seen = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = read(lines); line != null; line = read(lines)) {
                if (line.startsWith("part ")) {
                    seen++;
                } else {
                    other.append(line).append('\n');
                }
                if (seen == parts) {
                    process.destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).as(other.toString()).isGreaterThanOrEqualTo(parts);
        assertThat(other.toString()).doesNotContain("finished");
    }

    /** The next whole line; null at the end, which a kill may put in the middle of one. */
    private static String read(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            return null;
        }
    }
}
