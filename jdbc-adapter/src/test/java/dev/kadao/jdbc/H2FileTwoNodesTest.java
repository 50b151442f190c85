package dev.kadao.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Two shops in one process: H2 in a file has one writer. */
final class H2FileTwoNodesTest extends TwoNodesRules {
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
