package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.Finding;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.testkit.FakeGateway;
import dev.kadao.testkit.ListedStatement;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement against a database: found by index rows, and made again by another process. */
@Timeout(120)
final class ReconciliationTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    private final Instant start = Instant.now();
    private final DataSource dataSource = TestDatabases.inMemory();
    private final FakeGateway gateway = FakeGateway.capable(InstantSource.system());
    private final JdbcKeyInventory inventory =
            JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
    private Fulfillment shop = shop();

    private Fulfillment shop() {
        return Fulfillment.builder()
                .store(JdbcCheckoutStore.over(dataSource).open())
                .inventory(inventory)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("fake", gateway)
                .build();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private PaymentId place(int number) {
        PlaceRequest request = PlaceRequest.of("fake", new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE))
                .withId("cart" + number);
        return shop.place(request).orThrow().checkout().payment(1).id();
    }

    private Stage stage(int number) {
        return shop.checkout(new CheckoutId("cart" + number))
                .orElseThrow()
                .checkout()
                .order(1)
                .stage();
    }

    private ListedStatement statement() {
        return gateway.statement(start.minusSeconds(60), start.plus(Duration.ofHours(1)));
    }

    private String count(String rest) {
        return TestDatabases.ask(dataSource, "SELECT count(*) FROM " + rest);
    }

    @Test
    void another_process_goes_on_where_a_run_broke_off_and_nothing_is_done_twice() {
        stock(200);
        for (int i = 100; i < 300; i++) {
            gateway.pay(place(i), PRICE);
        }
        Reconciliation broken = shop.desk().reconcile("fake", statement().breakingBefore(130));
        assertThat(broken.isComplete()).isFalse();
        assertThat(broken.next()).isEqualTo(129);
        assertThat(broken.count(What.REPAIRED)).isEqualTo(128);

        shop.close();
        shop = shop();
        Reconciliation rest = shop.desk().reconcile("fake", statement(), broken.next());

        assertThat(rest.count(What.REPAIRED)).isEqualTo(72);
        assertThat(rest.records()).isEqualTo(200);
        assertThat(rest.isSettled()).isTrue();
        assertThat(IntStream.range(100, 300).mapToObj(this::stage)).containsOnly(Stage.DELIVERED);
        assertThat(count("kadao_index WHERE kind = 'received' AND val LIKE 'fake|%'"))
                .isEqualTo("200");
        assertThat(count("kadao_notice WHERE state = 'APPLIED'")).isEqualTo("200");
        String journal = count("kadao_journal");

        Reconciliation again = shop.desk().reconcile("fake", statement());

        assertThat(again.count(What.MATCHED)).isEqualTo(200);
        assertThat(count("kadao_journal")).isEqualTo(journal);
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void two_processes_that_go_through_the_same_statement_at_once_do_nothing_twice() {
        stock(100);
        for (int i = 100; i < 200; i++) {
            PaymentId payment = place(i);
            gateway.pay(payment, PRICE);
            if (i % 3 == 0) {
                gateway.moveBack(payment, Money.parse("9.00", Currency.CNY));
                gateway.moveBack(payment, Money.parse("8.00", Currency.CNY));
            }
        }
        try (Fulfillment other = shop()) {
            CompletableFuture<Reconciliation> there =
                    CompletableFuture.supplyAsync(() -> other.desk().reconcile("fake", statement()));
            assertThat(shop.desk().reconcile("fake", statement()).isComplete()).isTrue();
            assertThat(there.join().isComplete()).isTrue();
        }

        Reconciliation after = shop.desk().reconcile("fake", statement());

        assertThat(after.count(What.MATCHED)).isEqualTo(166);
        for (int i = 100; i < 200; i++) {
            Money back = shop.checkout(new CheckoutId("cart" + i))
                    .orElseThrow()
                    .checkout()
                    .payment(1)
                    .receipts()
                    .get(0)
                    .movedBack();
            assertThat(back.toDecimal()).isEqualTo(i % 3 == 0 ? "17.00" : "0.00");
        }
        // What went back without us is told of itself, once an order; nothing contradicts the statement.
        assertThat(shop.desk().cases(true, Optional.empty(), 200).items())
                .hasSize(33)
                .allSatisfy(item -> assertThat(item.found().theCase().evidence())
                        .noneMatch(evidence -> evidence.fact().contains("more than is left")));
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void what_the_statement_lacks_is_found_by_its_index_row() {
        stock(3);
        PaymentId told = place(1);
        PaymentId lost = place(2);
        shop.receive("fake", gateway.pay(told, PRICE));
        // The gateway's books know nothing of what this notice says.
        shop.receive("fake", gateway.notice(lost.toString(), new PaymentWord.Paid("ghost", PRICE)));

        Reconciliation report = shop.desk().reconcile("fake", statement());

        assertThat(report.records()).isEqualTo(2);
        assertThat(report.asked()).isOne();
        assertThat(report.findings())
                .extracting(Finding::line, Finding::what, Finding::subject)
                .containsExactly(tuple(0L, What.CASE, "cart2_p1"));
        assertThat(shop.desk().cases(true, Optional.empty(), 10).items()).hasSize(1);
        assertThat(shop.desk().reconcile("fake", statement()).count(What.TOLD)).isOne();
    }

    @Test
    void parts_of_what_went_back_are_found_again_by_the_start_of_their_keys() {
        stock(1);
        PaymentId payment = place(1);
        shop.receive("fake", gateway.pay(payment, PRICE));
        gateway.moveBack(payment, Money.parse("9.00", Currency.CNY));
        gateway.moveBack(payment, Money.parse("9.00", Currency.CNY));

        assertThat(shop.desk().reconcile("fake", statement()).count(What.REPAIRED))
                .isEqualTo(2);

        assertThat(shop.checkout(payment.checkout())
                        .orElseThrow()
                        .checkout()
                        .payment(1)
                        .receipts()
                        .get(0)
                        .movedBack())
                .isEqualTo(Money.parse("18.00", Currency.CNY));
        assertThat(shop.desk().reconcile("fake", statement()).findings()).isEmpty();
    }

    private void stock(int count) {
        String text = IntStream.range(0, count).mapToObj(i -> "KEY-" + i + "\n").collect(Collectors.joining());
        inventory.importKeys(
                "steam-50", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "batch-1", "test");
    }
}
