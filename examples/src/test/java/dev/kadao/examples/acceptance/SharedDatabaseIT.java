package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Several shops on one PostgreSQL: whichever of them is asked answers, and what one began another ends. */
@Acceptance
class SharedDatabaseIT {
    private static final String ADMIN = "admin-token-of-the-shared-database";
    private static final String PASSWORD = "pass-word-of-the-shared-database";

    private final List<ShopProcess> started = new ArrayList<>();
    private final FakeGateway gateway = new FakeGateway();
    private final FakeSupplier supplier = new FakeSupplier("phone");
    private final ShopConfig config = ShopConfig.quick()
            .gateway(gateway)
            .keys("card", "49.00")
            .topUp("top-up", "10.00", supplier, ShopConfig.Guarantee.IDEMPOTENT)
            .with("keys.master", Base64.getEncoder().encodeToString(new byte[32]));
    private Path home = Path.of("target");

    @BeforeEach
    void make_an_empty_home(TestInfo test) throws IOException {
        home = ShopWorld.freshHome(
                "SharedDatabaseIT/" + test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void end_what_was_started() {
        started.forEach(ShopProcess::close);
        gateway.close();
        supplier.close();
    }

    @Test
    void placed_at_one_paid_at_another_and_revealed_at_the_first_and_ended_by_whoever_lives() throws IOException {
        onDatabase(TestServers.postgres());
        ShopProcess a = start();
        ShopProcess b = start();
        client(a).importKeys("card", "KEY-1\nKEY-2").expect(200);

        Placed keys = place(a, Cart.fresh().keys("card", 1));
        tell(b, keys);
        awaitDelivered(b, keys);
        assertThat(client(a)
                        .reveal(keys.order(), keys.token())
                        .expect(200)
                        .json()
                        .path("keys"))
                .singleElement()
                .matches(key -> key.asText().startsWith("KEY-"));

        supplier.otherwise(request -> Behaviour.doneBut(Behaviour.Transport.HOLD));
        Placed topUp = place(b, Cart.fresh().topUp("top-up", "13800138000"));
        tell(a, topUp);
        Waiting.until("A has sent it")
                .until(() -> !supplier.requests("13800138000").isEmpty());
        a.kill();
        supplier.otherwise(request -> Behaviour.succeed());
        awaitDelivered(b, topUp);
        assertThat(supplier.executions("13800138000")).isEqualTo(1);

        new Desk(client(b)).assertAuditIsClean();
        assertThat(started).allSatisfy(shop -> assertThat(shop.output()).doesNotContain(PASSWORD));
        assertThat(supplier.violations()).isEmpty();
        assertThat(gateway.violations()).isEmpty();
    }

    @Test
    void what_stands_in_the_way_of_a_database_is_told_in_one_line_and_no_password_is() throws IOException {
        TestServer server = TestServers.postgres();
        onDatabase(server);
        String url = server.freshUrl();
        String plain = url.replaceAll("\\?.*", "");
        refuses(plain.replaceAll("[^/]+$", "nowhere"), "postgres", "jdbc-url", "create that database");
        String bad = plain.replaceAll(":[0-9]+/", ":99999/");
        refuses(bad + "?password=" + PASSWORD, "postgres", "jdbc-url");
        refuses(plain, "nobody", plain, "check jdbc-user");
        refuses("jdbc:postgresql:x?password=" + PASSWORD, "postgres", "jdbc-url");
        try (HeldPort deaf = new HeldPort(0)) {
            int port = deaf.number();
            refuses("jdbc:postgresql://127.0.0.1:" + port + "/shop", "postgres", "server runs", "" + port);
        }
        server.execute("DROP ROLE IF EXISTS kadao_reader");
        server.execute("CREATE ROLE kadao_reader LOGIN PASSWORD '" + PASSWORD + "'");
        try {
            refuses(plain, "kadao_reader", plain, "right");
        } finally {
            server.execute("DROP ROLE kadao_reader");
        }
    }

    @Test
    void two_demos_may_share_a_database_too() throws IOException {
        TestServer server = TestServers.postgres();
        String url = server.freshUrl();
        List<String> options =
                List.of("--port", "0", "--data", home.toString(), "--jdbc-url", url, "--admin-token", ADMIN);
        ShopProcess a = ShopProcess.start(home, options);
        started.add(a);
        ShopProcess b = ShopProcess.start(home, options);
        started.add(b);
        JsonNode stock = client(a).desk("stock").expect(200).json();
        assertThat(client(b).desk("stock").expect(200).json()).isEqualTo(stock).isNotEmpty();
    }

    private void onDatabase(TestServer server) {
        config.with("jdbc-url", server.freshUrl());
    }

    private void refuses(String url, String user, String... named) {
        List<String> options = new ArrayList<>(options());
        options.addAll(List.of("--jdbc-url", url, "--jdbc-user", user, "--jdbc-password", PASSWORD));
        ShopProcess.Exit exit = ShopProcess.runToItsEnd(home, options);
        assertThat(exit.status()).isEqualTo(1);
        assertThat(exit.output()).contains(named).doesNotContain("listening on").doesNotContain(PASSWORD);
        // pgjdbc itself warns of a port that it cannot read.
        assertThat(exit.output().lines().filter(line -> !line.matches("WARNING: .*|.*PGPropertyUtil.*")))
                .singleElement()
                .asString()
                .startsWith("cardshop: ");
    }

    private ShopProcess start() {
        ShopProcess shop = ShopProcess.start(home, options());
        started.add(shop);
        return shop;
    }

    /** The folder is one for all of them: nothing of it is used where the master key is in the file. */
    private List<String> options() {
        Path file = home.resolve("shop.properties");
        config.writeTo(file);
        return List.of(
                "--port",
                "0",
                "--config",
                file.toString(),
                "--admin-token",
                ADMIN,
                "--data",
                home.resolve("unused").toString());
    }

    private Placed place(ShopProcess shop, Cart cart) {
        return Placed.read(client(shop).place(cart).expect(201).json());
    }

    private void tell(ShopProcess shop, Placed placed) {
        SandboxNotice notice = gateway.pay(placed.payment(), placed.amount(), placed.currency());
        String body = notice.json().toString();
        client(shop)
                .notice("sandbox", body, SignedHeaders.of(gateway.secret(), body))
                .expect(200);
    }

    private void awaitDelivered(ShopProcess shop, Placed placed) {
        Waiting.within(Duration.ofSeconds(90), placed.order() + " is delivered")
                .untilAsserted(() -> assertThat(
                                client(shop).orderAsDesk(placed.order()).text("/stage"))
                        .isEqualTo("DELIVERED"));
    }

    private ShopClient client(ShopProcess shop) {
        return new ShopClient(shop::uri, ADMIN, new Transcript());
    }
}
