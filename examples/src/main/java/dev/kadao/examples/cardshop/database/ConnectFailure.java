package dev.kadao.examples.cardshop.database;

import java.sql.SQLException;

/** What stands between the shop and its database, in words for the person who starts it. */
final class ConnectFailure {
    private ConnectFailure() {}

    /** Drivers name hosts and users in what they say, and no passwords. */
    static String sentence(ShopDatabase database, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String cure = switch (failure.getErrorCode()) {
            case 1045 -> refused();
            case 1044 -> noRight();
            case 1049 -> noDatabase();
            default -> ofState(state);
        };
        String said =
                String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
        return "It was not possible to connect to " + database + " (" + said + "); " + cure;
    }

    private static String ofState(String state) {
        if (state.startsWith("28")) {
            return refused();
        }
        if (state.equals("3D000")) {
            return noDatabase();
        }
        if (state.equals("42501")) {
            return noRight();
        }
        if (state.equals("53300")) {
            return "the server has no connection left: raise its limit or stop other clients.";
        }
        return "check that the server runs and that host and port in jdbc-url are right, and start the shop again.";
    }

    private static String refused() {
        return "check jdbc-user and jdbc-password, or user and password in jdbc-url.";
    }

    private static String noRight() {
        return "grant the user of jdbc-user all rights on that database.";
    }

    private static String noDatabase() {
        return "create that database on the server or name another one in jdbc-url; the shop makes its tables itself.";
    }
}
