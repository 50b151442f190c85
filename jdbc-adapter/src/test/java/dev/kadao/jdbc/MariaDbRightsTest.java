package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

final class MariaDbRightsTest extends ServerRightsRules {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server = TestServers.mariadb();
    private final String clerk = "clerk_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    private String url = "";

    @Override
    DataSource owner() {
        url = server.freshUrl();
        return TestDatabases.at(url);
    }

    private DataSource as(String password) {
        return TestDatabases.at(
                url.replaceAll("([?&]user=)[^&]*", "$1" + clerk).replaceAll("([?&]password=)[^&]*", "$1" + password));
    }

    @Override
    DataSource clerk(DataSource database) {
        TestDatabases.execute(database, "CREATE USER " + clerk + "@'%' IDENTIFIED BY 'clerk'");
        String name = TestDatabases.ask(database, "SELECT DATABASE()");
        // Enough to connect to the database, and no right on any table.
        TestDatabases.execute(database, "GRANT SHOW VIEW ON " + name + ".* TO " + clerk + "@'%'");
        return as("clerk");
    }

    @Override
    DataSource impostor(DataSource database) {
        return as("hush-hush");
    }

    @Override
    void grant(DataSource database, String rights, String table) {
        TestDatabases.execute(database, "GRANT " + rights + " ON " + table + " TO " + clerk + "@'%'");
    }

    @Override
    String narrow(String table, String column, String type) {
        return "ALTER TABLE " + table + " MODIFY COLUMN " + column + " " + type + " NOT NULL";
    }
}
