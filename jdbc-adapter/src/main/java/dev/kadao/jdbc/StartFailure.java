package dev.kadao.jdbc;

import dev.kadao.order.KadaoException;
import dev.kadao.port.StoreException;
import java.sql.SQLException;

/** What stands in the way when a database is opened, in words that say what to do about it. */
enum StartFailure {
    LOGIN_REFUSED,
    MISSING_RIGHT,
    MISSING_SCHEMA,
    MISSING_TABLE,
    READ_ONLY,
    /** The table, column or index that a statement makes. */
    ALREADY_THERE,
    /** Nothing answers, or it has no such database; may pass by itself. */
    UNREACHABLE,
    OTHER;

    static StartFailure of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        StartFailure byCode = ofCode(failure.getErrorCode());
        if (byCode != OTHER) {
            return byCode;
        }
        return switch (state) {
            case "42501" -> MISSING_RIGHT;
            case "3F000" -> MISSING_SCHEMA;
            case "42P01", "42S02" -> MISSING_TABLE;
            case "25006" -> READ_ONLY;
            case "3D000" -> UNREACHABLE;
            default ->
                state.startsWith("28")
                        ? LOGIN_REFUSED
                        : SqlFailure.of(failure) == SqlFailure.CONNECTION ? UNREACHABLE : OTHER;
        };
    }

    /** PostgreSQL has no codes (always 0); H2's have five digits, MariaDB's and MySQL's four. */
    private static StartFailure ofCode(int code) {
        return switch (code) {
            case 1045 -> LOGIN_REFUSED;
            case 90040, 90096, 1044, 1142, 1143, 1227 -> MISSING_RIGHT;
            case 90079, 1049 -> MISSING_SCHEMA;
            case 42102, 42103, 42104, 1146 -> MISSING_TABLE;
            case 90097, 1290, 1792, 1836 -> READ_ONLY;
            case 1050, 1060, 1061 -> ALREADY_THERE;
            case 90013, 90146 -> UNREACHABLE;
            default -> OTHER;
        };
    }

    /** The exception with which opening ends. The data source's URL is not told: it may hold a password. */
    static KadaoException thrown(SQLException failure, TableNames names) {
        String said = " (The database said: " + failure.getMessage() + ")";
        return switch (of(failure)) {
            case LOGIN_REFUSED ->
                new UnusableDatabaseException(
                        "The database refuses the user or the password of the data source. Nothing was changed." + said,
                        failure);
            case MISSING_RIGHT ->
                new UnusableDatabaseException(
                        "The user of the data source lacks a right on the tables " + names
                                + ": SELECT, INSERT, UPDATE and DELETE on all of them are needed, and with"
                                + " SchemaMode.MIGRATE the rights to create and alter tables in that schema. Grant"
                                + " them, or run the statements that ddl() prints as another user and open with"
                                + " SchemaMode.VALIDATE."
                                + said,
                        failure);
            case MISSING_SCHEMA ->
                new UnusableDatabaseException(
                        "There is no schema (database) for the tables " + names
                                + ". Create it, and give the user of the data source rights in it; the tables are"
                                + " made by SchemaMode.MIGRATE, the schema is not."
                                + said,
                        failure);
            case READ_ONLY ->
                new UnusableDatabaseException(
                        "The database is read-only, as a replica is: Kadao writes with every step. Point the data"
                                + " source at the primary." + said,
                        failure);
            case UNREACHABLE ->
                new StoreException(
                        "The database cannot be reached. Check the JDBC URL (host, port, database name), that the"
                                + " server runs and that its driver is on the class path." + said,
                        true,
                        failure);
            case MISSING_TABLE, ALREADY_THERE, OTHER -> SqlFailure.thrown("it was opened", failure);
        };
    }
}
