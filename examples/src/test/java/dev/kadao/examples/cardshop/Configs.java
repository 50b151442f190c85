package dev.kadao.examples.cardshop;

import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.config.Startup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Configurations for tests, read from files like real ones. */
public final class Configs {
    public static final String SHOP = """
            sku.steam-50.price=CNY 49.00
            sku.steam-50.kind=keys
            sku.coin-10.price=JPY 1000
            sku.coin-10.kind=keys
            sku.phone-100.price=CNY 99.50
            sku.phone-100.kind=top-up
            sku.phone-100.suppliers=a
            supplier.a.endpoint=http://127.0.0.1:9101
            supplier.a.secret=supplier-secret
            gateway.sandbox.secret=gateway-secret
            """;

    private Configs() {}

    /** A database of its own in this folder. */
    public static DataSource h2(Path folder) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:async:" + folder.resolve("demo") + ";WRITE_DELAY=0");
        return database;
    }

    public static Startup startup(String properties, String... options) {
        try {
            Path file = Files.createTempFile("cardshop", ".properties");
            try {
                Files.writeString(file, properties, StandardCharsets.UTF_8);
                List<String> arguments = new ArrayList<>(List.of(options));
                arguments.add("--config=" + file);
                return Startup.of(arguments);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Startup.Ready ready(String properties, String... options) {
        if (startup(properties, options) instanceof Startup.Ready ready) {
            return ready;
        }
        throw new AssertionError(startup(properties, options).toString());
    }

    public static ShopConfig config(String properties) {
        return ready(properties).config();
    }

    public static Startup.Rejected rejected(String properties, String... options) {
        if (startup(properties, options) instanceof Startup.Rejected rejected) {
            return rejected;
        }
        throw new AssertionError("The configuration was accepted: " + properties);
    }
}
