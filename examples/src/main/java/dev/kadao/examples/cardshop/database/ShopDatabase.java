package dev.kadao.examples.cardshop.database;

import com.zaxxer.hikari.HikariConfig;
import dev.kadao.examples.cardshop.config.JdbcAddress;
import dev.kadao.examples.cardshop.folder.DataFolder;
import dev.kadao.order.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the shop's database is, and connections to it. */
public final class ShopDatabase {
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** A server that fell silent is given up after this; no statement of the shop takes as long. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    private static final int MOST_CONNECTIONS_EMBEDDED = 24;
    private static final int MOST_CONNECTIONS_TO_SERVER = 16;
    private static final int KEPT_CONNECTIONS = 2;
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(15);

    private final DataSource connections;
    private final String shown;
    private final boolean isServer;

    private ShopDatabase(DataSource connections, String shown, boolean isServer) {
        this.connections = connections;
        this.shown = shown;
        this.isServer = isServer;
    }

    /**
     * The H2 database of the data folder. WRITE_DELAY=0 because without it a killed process loses commits that were
     * acknowledged, and async because a thread that is interrupted within the other kinds of files closes the database
     * for all of them. No trace file, since statements may stand in it that hold what buyers wrote. All connections of one process must give the same settings.
     */
    public static ShopDatabase embedded(DataFolder folder) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:async:" + folder.path().toAbsolutePath().normalize().resolve("shop")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        return new ShopDatabase(h2, "the database in the data folder " + folder.path(), false);
    }

    /**
     * A database on a server, over the driver's own data source: what goes through the driver manager puts the whole
     * URL, with a password in it, into its messages. Nothing is connected yet.
     *
     * @throws Unusable if the driver cannot read the URL
     */
    public static ShopDatabase at(JdbcAddress address) throws Unusable {
        try {
            DataSource connections = switch (address.kind()) {
                case POSTGRESQL -> postgres(address);
                case MARIADB -> mariadb(address);
            };
            return new ShopDatabase(connections, "the database at " + address.shown(), true);
        } catch (SQLException | RuntimeException e) {
            // Both drivers put the URL into what they say, so nothing of it is passed on.
            throw new Unusable("jdbc-url begins with " + address.shown() + ", but "
                    + address.kind().name().toLowerCase(Locale.ROOT)
                    + "'s driver cannot read it; check its host, port and parameters.");
        }
    }

    private static DataSource postgres(JdbcAddress address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        String url = with(address.url().expose(), "connectTimeout", CONNECT_LIMIT.toSeconds());
        source.setUrl(with(url, "socketTimeout", SILENCE_LIMIT.toSeconds()));
        source.setTcpKeepAlive(true);
        address.user().ifPresent(source::setUser);
        address.password().map(Secret::expose).ifPresent(source::setPassword);
        return source;
    }

    private static DataSource mariadb(JdbcAddress address) throws SQLException {
        String url = with(address.url().expose(), "connectTimeout", CONNECT_LIMIT.toMillis());
        MariaDbDataSource source = new MariaDbDataSource(with(url, "socketTimeout", SILENCE_LIMIT.toMillis()));
        if (address.user().isPresent()) {
            source.setUser(address.user().get());
        }
        if (address.password().isPresent()) {
            source.setPassword(address.password().get().expose());
        }
        return source;
    }

    /** The URL with this parameter, unless it has one of that name. */
    private static String with(String url, String name, long value) {
        boolean isThere = url.matches("(?i).*[?&]" + name + "=.*");
        return isThere ? url : url + (url.contains("?") ? "&" : "?") + name + "=" + value;
    }

    /** The database cannot be used; the message names it, without its password, and says what to do. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        public Unusable(String message) {
            super(message);
        }
    }

    /**
     * Looks whether the database is there.
     *
     * @throws Unusable if nobody answers or lets us in
     */
    public void check() throws Unusable {
        try (Connection connection = connections.getConnection()) {
            connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new Unusable(ConnectFailure.sentence(this, e));
        }
    }

    /** New connections, each closed for good by its user. */
    public DataSource connections() {
        return connections;
    }

    /** A server may serve other processes, too. */
    public boolean isServer() {
        return isServer;
    }

    /**
     * A pool over it. On a server, a process takes at most {@value #MOST_CONNECTIONS_TO_SERVER} connections at a time and
     * keeps {@value #KEPT_CONNECTIONS} when idle, so that several shops fit into the server's own limit.
     */
    public HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("shop");
        pool.setDataSource(connections);
        pool.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        pool.setMaximumPoolSize(isServer ? MOST_CONNECTIONS_TO_SERVER : MOST_CONNECTIONS_EMBEDDED);
        if (isServer) {
            pool.setMinimumIdle(KEPT_CONNECTIONS);
            pool.setIdleTimeout(IDLE_LIMIT.toMillis());
            pool.setMaxLifetime(CONNECTION_LIFE.toMillis());
        }
        return pool;
    }

    /** How messages name it: without user and password, and to begin a sentence with, {@code The database …}. */
    @Override
    public String toString() {
        return shown;
    }
}
