package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.testkit.FakeGateway;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a stranger who has found the notice route can cause: nothing that stays. */
final class ForgedNoticesTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final String BUYER = "buyer-7f3a@example.com";
    private static final int MANY = 10_000;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FakeGateway gateway = FakeGateway.capable(InstantSource.system());

    @TempDir
    private Path folder;

    @BeforeAll
    static void readLogback() {
        // The module under test rightly does not read the logging library that its tests listen to.
        Module self = ForgedNoticesTest.class.getModule();
        Module logback = LoggerFactory.getILoggerFactory().getClass().getModule();
        self.addReads(logback);
        if (logback.getLayer() != null) {
            logback.getLayer().findModule("ch.qos.logback.core").ifPresent(self::addReads);
        }
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    private Fulfillment shop(DataSource database) {
        return Fulfillment.builder()
                .store(JdbcCheckoutStore.over(database).open())
                .inventory(
                        JdbcKeyInventory.over(database, TestDatabases.cipher()).open())
                .router(sku -> Optional.of(Route.keys()))
                .gateway("fake", gateway)
                .build();
    }

    private void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    /** The rows of every table. */
    private static Map<String, Long> rows(DataSource database) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = database.getConnection();
                ResultSet tables =
                        connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                rows.put(table, Long.valueOf(TestDatabases.ask(database, "SELECT count(*) FROM " + table)));
            }
        }
        return rows;
    }

    @Test
    void ten_thousand_forged_notices_do_not_grow_the_database_and_are_counted_and_seldom_logged() throws SQLException {
        DataSource database = TestDatabases.inFile(folder);
        try (Fulfillment shop = shop(database)) {
            shop.place(PlaceRequest.of("fake", new PlaceRequest.Line("steam-50", 1, BUYER, PRICE))
                            .withId("cart1"))
                    .orThrow();
            Map<String, Long> before = rows(database);
            assertThat(before).containsKeys("KADAO_CHECKOUT", "KADAO_NOTICE", "KADAO_JOURNAL", "KADAO_INDEX");
            listen();

            for (int i = 0; i < MANY; i++) {
                assertThat(shop.receive("fake", forged(i)).status()).isEqualTo(401);
            }

            assertThat(rows(database)).isEqualTo(before);
            assertThat(before.get("KADAO_NOTICE")).isZero();
            assertThat(shop.health().forgedNotices()).isEqualTo(MANY);
            assertThat(shop.checkout(new CheckoutId("cart1"))
                            .orElseThrow()
                            .checkout()
                            .order(1)
                            .stage())
                    .isEqualTo(Stage.AWAITING_PAYMENT);
        }
        TestDatabases.execute(database, "SHUTDOWN");
        // Once a minute at most; this takes seconds, and minutes on the slowest machine.
        List<String> lines = warnings();
        assertThat(lines).isNotEmpty().hasSizeLessThan(10);
        assertThat(lines.get(0))
                .contains("a notice to gateway 'fake' was not believed")
                .contains("(1 since start)");
        assertThat(lines).noneMatch(line -> line.contains(BUYER) || line.contains("payer"));
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLoggerName().startsWith("dev.kadao"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** As the gateway would write it, with the buyer's address in it, signed by somebody else or by nobody. */
    private InboundNotice forged(int number) {
        InboundNotice genuine = gateway.notice("cart1_p1", new PaymentWord.Paid("t" + number, PRICE));
        InboundNotice longer = new InboundNotice(
                "POST",
                "",
                number % 2 == 0 ? Map.of() : genuine.headers(),
                Bytes.utf8(genuine.body().asUtf8() + "\npayer=" + BUYER + "\nnumber=" + number),
                genuine.receivedAt());
        return number % 3 == 0 ? FakeGateway.forged(longer) : longer;
    }
}
