package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables lie and what their names begin with: {@code kadao_} in the connection's own schema unless told
 * otherwise. A store and an inventory share a commit only if these are equal, letter by letter.
 *
 * <p>Both names are taken as they are and written without quotes, so the database decides about upper and lower case:
 * PostgreSQL makes them lower case, H2 upper case; MariaDB and MySQL keep them, and on most servers tell {@code Shop_}
 * from {@code shop_}. Lower case throughout reads the same everywhere. A schema whose name was given in quotes when it
 * was made, and is spelt in a case that the database does not choose by itself, cannot be named here.
 *
 * @param prefix replaces {@code kadao_} in every table, index and constraint, so several installations may share a schema
 * @param schema the schema (on MariaDB and MySQL: the database), which must be there; null: the connection's own
 */
public record TableNames(String prefix, @Nullable String schema) {
    /** What every name in the statements' texts begins with. */
    static final String TOKEN = "kadao_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,30}");

    /** @throws InvalidValueException if a name is not a letter or underscore, then up to 30 of these or digits */
    public TableNames {
        check("table prefix", prefix);
        if (schema != null) {
            check("schema name", schema);
        }
    }

    /** {@code kadao_checkout} and so on, in the connection's own schema. */
    public static TableNames standard() {
        return new TableNames(TOKEN, null);
    }

    /** With {@code shop_}: {@code shop_checkout} and so on, in the connection's own schema. */
    public static TableNames prefixed(String prefix) {
        return new TableNames(prefix, null);
    }

    /** The same names in that schema. */
    public TableNames inSchema(String name) {
        return new TableNames(prefix, name);
    }

    /** As people read it: {@code kadao.shop_*}. */
    @Override
    public String toString() {
        return (schema == null ? "" : schema + ".") + prefix + "*";
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException("The " + what + " '" + name + "' does not match " + NAME.pattern()
                    + ": it stands in statements without quotes. Use letters, digits and underscores, at most 31.");
        }
    }
}
