package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class BusyStockTest {
    private final DataSource dataSource = TestDatabases.inMemory();
    private final JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
    private final JdbcKeyInventory inventory =
            JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();

    @Test
    void a_stock_whose_rows_are_locked_is_not_tried_and_the_facts_are_written() throws SQLException {
        inventory.importKeys("a", TestDatabases.text("k1", "k2"), "b", "s");
        store.commit(List.of(StepDraft.insert("cart1").plain()));

        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("DELETE FROM kadao_free_key WHERE sku = 'a'");

            assertThat(store.commit(List.of(take("cart1", 1)))).singleElement().isInstanceOf(StepResult.Done.class);
            other.rollback();
        }

        assertThat(document("cart1")).contains("NotTried", "LOCK_WAIT");
        assertThat(inventory.stock("a").free()).isEqualTo(2);
        store.commit(List.of(take("cart1", 2)));
        assertThat(document("cart1")).contains("Taken");
    }

    @Test
    void a_flash_sale_on_one_sku_sells_every_key_once_and_no_key_twice() throws Exception {
        int keys = 300;
        int buyers = 400;
        String text = IntStream.range(0, keys).mapToObj(i -> "key" + i).collect(Collectors.joining("\n"));
        inventory.importKeys("a", TestDatabases.text(text), "b", "s");
        IntStream.range(0, buyers)
                .forEach(i -> store.commit(List.of(StepDraft.insert("cart" + i).plain())));

        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> sales = new ArrayList<>();
            for (int i = 0; i < buyers; i++) {
                String cart = "cart" + i;
                sales.add(pool.submit(() -> buy(cart)));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> sale : sales) {
                answers.add(sale.get(100, TimeUnit.SECONDS));
            }
            assertThat(answers).filteredOn(answer -> answer.contains("Taken")).hasSize(keys);
            assertThat(answers)
                    .filteredOn(answer -> answer.contains("OutOfStock"))
                    .hasSize(buyers - keys);
        } finally {
            pool.shutdownNow();
        }
        assertThat(inventory.stock("a").sold()).isEqualTo(keys);
        assertThat(inventory.stock("a").free()).isZero();
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(DISTINCT order_id) FROM kadao_key"))
                .isEqualTo("" + keys);
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_free_key"))
                .isEqualTo("0");
    }

    /** Buys until stock could be asked. */
    private String buy(String cart) {
        for (long version = 1; ; version++) {
            StepResult result = store.commit(List.of(take(cart, version))).get(0);
            assertThat(result).isInstanceOf(StepResult.Done.class);
            if (!document(cart).contains("NotTried")) {
                return document(cart);
            }
        }
    }

    private Step take(String cart, long version) {
        OrderId order = new OrderId(new CheckoutId(cart), 1);
        return StepDraft.on(cart, version, 0).withStock(new Step.StockRequest.Take(order, "a", 1, Instant.EPOCH));
    }

    private String document(String cart) {
        return store.read(new CheckoutId(cart))
                .checkout()
                .map(StoredCheckout::document)
                .orElseThrow()
                .asUtf8();
    }
}
