package dev.kadao.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class H2ReviewTest extends ReviewRules {
    @TempDir
    private Path folder;

    private DataSource database;

    @Override
    DataSource database() {
        if (database == null) {
            database = TestDatabases.inFile(folder);
        }
        return database;
    }

    @Override
    @AfterEach
    void close() throws Exception {
        super.close();
        TestDatabases.execute(database, "SHUTDOWN");
    }
}
