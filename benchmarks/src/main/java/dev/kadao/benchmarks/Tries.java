package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions by hand: rolled back and begun again where the database broke them off. */
final class Tries {
    private static final int MOST = 20;

    private final DataSource dataSource;

    Tries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is done within one transaction. */
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    void inTransaction(Work work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    work.on(connection);
                    connection.commit();
                    return;
                } catch (SQLException e) {
                    connection.rollback();
                    if (attempt == MOST) {
                        throw e;
                    }
                }
            }
        }
    }
}
