package dev.kadao.examples.cardshop.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.examples.cardshop.config.Options;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.config.Startup;
import dev.kadao.examples.cardshop.database.ShopDatabase;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.examples.cardshop.http.TextRule;
import dev.kadao.jdbc.JdbcKeyInventory;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.StockLevel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What is there without a configuration file: a few SKUs, and a gateway and a supplier to play with. */
public final class Demo implements AutoCloseable {
    private static final int RECENT = 20;
    private static final int KEYS = 50;

    private final ShopConfig config;
    private final DemoTables tables;
    private final DemoNotices notices;
    private final DemoGateway gateway;
    private final DemoSupplier supplier;

    private Demo(ShopConfig config, DemoTables tables, URI shop, InstantSource clock) {
        this.config = config;
        this.tables = tables;
        Secret ofGateway = config.sandbox().map(ShopConfig.Sandbox::secret).orElseThrow();
        Secret ofSupplier = Optional.ofNullable(config.suppliers().get("demo"))
                .map(ShopConfig.Supplier::secret)
                .orElseThrow();
        Map<String, Secret> secrets = Map.of(DemoNotices.TO_SHOP, ofGateway, DemoNotices.OF_SUPPLIER, ofSupplier);
        this.notices = new DemoNotices(tables, shop, secrets, clock);
        this.gateway = new DemoGateway(tables, notices, ofGateway, clock);
        Set<String> soldAsKeys = config.skus().values().stream()
                .filter(sku -> sku.kind() == ShopConfig.Kind.SOURCED)
                .map(ShopConfig.Sku::name)
                .collect(Collectors.toSet());
        this.supplier = new DemoSupplier(tables, notices, ofSupplier, soldAsKeys, clock);
    }

    /** The demo's settings. Its secrets are new at each start: nobody but the two ends in this process needs them. */
    public static Startup settings(Options options, URI shop) {
        String text = file().replace("{shop}", shop.toString())
                .replace("{gateway-secret}", random(32))
                .replace("{supplier-secret}", random(32));
        return Startup.demo(text.getBytes(StandardCharsets.UTF_8), options);
    }

    /** Opens the demo's tables in this database; {@link #start} begins to send notices. */
    public static Demo open(ShopConfig config, DataSource database, URI shop, InstantSource clock)
            throws ShopDatabase.Unusable {
        return new Demo(config, DemoTables.open(database), shop, clock);
    }

    public void addRoutes(Router router) {
        gateway.addRoutes(router);
        supplier.addRoutes(router);
        router.add("GET", "/demo/skus", request -> skus())
                .add("GET", "/demo/state", request -> state())
                .add("POST", "/demo/modes", this::setModes);
    }

    public void start() {
        notices.start();
    }

    /** Gives every SKU that never had a key some that look like keys and open nothing. */
    public void stock(JdbcKeyInventory inventory) {
        for (ShopConfig.Sku sku : config.skus().values()) {
            StockLevel level = inventory.stock(sku.name());
            boolean isNew = level.free() + level.reserved() + level.sold() + level.voided() == 0;
            if (sku.kind() == ShopConfig.Kind.KEYS && isNew) {
                String keys = Stream.generate(() -> "DEMO-" + sku.name() + "-" + random(8))
                        .limit(KEYS)
                        .collect(Collectors.joining("\n"));
                byte[] text = keys.getBytes(StandardCharsets.UTF_8);
                inventory.importKeys(sku.name(), new ByteArrayInputStream(text), "demo keys", "the demo");
            }
        }
    }

    @Override
    public void close() {
        notices.close();
        tables.close();
    }

    private Response skus() {
        ArrayNode items = StrictJson.array();
        config.skus()
                .values()
                .forEach(sku -> items.addObject()
                        .put("sku", sku.name())
                        .put("kind", sku.kind().text())
                        .put("price", sku.price().decimal())
                        .put("currency", sku.price().currency()));
        return Response.json(200, StrictJson.object().set("items", items));
    }

    private Response setModes(Request request) {
        Members body = request.json();
        Optional<String> ofGateway = body.optionalText("gateway", TextRule.oneOf(DemoModes.OF_GATEWAY));
        Optional<String> ofSupplier = body.optionalText("supplier", TextRule.oneOf(DemoModes.OF_SUPPLIER));
        tables.inTransaction(t -> {
            if (ofGateway.isPresent()) {
                DemoModes.set(DemoModes.GATEWAY, ofGateway.get(), t);
            }
            if (ofSupplier.isPresent()) {
                DemoModes.set(DemoModes.SUPPLIER, ofSupplier.get(), t);
            }
            return true;
        });
        return state();
    }

    /** What the other side remembers; the shop's own view of the same orders is at its own calls. */
    private Response state() {
        ObjectNode state = StrictJson.object();
        tables.inTransaction(t -> {
            state.put("gateway", DemoModes.of(DemoModes.GATEWAY, t));
            state.put("supplier", DemoModes.of(DemoModes.SUPPLIER, t));
            ArrayNode sent = state.putArray("notices");
            t.read(
                            "select path, body, forged, tries, done, answer from demo_notice order by id desc limit "
                                    + RECENT,
                            row -> StrictJson.object()
                                    .put("to", row.getString(1))
                                    .put("body", row.getString(2))
                                    .put("forged", row.getBoolean(3))
                                    .put("tries", row.getInt(4))
                                    .put("done", row.getBoolean(5))
                                    .put("answer", row.getString(6)))
                    .forEach(sent::add);
            ArrayNode works = state.putArray("supplierOrders");
            t.read(
                            "select reference, sku, recipient, quantity, state from demo_supplier_order"
                                    + " order by reference desc limit " + RECENT,
                            row -> StrictJson.object()
                                    .put("reference", row.getString(1))
                                    .put("sku", row.getString(2))
                                    .put("recipient", row.getString(3))
                                    .put("quantity", row.getInt(4))
                                    .put("state", row.getString(5)))
                    .forEach(works::add);
            return true;
        });
        return Response.json(200, state);
    }

    private static String file() {
        String name = "demo.properties";
        try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
