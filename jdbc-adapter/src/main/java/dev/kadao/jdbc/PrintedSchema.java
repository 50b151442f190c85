package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/** What {@link SchemaMode#MIGRATE} runs, as a text for people who run it by hand. */
final class PrintedSchema {
    private PrintedSchema() {}

    /** @param from the version that the tables have, 0 for none */
    static String from(int from, Dialect dialect) {
        int newest = SchemaVersion.CURRENT.number();
        if (from < 0 || from > newest) {
            throw new InvalidValueException(
                    "no statements lead from schema " + from + ": this library knows 0 (no tables) to " + newest);
        }
        List<String> statements = from == 0 ? whole(dialect) : steps(from, dialect);
        return statements.isEmpty() ? "" : String.join(";\n\n", statements) + ";\n";
    }

    private static List<String> whole(Dialect dialect) {
        List<String> statements = new ArrayList<>(dialect.schema());
        statements.add(dialect.named(insert(Schema.OLDEST_USER, SchemaVersion.CURRENT.oldestUser())));
        statements.add(dialect.named(insert(Schema.REACHED, SchemaVersion.CURRENT.number())));
        return statements;
    }

    private static List<String> steps(int from, Dialect dialect) {
        List<String> statements = new ArrayList<>();
        SchemaVersion before = SchemaVersion.ALL.get(from - 1);
        for (SchemaVersion version : SchemaVersion.after(from)) {
            List<String> step = new ArrayList<>(dialect.stepTo(version.number()));
            step.add(dialect.named(
                    before.number() == 1
                            ? insert(Schema.REACHED, version.number())
                            : update(Schema.REACHED, version.number())));
            if (version.oldestUser() > before.oldestUser()) {
                step.add(dialect.named(update(Schema.OLDEST_USER, version.oldestUser())));
            }
            step.set(0, "-- version " + version.number() + ": " + dialect.named(version.brings()) + "\n" + step.get(0));
            statements.addAll(step);
            before = version;
        }
        return statements;
    }

    private static String insert(String name, int version) {
        return "INSERT INTO kadao_meta (name, content) VALUES ('" + name + "', '" + version + "')";
    }

    private static String update(String name, int version) {
        return "UPDATE kadao_meta SET content = '" + version + "' WHERE name = '" + name + "'";
    }
}
