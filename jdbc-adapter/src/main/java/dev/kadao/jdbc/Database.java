package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database found fit for use: its dialect, names of tables, transactions and clock. */
record Database(DataSource dataSource, Dialect dialect, TableNames names, Transactions transactions, StoreClock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(1);

    /** Looks at the database, refuses unsafe settings and prepares the tables. */
    static Database open(DataSource dataSource, SchemaMode mode, TableNames names, @Nullable InstantSource clock) {
        return open(dataSource, mode, names, clock, InstantSource.system());
    }

    /** @param machine this machine's clock, which is only compared with the database's */
    static Database open(
            DataSource dataSource,
            SchemaMode mode,
            TableNames names,
            @Nullable InstantSource clock,
            InstantSource machine) {
        try {
            Dialect dialect;
            boolean autoCommit;
            boolean shielded;
            SingleWriter writer;
            DataSourceCheck.refuseKnown(dataSource);
            try (Connection connection = dataSource.getConnection()) {
                dialect = new NamedDialect(dialectOf(connection), names);
                DataSourceCheck.refuseShared(dataSource, connection, dialect);
                autoCommit = connection.getAutoCommit();
                dialect.refuseUnsafeSettings(connection);
                shielded = dialect.suffersFromInterrupts(connection);
                writer = SingleWriter.of(dialect.bearsOneWriter(connection));
            }
            Transactions transactions = new Transactions(dataSource, dialect, autoCommit, shielded, writer);
            new Schema(dialect, names, transactions).prepare(mode);
            if (clock == null) {
                compareClocks(transactions, machine);
            }
            return new Database(
                    dataSource,
                    dialect,
                    names,
                    transactions,
                    clock == null ? StoreClock.ofDatabase() : StoreClock.of(clock));
        } catch (SQLException e) {
            throw StartFailure.thrown(e, names);
        }
    }

    /** The store goes by the database's clock alone; but who signs requests on this machine goes by this one's. */
    private static void compareClocks(Transactions transactions, InstantSource machine) throws SQLException {
        Instant before = machine.instant();
        Instant database = transactions.read(StoreClock.ofDatabase()::now);
        Duration ahead = Duration.between(database, before);
        if (ahead.abs().compareTo(CLOCKS_MAY_DIFFER) > 0) {
            LOG.warn(
                    "This machine's clock says {}, the database's says {}: {} seconds apart. Deadlines go by the"
                            + " database's clock; gateways and suppliers that check this machine's times may refuse"
                            + " its requests. Have both set by one time service (NTP).",
                    before.truncatedTo(ChronoUnit.SECONDS),
                    database.truncatedTo(ChronoUnit.SECONDS),
                    ahead.abs().toSeconds());
        }
    }

    static Dialect dialectOf(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (product.equals(PostgresDialect.PRODUCT)) {
            return PostgresDialect.of(connection);
        }
        if (MariaDbDialect.speaksTo(product)) {
            return MariaDbDialect.of(connection);
        }
        if (product.equals(H2Dialect.PRODUCT) && connection.getMetaData().getDatabaseMajorVersion() >= 2) {
            return new H2Dialect();
        }
        throw new UnusableDatabaseException("The database is " + product + " "
                + connection.getMetaData().getDatabaseProductVersion()
                + "; Kadao knows H2 2.2, PostgreSQL 13, MariaDB 10.6 and MySQL 8.0, and newer ones. Use one of these.");
    }
}
