package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What differs between databases: the text of every statement, the tables, and the settings of a connection. */
interface Dialect {

    /** The whole text of a statement, with {@code ?} for its arguments in the order that {@link Query} names. */
    String text(Query query);

    /** How statements for many rows are run; their texts are written accordingly. */
    ManyRows manyRows();

    /**
     * Locks free keys for this transaction, as many of each SKU as are wanted or fewer.
     *
     * @param now keys that are expired by then are left where they are
     * @param patiently whether to wait for keys that another transaction has locked; else these are passed over
     */
    default FreeKeys lockFreeKeys(Session session, SortedMap<String, Integer> wanted, Instant now, boolean patiently)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        wanted.forEach((sku, number) -> rows.add(Session.row(sku, Micros.of(now), number)));
        FreeKeys found = new FreeKeys();
        session.listRows(
                patiently ? Query.FREE_KEY_LOCK_PATIENTLY : Query.FREE_KEY_LOCK,
                row -> {
                    found.add(row.getString(1), row.getString(2));
                    found.sawQueue(row.getBoolean(3));
                    return true;
                },
                rows);
        return found;
    }

    /** Writes collected rows, in one statement or in several. */
    default void write(Session session, Changes changes) throws SQLException {
        session.updateAllRows(Query.FREE_KEY_DELETE, changes.rows(Query.FREE_KEY_DELETE));
        session.updateAllRows(Query.RESERVATION_INSERT, changes.rows(Query.RESERVATION_INSERT));
        session.updateAllRows(Query.KEY_BIND, changes.rows(Query.KEY_BIND));
        session.updateAllRows(Query.CHECKOUT_INSERT, changes.rows(Query.CHECKOUT_INSERT));
        session.updateAllRows(Query.CHECKOUT_WRITE, changes.rows(Query.CHECKOUT_WRITE));
        session.updateAllRows(Query.JOURNAL_INSERT, changes.rows(Query.JOURNAL_INSERT));
        IndexDifference.write(session, changes);
        List<@Nullable Object[]> notices = changes.rows(Query.NOTICE_WRITE);
        if (!notices.isEmpty()) {
            // One that is applied already stays as it is: the count says nothing.
            session.updateRows(Query.NOTICE_WRITE, notices);
        }
    }

    /** The statements that create what is missing; each may be run again without harm. */
    List<String> schema();

    /**
     * The statements that bring the tables from the version before to this one; each may be run again without harm.
     * {@link SchemaVersion} lists the versions and says what a step may do.
     */
    List<String> stepTo(int version);

    /** A text that is no {@link Query}, with the names of this installation's tables. */
    default String named(String text) {
        return text;
    }

    /**
     * Waits until no other starter changes the tables of that name, and keeps others out until the transaction and
     * {@link #endMigration} are over. Nothing where the statements may be run by several at once.
     */
    default void beginMigration(Connection connection, String name) throws SQLException {}

    default void endMigration(Connection connection, String name) throws SQLException {}

    /** Refuses settings with which acknowledged orders would be lost or ids mixed up. */
    void refuseUnsafeSettings(Connection connection) throws SQLException;

    /** Whether interrupting a thread inside this database's driver could close the database for the whole process. */
    boolean suffersFromInterrupts(Connection connection) throws SQLException;

    /** The name of this database if it loses commits unless one transaction at a time writes to it. */
    default @Nullable String bearsOneWriter(Connection connection) throws SQLException {
        return null;
    }

    /**
     * Sets a connection up for one transaction, which has not begun yet: at READ COMMITTED, or reading one moment
     * throughout.
     *
     * @return what puts the connection back after that transaction, and the time if it cost nothing to ask
     */
    Begun begin(Connection connection, Borrowed.Manner manner) throws SQLException;

    /**
     * How a transaction begins.
     *
     * @param nowMicros the database's own time; null if it was not asked
     */
    record Begun(Undo undo, @Nullable Long nowMicros) {
        static Begun with(Undo undo) {
            return new Begun(undo, null);
        }
    }

    /** Puts a connection back as it was. */
    interface Undo {
        void run() throws SQLException;
    }

    /** The character that comes after all others in the order in which this database compares texts. */
    String lastCharacter();
}
