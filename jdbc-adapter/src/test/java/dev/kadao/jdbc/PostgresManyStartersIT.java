package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServers;

final class PostgresManyStartersIT extends ManyStartersRules {
    @Override
    String freshUrl() {
        return TestServers.postgres().freshUrl();
    }

    @Override
    String files() {
        return "postgresql";
    }
}
