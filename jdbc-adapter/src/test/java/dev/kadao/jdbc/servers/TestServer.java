package dev.kadao.jdbc.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server on which each test makes a database of its own. Thread-safe. */
public final class TestServer {
    private static final Pattern URL = Pattern.compile("(jdbc:[a-z]+://[^/?]+)/([^?]*)(\\?.*)?");
    private static final AtomicLong COUNT = new AtomicLong();

    private final String server;
    private final String options;
    private final String url;
    private final Queue<String> databases = new ConcurrentLinkedQueue<>();

    TestServer(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + url.replaceAll("\\?.*", "?…")
                    + "' is not the URL of a server; write jdbc:postgresql://host:port/database?user=…&password=…"
                    + " or jdbc:mariadb://host:port/?user=…&password=…");
        }
        this.url = url;
        this.server = parts.group(1);
        this.options = parts.group(3) == null ? "" : parts.group(3);
    }

    /** The server itself, with a user who may do everything. */
    public String url() {
        return url;
    }

    /** Creates an empty database and answers its URL. */
    public String freshUrl() {
        String name = "kadao_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        execute("CREATE DATABASE " + name);
        databases.add(name);
        return url(name, "");
    }

    /** The URL of a database of this server; {@code more} are further settings, each as {@code &name=value}. */
    public String url(String database, String more) {
        String all = options + more;
        return server + "/" + database + (all.startsWith("&") ? "?" + all.substring(1) : all);
    }

    /** A pool over an empty database of its own. Close it when the test is over. */
    public HikariDataSource freshPool() {
        return pool(freshUrl());
    }

    /** A pool over a database that is there. */
    public static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(40);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(30_000);
        return new HikariDataSource(config);
    }

    /** Runs a statement on the server, outside the databases of the tests. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the test server failed at: " + sql, e);
        }
    }

    /** Drops the databases made here; one that is still in use stays. */
    void dropAll() {
        for (String name = databases.poll(); name != null; name = databases.poll()) {
            try {
                execute("DROP DATABASE " + name);
            } catch (IllegalStateException e) {
                System.err.println("database " + name + " stays on the server: " + e.getCause());
            }
        }
    }
}
