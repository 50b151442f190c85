package dev.kadao.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/**
 * How far a piece of work on final checkouts has come, in their order by (final_at, id); kept in the database, so that no
 * run walks over what an earlier one has done. It is moved in the transaction of the work, by compare-and-set.
 *
 * @param name of its row among the meta data
 */
record FinalMark(String name) {

    /** A place in the order of final checkouts; times in microseconds. */
    record Place(long finalAt, String id) {
        static final Place START = new Place(0, "");

        private String text() {
            return finalAt + "/" + id;
        }

        private static Place of(String text) {
            int slash = text.indexOf('/');
            return new Place(Long.parseLong(text.substring(0, slash)), text.substring(slash + 1));
        }
    }

    Place read(Session session) throws SQLException {
        Optional<String> content = session.one(Query.META_READ, row -> row.getString(1), name);
        return content.map(Place::of).orElse(Place.START);
    }

    /** Answers whether nobody else moved it meanwhile; if somebody did, the work must be rolled back. */
    boolean move(Session session, Place from, Place to) throws SQLException {
        if (session.update(Query.META_UPDATE, to.text(), name, from.text()) == 1) {
            return true;
        }
        return from.equals(Place.START) && session.update(Query.META_INSERT, name, to.text()) == 1;
    }
}
