package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.KeyInventory.RevealAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was acknowledged survives a process that is killed in the middle of its work, several times over. */
final class KillIT {
    private static final int ROUNDS = 2;
    private static final int STEPS_A_ROUND = 150;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"file", "async"})
    @Timeout(600)
    void every_acknowledged_step_is_there_after_a_kill(String access) throws Exception {
        String url = "jdbc:h2:" + access + ":" + folder.resolve("kadao") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1";
        Map<String, Long> acknowledged = new HashMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            killedAfter(url, round, acknowledged);
            everythingIsThere(url, acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * STEPS_A_ROUND / 2);
    }

    private static void killedAfter(String url, int round, Map<String, Long> acknowledged) throws Exception {
        Process process = JavaProcess.start(CommittingProcess.class, url, Integer.toString(round));
        StringBuilder other = new StringBuilder();
        int steps = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = read(lines); line != null; line = read(lines)) {
                String[] parts = line.split(" ");
                if (parts.length == 2 && parts[0].startsWith("cart")) {
                    acknowledged.put(parts[0], Long.parseLong(parts[1]));
                    steps++;
                } else {
                    other.append(line).append('\n');
                }
                if (steps == STEPS_A_ROUND) {
                    process.destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(steps).as(other.toString()).isGreaterThanOrEqualTo(STEPS_A_ROUND);
    }

    /** The next whole line; null at the end, which a kill may put in the middle of one. */
    private static String read(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private static void everythingIsThere(String url, Map<String, Long> acknowledged) {
        UrlDataSource dataSource = new UrlDataSource(url);
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
        Set<String> shown = new LinkedHashSet<>();
        acknowledged.forEach((cart, version) -> {
            CheckoutId id = new CheckoutId(cart);
            Optional<StoredCheckout> stored = store.read(id).checkout();
            assertThat(stored).as(cart).isPresent();
            assertThat(stored.get().version()).as(cart).isGreaterThanOrEqualTo(version);
            assertThat(store.<Integer>view(view -> view.journal(id, 0, 10).size()))
                    .as("a document and its journal are one commit")
                    .isEqualTo((int) stored.get().seq());
            RevealAnswer answer = inventory.reveal(new OrderId(id, 1));
            assertThat(answer instanceof RevealAnswer.Revealed)
                    .as("a document and its keys are one commit")
                    .isEqualTo(stored.get().version() == 2);
            if (answer instanceof RevealAnswer.Revealed revealed) {
                assertThat(shown.add(revealed.keys().get(0).expose())).isTrue();
            }
        });
        TestDatabases.execute(dataSource, "SHUTDOWN");
    }
}
