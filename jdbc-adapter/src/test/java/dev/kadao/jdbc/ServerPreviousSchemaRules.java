package dev.kadao.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** On a server, where the process with the previous library writes on while the tables are migrated under it. */
abstract class ServerPreviousSchemaRules extends PreviousSchemaRules {
    @Test
    void the_previous_library_goes_on_writing_while_the_tables_are_migrated() throws Exception {
        DataSource dataSource = versionOne();
        try (PreviousWriter writer = new PreviousWriter(dataSource, 0)) {
            waitFor(writer, 30);
            JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
            JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
            int during = writer.written();
            waitFor(writer, during + 30);
            everyCheckoutIsThere(store, during + 30);
        }
    }
}
