package dev.kadao.jdbc;

import java.util.UUID;
import javax.sql.DataSource;

final class H2JoinedPlacingTest extends JoinedPlacingRules {
    @Override
    DataSource empty() {
        return TestDatabases.at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
    }
}
