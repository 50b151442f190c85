package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * One running shop for all tests of a class, with the fake gateway and fake suppliers around it. Tests do not disturb
 * each other because each takes SKUs and suppliers of its own from the prepared ones.
 */
final class ShopWorld implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
    static final String PRICE = "49.00";
    static final String TOP_UP_PRICE = "99.50";

    private static final int KEY_SKUS = 60;

    /** A top-up SKU and the supplier that alone serves it. */
    record Line(String sku, FakeSupplier supplier) {}

    private final FakeGateway gateway = new FakeGateway();
    private final Map<ShopConfig.Guarantee, Deque<Line>> lines = new EnumMap<>(ShopConfig.Guarantee.class);
    private final Map<String, Line> named = new HashMap<>();
    private final Deque<String> skus = new ArrayDeque<>();
    private final List<FakeSupplier> suppliers = new ArrayList<>();
    private final Transcript transcript = new Transcript();
    private final String adminToken = "admin-" + UUID.randomUUID();
    private final ShopClient client;
    private final ShopConfig config;
    private Path home = Path.of("target", "acceptance").toAbsolutePath();
    private ShopProcess process;

    private ShopWorld(int suppliersOfEachKind) {
        config = ShopConfig.quick().gateway(gateway);
        for (int i = 1; i <= KEY_SKUS; i++) {
            skus.add("card-" + i);
            config.keys("card-" + i, PRICE);
        }
        for (ShopConfig.Guarantee guarantee : ShopConfig.Guarantee.values()) {
            lines.put(guarantee, new ArrayDeque<>());
            for (int i = 1; i <= suppliersOfEachKind; i++) {
                lines.get(guarantee).add(newLine("s" + guarantee.ordinal() + "x" + i, guarantee));
            }
        }
        client = new ShopClient(() -> process.uri(), adminToken, transcript);
    }

    private Line newLine(String name, ShopConfig.Guarantee guarantee) {
        FakeSupplier supplier = new FakeSupplier(name, guarantee == ShopConfig.Guarantee.QUERYABLE_FINAL);
        suppliers.add(supplier);
        config.topUp("phone-" + name, TOP_UP_PRICE, supplier, guarantee);
        return new Line("phone-" + name, supplier);
    }

    static ShopWorld withKeys() {
        return new ShopWorld(0);
    }

    static ShopWorld withSuppliers(int ofEachKind) {
        return new ShopWorld(ofEachKind);
    }

    /** One more supplier, by name. */
    ShopWorld supplier(String name, ShopConfig.Guarantee guarantee) {
        named.put(name, newLine(name, guarantee));
        return this;
    }

    /** Changes the configuration before the start. */
    ShopWorld configured(Consumer<ShopConfig> change) {
        change.accept(config);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        start(context.getRequiredTestClass().getSimpleName());
    }

    /** For a class that does not register its world. */
    void start(String name) throws IOException {
        home = freshHome(name);
        start(0);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    void end() {
        process.close();
        gateway.close();
        suppliers.forEach(FakeSupplier::close);
        assertThat(gateway.violations())
                .as("what the shop did wrong at the gateway")
                .isEmpty();
        assertThat(suppliers.stream().flatMap(each -> each.violations().stream()))
                .as("what the shop did wrong at its suppliers")
                .isEmpty();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError("The shop's output is in " + logs()));
        throw failure;
    }

    /** An empty directory below {@code target} that is named for its test. */
    static Path freshHome(String name) throws IOException {
        Path home = Path.of("target", "acceptance", name).toAbsolutePath();
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        return Files.createDirectories(home);
    }

    ShopClient client() {
        return client;
    }

    FakeGateway gateway() {
        return gateway;
    }

    ShopProcess process() {
        return process;
    }

    Transcript transcript() {
        return transcript;
    }

    /** What the running shop has written so far. */
    String output() {
        return process.output();
    }

    String adminToken() {
        return adminToken;
    }

    Path data() {
        return home.resolve("data");
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** A key SKU that no other test of the class uses; it costs {@link #PRICE}. */
    String sku() {
        return skus.removeFirst();
    }

    /** A top-up SKU with a supplier that no other test of the class uses; it costs {@link #TOP_UP_PRICE}. */
    Line line(ShopConfig.Guarantee guarantee) {
        return lines.get(guarantee).removeFirst();
    }

    Line line(String name) {
        return Objects.requireNonNull(named.get(name));
    }

    void kill() {
        process.kill();
    }

    void stop() {
        process.stop();
    }

    /** Starts the shop again on the same data and the same port, which nobody else is given meanwhile. */
    void startAgain() {
        try (HeldPort held = new HeldPort(process.port())) {
            start(held.number());
        }
    }

    /** Starts the shop again on the same data and another port. */
    void startElsewhere() {
        start(0);
    }

    /** Stops the shop in order and starts it with a changed configuration. */
    void restartWith(Consumer<ShopConfig> change) {
        process.stop();
        change.accept(config);
        start(0);
    }

    List<String> options(int port) {
        Path file = home.resolve("shop.properties");
        config.writeTo(file);
        return List.of(
                "--port", Integer.toString(port),
                "--data", data().toString(),
                "--config", file.toString(),
                "--admin-token", adminToken);
    }

    private void start(int port) {
        process = ShopProcess.start(logs(), options(port));
    }

    /** Puts {@code count} new keys into stock and returns them. */
    List<String> stock(String sku, int count) {
        List<String> keys = IntStream.range(0, count)
                .mapToObj(i -> sku + "-" + UUID.randomUUID())
                .toList();
        Reply reply = client.importKeys(sku, String.join("\n", keys)).expect(200);
        assertThat(reply.json().path("imported").asInt()).isEqualTo(count);
        return keys;
    }

    Placed place(Cart cart) {
        return Placed.read(client.place(cart).expect(201).json());
    }

    Placed placeKeys(String sku, int quantity) {
        return place(Cart.fresh().keys(sku, quantity));
    }

    /** The buyer pays in full, and the gateway tells the shop. */
    SandboxNotice pay(Placed placed) {
        return payAs(placed.payment(), placed.amount(), placed.currency());
    }

    SandboxNotice payAs(String payment, String amount, String currency) {
        SandboxNotice notice = gateway.pay(payment, amount, currency);
        acknowledged(notice);
        return notice;
    }

    /** The gateway tells the shop, and tells it again while the shop is too busy to store it, as gateways do. */
    Reply tell(SandboxNotice notice) {
        String body = notice.json().toString();
        return Waiting.until("the shop is not too busy for a notice")
                .until(
                        () -> client.notice("sandbox", body, SignedHeaders.of(gateway.secret(), body)),
                        answer -> answer.status() != 503);
    }

    void acknowledged(SandboxNotice notice) {
        assertThat(tell(notice).expect(200).body()).isEqualTo("ok");
    }

    Reply tellOf(FakeSupplier supplier, String reference) {
        String body = supplier.notice(reference);
        return client.notice("supplier/" + supplier.name(), body, SignedHeaders.of(supplier.secret(), body));
    }

    /** A new key, bought and delivered. */
    Placed bought(String sku) {
        stock(sku, 1);
        Placed placed = placeKeys(sku, 1);
        pay(placed);
        awaitStage(placed.order(), "DELIVERED");
        return placed;
    }

    String stage(String order) {
        return client.orderAsDesk(order).expect(200).text("/stage");
    }

    int version(String order) {
        return client.orderAsDesk(order).expect(200).json().path("version").asInt();
    }

    void awaitStage(String order, String wanted) {
        Waiting.until(order + " is " + wanted)
                .untilAsserted(() -> assertThat(stage(order)).isEqualTo(wanted));
    }
}
