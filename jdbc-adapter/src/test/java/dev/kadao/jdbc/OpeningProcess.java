package dev.kadao.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Opens store and inventory when it is told to, and says so. */
final class OpeningProcess {
    private OpeningProcess() {}

    public static void main(String[] arguments) throws IOException {
        UrlDataSource dataSource = new UrlDataSource(arguments[0]);
        System.out.println("ready");
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        JdbcCheckoutStore.over(dataSource).open();
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
        // All have the same fingerprint key: what one imported is a duplicate to every other's batch.
        String batch = "b" + ProcessHandle.current().pid();
        ImportResult result = inventory.importKeys("a", TestDatabases.text("k1"), batch, "s");
        System.out.println("imported " + result.imported() + " duplicates " + result.duplicates());
    }
}
