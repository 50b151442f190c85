package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

final class PostgresRightsTest extends ServerRightsRules {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server = TestServers.postgres();
    private final String clerk = "clerk_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    private String url = "";

    @Override
    DataSource owner() {
        url = server.freshUrl();
        return TestDatabases.at(url);
    }

    private DataSource as(String user) {
        return TestDatabases.at(
                url.replaceAll("([?&]user=)[^&]*", "$1" + user).replaceAll("([?&]password=)[^&]*", "$1hush-hush"));
    }

    @Override
    DataSource clerk(DataSource database) {
        TestDatabases.execute(database, "CREATE USER " + clerk + " PASSWORD 'hush-hush'");
        TestDatabases.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        return as(clerk);
    }

    /** The server that tests bring along believes every password, so it is the user that is wrong. */
    @Override
    DataSource impostor(DataSource database) {
        return as("nobody");
    }

    @Override
    void grant(DataSource database, String rights, String table) {
        TestDatabases.execute(database, "GRANT " + rights + " ON " + table + " TO " + clerk);
    }

    @Override
    String narrow(String table, String column, String type) {
        return "ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE " + type;
    }
}
