package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServers;

final class MariaDbManyStartersIT extends ManyStartersRules {
    @Override
    String freshUrl() {
        return TestServers.mariadb().freshUrl();
    }

    @Override
    String files() {
        return "mariadb";
    }
}
