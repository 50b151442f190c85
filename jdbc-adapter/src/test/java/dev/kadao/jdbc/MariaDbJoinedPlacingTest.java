package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;

final class MariaDbJoinedPlacingTest extends JoinedPlacingRules {
    @Override
    DataSource empty() {
        return TestServers.mariadb().freshPool();
    }
}
