package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.StoreException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Master keys and data keys are changed while the shop runs. */
@Timeout(120)
final class RotationTest {
    private static final MasterKeyCipher OLD = TestDatabases.cipher(1);
    private static final MasterKeyCipher NEW = TestDatabases.cipher(2);

    private final DataSource dataSource = TestDatabases.inMemory();

    private JdbcKeyInventory with(MasterKeyCipher own, MasterKeyCipher... others) {
        return JdbcKeyInventory.over(dataSource, own).alsoOpens(others).open();
    }

    private static OrderId order(int number) {
        return new OrderId(new CheckoutId("cart" + number), 1);
    }

    private static String imports(JdbcKeyInventory inventory, String batch, int from, int to) {
        String text = IntStream.range(from, to).mapToObj(i -> "key" + i).collect(Collectors.joining("\n"));
        return inventory.importKeys("a", TestDatabases.text(text), batch, "s").batch();
    }

    private static List<String> shown(JdbcKeyInventory inventory, int number) {
        return ((RevealAnswer.Revealed) inventory.reveal(order(number)))
                .keys().stream().map(Secret::expose).toList();
    }

    private static void sell(JdbcKeyInventory inventory, int number, int quantity) {
        inventory.reserve(order(number), "a", quantity);
        inventory.handOver(order(number));
    }

    @Test
    void a_shop_goes_from_one_master_key_to_the_next_without_a_pause() {
        imports(with(OLD), "may", 0, 5);
        JdbcKeyInventory oldRing = with(OLD, NEW);
        JdbcKeyInventory newRing = with(NEW, OLD);
        sell(oldRing, 1, 2);
        imports(newRing, "june", 5, 10);
        sell(oldRing, 2, 8);

        assertThat(shown(oldRing, 2)).isEqualTo(shown(newRing, 2)).hasSize(8);
        assertThat(newRing.desk().rewrap()).isEqualTo(new Rotation(1, 0));
        assertThat(shown(oldRing, 1)).isEqualTo(shown(newRing, 1));
        assertThat(imports(oldRing, "may", 0, 12))
                .as("goes on with a rewrapped data key")
                .isNotEmpty();
        assertThat(newRing.desk().rewrap()).isEqualTo(new Rotation(0, 0));

        JdbcKeyInventory newAlone = with(NEW);
        assertThat(shown(newAlone, 1)).isEqualTo(shown(oldRing, 1));
        assertThat(newAlone.importKeys("a", TestDatabases.text("key0", "key7"), "july", "s")
                        .duplicates())
                .as("the fingerprint key came along")
                .isEqualTo(2);
        assertThatThrownBy(() -> with(OLD))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining(OLD.keyId())
                .hasMessageContaining(NEW.keyId());
    }

    @Test
    void a_batch_that_an_old_process_began_after_the_rewrap_is_found_at_the_start_and_by_the_next_rewrap() {
        JdbcKeyInventory oldRing = with(OLD, NEW);
        JdbcKeyInventory newRing = with(NEW, OLD);
        newRing.desk().rewrap();
        imports(oldRing, "late", 0, 1);

        assertThatThrownBy(() -> with(NEW))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("Some batches")
                .hasMessageContaining("alsoOpens");
        assertThat(newRing.desk().rewrap()).isEqualTo(new Rotation(1, 0));
        sell(with(NEW), 1, 1);
        assertThat(shown(with(NEW), 1)).containsExactly("key0");
    }

    @Test
    void a_batch_under_fresh_data_keys_shows_the_same_keys_and_has_no_ciphertext_of_before() {
        JdbcKeyInventory inventory = with(OLD);
        String batch = imports(inventory, "may", 0, 450);
        sell(inventory, 1, 450);
        List<String> before = shown(inventory, 1);
        TestDatabases.execute(dataSource, "CREATE TABLE before_it AS SELECT id, sealed FROM kadao_key");
        String dataKey = TestDatabases.ask(dataSource, "SELECT wrapped_key FROM kadao_key_batch");

        assertThat(inventory.desk().reencrypt(batch, done -> {})).isEqualTo(new Rotation(450, 0));

        assertThat(shown(inventory, 1)).isEqualTo(before);
        assertThat(TestDatabases.ask(
                        dataSource,
                        "SELECT COUNT(*) FROM kadao_key k JOIN before_it b ON b.id = k.id WHERE b.sealed = k.sealed"))
                .isEqualTo("0");
        assertThat(TestDatabases.ask(dataSource, "SELECT wrapped_key FROM kadao_key_batch"))
                .isNotEqualTo(dataKey);
        assertThat(inventory.desk().batches("", 1)).singleElement().satisfies(it -> {
            assertThat(it.dataKey()).isEqualTo(1);
            assertThat(it.reencrypting()).isFalse();
        });
        assertThat(inventory.desk().reencrypt(batch, done -> {}).changed()).isEqualTo(450);
        assertThat(imports(inventory, "may", 0, 451)).isEqualTo(batch);
        sell(inventory, 2, 1);
        assertThat(shown(inventory, 2)).containsExactly("key450");
    }

    @Test
    void in_the_middle_of_a_re_encryption_every_key_is_shown_imported_and_rewrapped() {
        JdbcKeyInventory inventory = with(OLD);
        String batch = imports(inventory, "may", 0, 300);
        sell(inventory, 1, 300);
        List<String> before = shown(inventory, 1);
        breakRow(BatchRow.keyId(batch, 250));
        Rotation half = inventory.desk().reencrypt(batch, done -> {});

        assertThat(half).isEqualTo(new Rotation(299, 1));
        assertThat(half.isComplete()).isFalse();
        JdbcKeyInventory newRing = with(NEW, OLD);
        assertThat(newRing.desk().rewrap()).isEqualTo(new Rotation(1, 0));
        imports(newRing, "may", 0, 310);
        repairRow(BatchRow.keyId(batch, 250));
        assertThat(shown(with(NEW), 1)).isEqualTo(before);

        assertThat(with(NEW).desk().reencrypt(batch, done -> {}))
                .as("the row that was repaired, and what was imported meanwhile")
                .isEqualTo(new Rotation(11, 0));
        assertThat(shown(with(NEW), 1)).isEqualTo(before);
        sell(newRing, 2, 10);
        assertThat(shown(with(NEW), 2)).hasSize(10);
    }

    private void breakRow(String key) {
        TestDatabases.execute(dataSource, "CREATE TABLE saved AS SELECT id, sealed FROM kadao_key");
        TestDatabases.execute(
                dataSource,
                "UPDATE kadao_key SET sealed = (SELECT MAX(sealed) FROM saved WHERE id <> '%1$s') WHERE id = '%1$s'"
                        .formatted(key));
    }

    private void repairRow(String key) {
        TestDatabases.execute(
                dataSource,
                "UPDATE kadao_key SET sealed = (SELECT sealed FROM saved WHERE id = '%1$s') WHERE id = '%1$s'"
                        .formatted(key));
    }

    @Test
    void ciphertexts_swapped_between_rows_are_noticed_after_rotations_too() {
        JdbcKeyInventory inventory = with(OLD);
        String batch = imports(inventory, "may", 0, 2);
        sell(inventory, 1, 1);
        inventory.desk().reencrypt(batch, done -> {});
        JdbcKeyInventory rotated = with(NEW, OLD);
        rotated.desk().rewrap();
        TestDatabases.execute(
                dataSource,
                "UPDATE kadao_key k SET sealed = (SELECT o.sealed FROM kadao_key o WHERE o.id <> k.id) WHERE 1 = 1");

        assertThatThrownBy(() -> rotated.reveal(order(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("sealed for another row");
        assertThat(rotated.desk().reencrypt(batch, done -> {}).remaining()).isEqualTo(2);
    }

    @Test
    void keys_are_shown_and_sold_at_every_moment_while_two_processes_rotate() throws Exception {
        JdbcKeyInventory seller = with(OLD, NEW);
        JdbcKeyInventory first = with(NEW, OLD);
        JdbcKeyInventory second = with(NEW, OLD);
        String batch = imports(seller, "may", 0, 600);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Future<Integer> sales = pool.submit(() -> {
                int sold = 0;
                while (!over.get() && sold < 600) {
                    sell(seller, sold, 1);
                    assertThat(shown(sold % 2 == 0 ? first : seller, sold)).hasSize(1);
                    sold++;
                }
                return sold;
            });
            Future<Rotation> one = pool.submit(() -> first.desk().reencrypt(batch, done -> {}));
            Future<Rotation> other = pool.submit(() -> second.desk().reencrypt(batch, done -> {}));
            Future<Rotation> rewrap = pool.submit(() -> second.desk().rewrap());
            assertThat(one.get(60, TimeUnit.SECONDS).isComplete()).isTrue();
            assertThat(other.get(60, TimeUnit.SECONDS).isComplete()).isTrue();
            rewrap.get(60, TimeUnit.SECONDS);
            over.set(true);
            int sold = sales.get(60, TimeUnit.SECONDS);
            assertThat(IntStream.range(0, sold)
                            .mapToObj(number -> shown(first, number).get(0)))
                    .doesNotHaveDuplicates()
                    .hasSize(sold);
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
        assertThat(second.desk().rewrap().isComplete()).isTrue();
        sell(with(NEW), 700, 1);
        assertThat(shown(with(NEW), 700)).hasSize(1);
    }
}
