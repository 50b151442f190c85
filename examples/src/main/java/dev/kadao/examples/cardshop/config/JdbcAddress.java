package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database server that the shop uses in place of its embedded database.
 *
 * @param url may hold a password among its parameters, so it is a secret as a whole
 * @param shown the URL without its parameters, for messages
 */
public record JdbcAddress(Kind kind, Secret url, String shown, Optional<String> user, Optional<Secret> password) {
    private static final Pattern URL =
            Pattern.compile("(jdbc:(postgresql|mariadb)(?::[a-z-]+)?://[^/?#@\\s]+/[^/?#@\\s]+)(\\?\\S*)?");
    private static final String RULE = "it must be such as jdbc:postgresql://host:5432/database or"
            + " jdbc:mariadb://host:3306/database, with user and password in jdbc-user and jdbc-password. (What it is"
            + " now is not repeated here: it may hold a password.)";

    /** Whose driver speaks to it. */
    public enum Kind {
        POSTGRESQL,
        MARIADB
    }

    /** What the settings say; a problem of theirs is told without any value. */
    static Optional<JdbcAddress> read(Settings settings) {
        Optional<String> url = settings.text("jdbc-url");
        Optional<String> user = settings.text("jdbc-user");
        Optional<Secret> password = settings.secret("jdbc-password");
        if (url.isEmpty()) {
            if (user.isPresent()) {
                settings.problem("jdbc-user is set, but jdbc-url is not; set both, or neither to use --data.");
            }
            if (password.isPresent()) {
                settings.problem("jdbc-password is set, but jdbc-url is not; set both, or neither to use --data.");
            }
            return Optional.empty();
        }
        Matcher parts = URL.matcher(url.get());
        if (!parts.matches()) {
            settings.problem("jdbc-url is not acceptable; " + hint(url.get()) + RULE);
            return Optional.empty();
        }
        Kind kind = parts.group(2).equals("postgresql") ? Kind.POSTGRESQL : Kind.MARIADB;
        return Optional.of(new JdbcAddress(kind, Secret.of(url.get()), parts.group(1), user, password));
    }

    private static String hint(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return "leave it out to use the embedded database of --data; otherwise ";
        }
        return url.startsWith("jdbc:mysql:") ? "MariaDB's driver, which speaks to MySQL too, is there; " : "";
    }
}
