package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Fresh H2 databases and what tests put into them. */
final class TestDatabases {
    private TestDatabases() {}

    static DataSource inMemory() {
        return at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    static DataSource inFile(Path folder) {
        return at("jdbc:h2:async:" + folder.resolve("kadao").toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
    }

    static DataSource at(String url) {
        return new UrlDataSource(url);
    }

    static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The first column of the first row. */
    static String ask(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? found.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    static MasterKeyCipher cipher() {
        return cipher(7);
    }

    static MasterKeyCipher cipher(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return MasterKeyCipher.of(key);
    }

    static InputStream text(String... lines) {
        return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    static ImportResult importKeys(JdbcKeyInventory inventory, String sku, List<Secret> keys) {
        String text = keys.stream().map(Secret::expose).collect(Collectors.joining("\n"));
        return inventory.importKeys(sku, text(text), "test", "test");
    }
}
