package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyCipher;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shop's cipher is slow, down, or not there while keys come that suppliers sold. */
@Timeout(120)
final class SupplySealsTest {
    private final DataSource real = TestDatabases.inMemory();
    private final WatchedDataSource dataSource = new WatchedDataSource(real);
    private final Remote cipher = new Remote();
    private final JdbcKeyInventory inventory = JdbcKeyInventory.over(dataSource, cipher)
            .dataKeyCache(0, Duration.ofMinutes(1))
            .open();
    private final JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();

    /** What stands in front of each call to the cipher. */
    private interface Before {
        void run() throws InterruptedException;
    }

    /** A cipher that a test stands in front of. */
    private static final class Remote implements KeyCipher {
        private final KeyCipher own = TestDatabases.cipher();
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Before before = () -> {};

        @Override
        public String keyId() {
            return own.keyId();
        }

        @Override
        public Bytes wrap(Bytes dataKey) {
            come();
            return own.wrap(dataKey);
        }

        @Override
        public Bytes unwrap(Bytes wrapped) {
            come();
            return own.unwrap(wrapped);
        }

        private void come() {
            calls.incrementAndGet();
            try {
                before.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static OrderId order(String cart) {
        return new OrderId(new CheckoutId(cart), 1);
    }

    private static Step.WithStock supply(String cart, String... keys) {
        List<Secret> secrets = List.of(keys).stream().map(Secret::of).toList();
        return StepDraft.insert(cart).withStock(new StockRequest.Supply(order(cart), "a", 1, 0, secrets));
    }

    private static Step.WithStock again(JdbcCheckoutStore store, String cart, String key) {
        return StepDraft.on(store.read(new CheckoutId(cart)).checkout().orElseThrow())
                .withStock(new StockRequest.Supply(order(cart), "a", 1, 0, List.of(Secret.of(key))));
    }

    private String document(String cart) {
        return store.read(new CheckoutId(cart))
                .checkout()
                .orElseThrow()
                .document()
                .asUtf8();
    }

    private void committed(Step... steps) {
        assertThat(store.commit(List.of(steps))).hasSize(steps.length).allMatch(StepResult.Done.class::isInstance);
    }

    @Test
    void without_an_inventory_that_the_store_was_asked_about_nothing_is_tried_and_the_step_is_written() {
        committed(supply("cart1", "k1"));

        assertThat(document("cart1")).contains("NotTried").contains("sharesCommitWith");
        store.sharesCommitWith(inventory);
        committed(again(store, "cart1", "k1"));
        assertThat(document("cart1")).isEqualTo("[Taken[]]");
    }

    @Test
    void a_cipher_that_is_down_spoils_no_neighbour_and_the_next_try_succeeds() {
        store.sharesCommitWith(inventory);
        inventory.importKeys("b", TestDatabases.text("b1"), "b", "s");
        cipher.before = () -> {
            throw new IllegalStateException("the KMS is down");
        };
        Step take = StepDraft.insert("other").withStock(new StockRequest.Take(order("other"), "b", 1, Instant.EPOCH));
        StepDraft draft = StepDraft.insert("both");
        Step both = draft.withStock(
                new StockRequest.Supply(order("both"), "a", 1, 0, List.of(Secret.of("k2"))),
                new StockRequest.Release(new OrderId(new CheckoutId("both"), 2), "closed"));

        committed(supply("cart1", "k1"), take, both, StepDraft.insert("plain").plain());

        assertThat(document("cart1")).contains("NotTried").contains("IllegalStateException");
        assertThat(document("cart1")).doesNotContain("KMS");
        assertThat(document("other")).isEqualTo("[Taken[]]");
        assertThat(document("both")).startsWith("[NotTried[").endsWith("Returned[answer=NeverReserved[]]]");
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 0, 0));
        cipher.before = () -> {};
        committed(again(store, "cart1", "k1"));
        assertThat(inventory.reveal(order("cart1"))).isEqualTo(new RevealAnswer.Revealed(List.of(Secret.of("k1"))));
    }

    @Test
    void the_cipher_is_never_asked_while_a_connection_is_out() {
        store.sharesCommitWith(inventory);
        cipher.calls.set(0);
        cipher.before = () -> assertThat(dataSource.out.get())
                .as("connections out while the cipher is asked")
                .isZero();

        committed(supply("cart1", "k1"), supply("cart2", "k2"));
        committed(supply("cart3", "k3"));

        assertThat(cipher.calls.get())
                .as("a wrap and an unwrap, then an unwrap")
                .isEqualTo(3);
        assertThat(document("cart3")).isEqualTo("[Taken[]]");
    }

    @Test
    void a_cipher_that_hangs_holds_up_nobody_else() throws Exception {
        store.sharesCommitWith(inventory);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        cipher.before = () -> {
            asked.countDown();
            answer.await();
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> slow = pool.submit(() -> committed(supply("cart1", "k1")));
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            committed(StepDraft.insert("cart2").plain());
            committed(
                    StepDraft.insert("cart3").plain(), StepDraft.insert("cart4").plain());
            assertThat(slow.isDone()).isFalse();
            answer.countDown();
            slow.get(60, TimeUnit.SECONDS);
        } finally {
            answer.countDown();
            pool.shutdownNow();
        }
        assertThat(document("cart1")).isEqualTo("[Taken[]]");
    }

    @Test
    void a_batch_that_is_withdrawn_or_re_encrypted_between_cipher_and_commit_takes_no_key_under_the_old_data_key() {
        store.sharesCommitWith(inventory);
        committed(supply("cart1", "k1"));
        KeyDesk desk =
                JdbcKeyInventory.over(real, TestDatabases.cipher()).open().desk();
        String batch = desk.batches("", 1).get(0).id();
        cipher.before = () -> desk.reencrypt(batch, done -> {});
        committed(supply("cart2", "k2"));
        assertThat(document("cart2")).contains("NotTried").contains("re-encrypted");
        cipher.before = () -> {};
        committed(again(store, "cart2", "k2"));
        cipher.before = () -> desk.withdrawBatch(batch, "bad");
        committed(supply("cart3", "k3"));
        assertThat(document("cart3")).contains("NotTried").contains("withdrawn");
        cipher.before = () -> {};
        committed(again(store, "cart3", "k3"));

        assertThat(desk.batches("", 9)).extracting(ImportedBatch::imported).containsExactlyInAnyOrder(2L, 1L);
        for (int i = 1; i <= 3; i++) {
            assertThat(inventory.reveal(order("cart" + i)))
                    .isEqualTo(new RevealAnswer.Revealed(List.of(Secret.of("k" + i))));
        }
    }

    @Test
    void a_database_error_on_the_way_leaves_no_key_and_the_document_written() throws SQLException {
        store.sharesCommitWith(inventory);
        committed(supply("cart1", "k1"));
        TestDatabases.execute(real, "ALTER TABLE kadao_key ALTER COLUMN cause RENAME TO why");

        committed(supply("cart2", "k2"), StepDraft.insert("cart3").plain());

        assertThat(document("cart2")).contains("NotTried").doesNotContain("k2");
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 1, 0));
        TestDatabases.execute(real, "ALTER TABLE kadao_key ALTER COLUMN why RENAME TO cause");
        committed(again(store, "cart2", "k2"));
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 2, 0));
    }

    @Test
    void a_data_key_that_was_wiped_seals_nothing() throws SQLException {
        KeyVault vault = inventory.vault();
        KeyVault.BatchKey key = vault.newBatchKey();
        key.close();

        assertThatThrownBy(() -> key.seal("a", "id", new byte[] {1})).isInstanceOf(IllegalStateException.class);
    }
}
