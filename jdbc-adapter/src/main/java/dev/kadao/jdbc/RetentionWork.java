package dev.kadao.jdbc;

import java.sql.SQLException;

/** One kind of work that a run of {@link JdbcRetention} does, a bounded transaction at a time. */
interface RetentionWork {
    /** Does one batch in a transaction of its own; answers whether there may be more. */
    boolean runBatch() throws SQLException;

    /** How many rows were changed so far. */
    long done();
}
