package dev.kadao.examples.cardshop.demo;

import java.sql.SQLException;
import java.util.List;

/** How the demo's gateway and supplier are told to behave; kept over restarts. */
final class DemoModes {
    static final String GATEWAY = "gateway";
    static final String SUPPLIER = "supplier";

    /** {@code down}: questions are answered with 503. {@code declines-refunds}: every refund is a definite no. */
    static final List<String> OF_GATEWAY = List.of("normal", "down", "declines-refunds");

    /**
     * {@code slow}: processing, done later by a notice. {@code loses-answers}: the work is done, the answer is a 500.
     * {@code down}: nothing is done, 503.
     */
    static final List<String> OF_SUPPLIER =
            List.of("normal", "slow", "loses-answers", "declines-order", "declines-all", "partial", "no-proof", "down");

    private DemoModes() {}

    static String of(String who, DemoTables.Tables tables) throws SQLException {
        return tables.readOne("select mode from demo_mode where name = ?", row -> row.getString(1), who)
                .orElse("normal");
    }

    static void set(String who, String mode, DemoTables.Tables tables) throws SQLException {
        // Deleted first: the databases differ in how one says "insert or update".
        tables.write("delete from demo_mode where name = ?", who);
        tables.write("insert into demo_mode (name, mode) values (?, ?)", who, mode);
    }
}
