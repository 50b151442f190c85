package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database found fit for use: its dialect, transactions and clock. */
record Database(DataSource dataSource, Dialect dialect, Transactions transactions, StoreClock clock) {

    /** Looks at the database, refuses unsafe settings and prepares the tables. */
    static Database open(DataSource dataSource, SchemaMode mode, @Nullable InstantSource clock) {
        try {
            Dialect dialect;
            boolean shielded;
            try (Connection connection = dataSource.getConnection()) {
                dialect = dialectOf(connection);
                dialect.refuseUnsafeSettings(connection);
                shielded = dialect.suffersFromInterrupts(connection);
            }
            Transactions transactions = new Transactions(dataSource, dialect, shielded);
            new Schema(dialect, transactions).prepare(mode);
            return new Database(
                    dataSource, dialect, transactions, clock == null ? StoreClock.ofDatabase() : StoreClock.of(clock));
        } catch (SQLException e) {
            throw SqlFailure.thrown("it was opened", e);
        }
    }

    static Dialect dialectOf(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals(H2Dialect.PRODUCT) || connection.getMetaData().getDatabaseMajorVersion() < 2) {
            throw new UnusableDatabaseException("The database is " + product + " "
                    + connection.getMetaData().getDatabaseProductVersion()
                    + "; Kadao's tables are tested on H2 2.4 alone so far. Use a jdbc:h2: URL.");
        }
        return new H2Dialect();
    }
}
