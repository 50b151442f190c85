package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the shop starts, and how it says that it cannot. */
@Acceptance
class StartIT {
    private static final String ADMIN = "admin-token-of-the-start-tests";

    private final List<ShopProcess> started = new ArrayList<>();
    private final FakeGateway gateway = new FakeGateway();
    private final ShopConfig config = ShopConfig.quick().keys("card", "1.00").gateway(gateway);
    private Path home = Path.of("target");
    private Path data = home;

    @BeforeEach
    void make_an_empty_home(TestInfo test) throws IOException {
        home = ShopWorld.freshHome(
                "StartIT/" + test.getTestMethod().orElseThrow().getName());
        data = home.resolve("data");
    }

    @AfterEach
    void end_what_was_started() {
        started.forEach(ShopProcess::close);
        gateway.close();
    }

    @Test
    void it_prints_one_line_when_it_listens_and_is_healthy() {
        ShopProcess shop = start();
        assertThat(shop.standardOutput().lines().filter(line -> line.startsWith("cardshop: listening on ")))
                .hasSize(1);
        client(shop).awaitHealthy();
    }

    @Test
    void a_given_admin_token_opens_the_desk_and_is_never_printed() {
        ShopProcess shop = start();
        client(shop).desk("stock").expect(200);
        shop.stop();
        assertThat(shop.output()).doesNotContain(ADMIN);
    }

    @Test
    void without_an_admin_token_one_is_made_and_printed() {
        ShopProcess shop = start("--port", "0", "--data", data.toString(), "--config", written());
        // The line that says where it listens is the first one; the token follows it.
        Waiting.until("a printed word opens the desk").until(() -> printsATokenThatOpensTheDesk(shop));
    }

    private static boolean printsATokenThatOpensTheDesk(ShopProcess shop) {
        return Pattern.compile("[\\s:='\"]+")
                .splitAsStream(shop.standardOutput())
                .filter(word -> word.matches("[0-9A-Za-z_+/.~-]{16,}"))
                .anyMatch(word -> new ShopClient(shop::uri, word, new Transcript())
                                .desk("stock")
                                .status()
                        == 200);
    }

    @Test
    void every_option_can_stand_in_the_file() {
        config.with("port", "0").with("data", data.toString()).with("admin-token", ADMIN);
        client(start("--config", written())).desk("stock").expect(200);
        assertThat(data).isNotEmptyDirectory();
    }

    @Test
    void without_a_file_a_demo_runs() {
        ShopProcess shop = start("--port", "0", "--data", data.toString(), "--admin-token", ADMIN);
        assertThat(client(shop).desk("stock").expect(200).json()).isNotEmpty();
    }

    @Test
    void with_a_file_nothing_of_the_demo_is_there() {
        ShopProcess shop = start();
        assertThat(client(shop).desk("stock").json().fieldNames()).toIterable().containsExactly("card");
    }

    @Test
    void a_gateway_of_which_no_property_is_given_is_not_there() {
        config.without("gateway.");
        ShopClient shop = client(start());
        shop.place(Cart.fresh().keys("card", 1)).expectProblem(400, "sandbox");
        shop.post("/notify/sandbox", ShopClient.NO_TOKEN, "{}").expect(404);
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            refuses(port, "--port", port, "--data", data.toString(), "--config", written());
        }
    }

    @Test
    void a_second_process_on_one_data_folder_is_refused_in_one_line() {
        ShopProcess first = start();
        ShopProcess.Exit second = ShopProcess.runToItsEnd(home.resolve("second"), options());
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.output().strip()).contains(data.toString()).hasLineCount(1);
        client(first).awaitHealthy();
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.writeString(home.resolve("a-file"), "not a folder");
        Path below = file.resolve("data");
        refuses(below.toString(), "--port", "0", "--data", below.toString(), "--config", written());
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        String missing = home.resolve("missing.properties").toString();
        refuses(missing, "--port", "0", "--data", data.toString(), "--config", missing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sku.card.colour | red",
                "payment.dead-line | PT15M",
                "supplier.a.colour | red",
                "gateway.sandbox.colour | red",
                "gateway.paypal.key | x",
                "payment.deadline | soon",
                "payment.deadline | PT-1S",
                "payment.query | PT1S,,PT2S",
                "stock.wait-over | pray",
                "late-payment | keep",
                "sku.card.price | cheap",
                "sku.card.price | CNY",
                "sku.card.kind | magic",
                "supplier.a.guarantee | maybe",
                "risk.max-open-orders-per-ip | -1",
                "keys.master | c2hvcnQ=",
                "handling.cases | later",
                "handling.second-person | maybe",
                "handling.case | PT1H",
                "overdue.refund-after | PT0S",
                "compensation.refund-permille | 1000",
                "compensation.refund-permille | 0.5",
                "compensation.from | CNY 5.00",
                "compensation.late-by | PT1H",
                "compensation.coupon | ten",
                "sku.card.low-stock | 0",
                "alerts.oldest-open | long",
                "alerts.forged-notices | 0",
                "alerts.forged-window | PT0S",
                "alerts.interval | -PT1S",
                "alerts.webhook.secret | s",
                "alerts.webhook.url | http://127.0.0.1:1/robot",
                "alerts.email | ops@example.com",
                "port | 70000"
            })
    void a_property_that_is_unknown_or_makes_no_sense_is_named(String name, String value) {
        config.with(name, value);
        ShopProcess.Exit exit =
                ShopProcess.runToItsEnd(home, List.of("--data", data.toString(), "--config", written()));
        assertThat(exit.status()).isNotZero();
        assertThat(exit.output()).contains(name).doesNotContain("listening on");
    }

    @ParameterizedTest
    @CsvSource({
        "sla.late, PT20M, sla.redispatch, PT15M",
        "sla.late, PT2H, sla.escalate, PT1H",
        "retry.first, PT2S, retry.max, PT1S",
        "sla.escalate, PT3H, overdue.refund-after, PT2H",
        "sla.late, PT20M, alerts.oldest-open, PT15M",
        "alerts.interval, PT2M, alerts.forged-window, PT1M"
    })
    void settings_that_contradict_each_other_are_named(String one, String oneValue, String other, String otherValue) {
        if (one.startsWith("sla")) {
            config.with("sla.redispatch", "PT3H").with("sla.escalate", "PT3H");
        }
        config.with(one, oneValue).with(other, otherValue);
        ShopProcess.Exit exit = refuses(one);
        assertThat(exit.output()).contains(other, oneValue, otherValue);
    }

    @Test
    void a_sku_that_names_a_supplier_nobody_configured_is_refused() {
        config.with("sku.phone.price", "CNY 5.00")
                .with("sku.phone.kind", "top-up")
                .with("sku.phone.suppliers", "ghost");
        refuses("ghost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gateway.alipay.app-id", "gateway.wechatpay.mch-id", "gateway.stripe.api-key", "gateway.epay.pid"
            })
    void a_gateway_that_comes_later_is_refused_by_name(String property) {
        config.with(property, "x1");
        refuses(property.substring(0, property.lastIndexOf('.')));
    }

    @Test
    void a_supplier_named_twice_and_sourced_keys_of_nobody_are_refused_by_name() {
        try (FakeSupplier a = new FakeSupplier("a")) {
            config.topUp("phone", "5.00", a, ShopConfig.Guarantee.IDEMPOTENT);
            config.with("sku.phone.suppliers", "a,a");
            refuses("sku.phone.suppliers");
            config.with("sku.phone.suppliers", "z").with("sku.phone.kind", "sourced");
            refuses("sku.phone.suppliers");
        }
    }

    @Test
    void the_times_of_the_promise_are_not_said_to_be_without_effect() {
        config.with("sla.late", "PT2M")
                .with("sla.redispatch", "PT15M")
                .with("sla.escalate", "PT1H")
                .with("dispute.window", "P3D");
        assertThat(start().output()).doesNotContain("sla.redispatch").doesNotContain("sla.escalate");
    }

    @Test
    void a_master_key_is_made_once_and_kept_from_others() throws IOException {
        ShopProcess first = start();
        importOneKey(first);
        Path key = data.resolve("master.key");
        byte[] made = Files.readAllBytes(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        first.stop();
        start().stop();
        assertThat(Files.readAllBytes(key)).isEqualTo(made);
    }

    @Test
    void another_master_key_than_the_databases_is_refused() {
        config.with("keys.master", masterKey(1));
        ShopProcess first = start();
        importOneKey(first);
        first.stop();
        config.with("keys.master", masterKey(2));
        ShopProcess.Exit exit = refuses("key");
        assertThat(exit.output()).doesNotContain(masterKey(1)).doesNotContain(masterKey(2));
        config.with("keys.master", masterKey(1));
        start();
    }

    private static String masterKey(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void orders_of_a_sku_that_is_gone_go_on() {
        ShopProcess first = start();
        importOneKey(first);
        Placed placed = place(first, Cart.fresh().keys("card", 1));
        first.stop();
        config.without("sku.card.").keys("other", "2.00");
        ShopProcess second = start();
        SandboxNotice notice = gateway.pay(placed.payment(), placed.amount(), placed.currency());
        String body = notice.json().toString();
        client(second)
                .notice("sandbox", body, SignedHeaders.of(gateway.secret(), body))
                .expect(200);
        Waiting.until("it is delivered")
                .untilAsserted(() -> assertThat(
                                client(second).orderAsDesk(placed.order()).text("/stage"))
                        .isEqualTo("DELIVERED"));
        client(second).place(Cart.fresh().keys("card", 1)).expectProblem(400, "card");
    }

    @Test
    void a_gateway_or_a_supplier_that_open_orders_need_is_missed_by_name() {
        try (FakeSupplier supplier = new FakeSupplier("needed")) {
            config.topUp("phone", "5.00", supplier, ShopConfig.Guarantee.IDEMPOTENT);
            ShopProcess first = start();
            place(first, Cart.fresh().topUp("phone", "13800138000"));
            first.stop();
            config.without("supplier.").without("sku.phone");
            refuses("needed");
            config.topUp("phone", "5.00", supplier, ShopConfig.Guarantee.IDEMPOTENT)
                    .without("gateway.");
            refuses("sandbox");
        }
    }

    @Test
    void what_was_stopped_in_order_is_there_again() {
        ShopProcess first = start();
        Placed placed = place(first, Cart.fresh().keys("card", 1));
        first.stop();
        client(start()).order(placed.order(), placed.token()).expect(200);
    }

    private void importOneKey(ShopProcess shop) {
        client(shop).importKeys("card", "KEY-1").expect(200);
    }

    private Placed place(ShopProcess shop, Cart cart) {
        return Placed.read(client(shop).place(cart).expect(201).json());
    }

    private ShopClient client(ShopProcess shop) {
        URI uri = shop.uri();
        return new ShopClient(() -> uri, ADMIN, new Transcript());
    }

    private String written() {
        Path file = home.resolve("shop.properties");
        config.writeTo(file);
        return file.toString();
    }

    private List<String> options() {
        return List.of("--port", "0", "--data", data.toString(), "--config", written(), "--admin-token", ADMIN);
    }

    private ShopProcess start(String... options) {
        List<String> wanted = options.length == 0 ? options() : List.of(options);
        ShopProcess shop = ShopProcess.start(home, wanted);
        started.add(shop);
        return shop;
    }

    private ShopProcess.Exit refuses(String named, String... options) {
        List<String> wanted = options.length == 0 ? options() : List.of(options);
        ShopProcess.Exit exit = ShopProcess.runToItsEnd(home, wanted);
        assertThat(exit.status()).isNotZero();
        assertThat(exit.output()).contains(named).doesNotContain("listening on");
        return exit;
    }
}
