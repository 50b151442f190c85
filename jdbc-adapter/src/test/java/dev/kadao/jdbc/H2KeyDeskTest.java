package dev.kadao.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class H2KeyDeskTest extends KeyDeskRules {
    @TempDir
    private Path folder;

    private DataSource opened;

    @Override
    DataSource empty() {
        opened = TestDatabases.inFile(folder);
        return opened;
    }

    @AfterEach
    void shutDown() {
        TestDatabases.execute(opened, "SHUTDOWN");
    }
}
