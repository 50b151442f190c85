package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A dialect in whose texts the tables have the names of one installation: the one place where {@link TableNames} meet
 * SQL. Each text is put together once, when the dialect is made.
 */
final class NamedDialect implements Dialect {
    private static final Pattern NAME = Pattern.compile("\\b" + TableNames.TOKEN + "(\\w+)");
    private static final Pattern TABLE =
            Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?" + TableNames.TOKEN + "(\\w+)");

    private final Dialect plain;
    private final TableNames names;
    private final Set<String> tables;
    private final Map<Query, String> texts = new EnumMap<>(Query.class);
    private final Map<String, String> named = new ConcurrentHashMap<>();

    NamedDialect(Dialect plain, TableNames names) {
        this.plain = plain;
        this.names = names;
        this.tables = found(TABLE, plain.schema().stream());
        refuseColliding();
        for (Query query : Query.values()) {
            texts.put(query, named(plain.text(query)));
        }
    }

    private static Set<String> found(Pattern pattern, Stream<String> statements) {
        return statements
                .flatMap(statement -> pattern.matcher(statement).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * With the prefix {@code kadao_free_} the table of keys would be called {@code kadao_free_key}, as the free keys are
     * with the prefix {@code kadao_}: creating it "if not exists" would silently take the other's.
     */
    private void refuseColliding() {
        Set<String> all = found(NAME, plain.schema().stream());
        for (String longer : all) {
            for (String shorter : all) {
                String between = longer.substring(0, Math.max(0, longer.length() - shorter.length()));
                if (!between.isEmpty()
                        && longer.endsWith(shorter)
                        && names.prefix().endsWith(between)) {
                    throw new InvalidValueException("The table prefix '" + names.prefix() + "' must not end in '"
                            + between + "': its " + shorter + " would be the " + longer + " of a shorter prefix."
                            + " Choose another.");
                }
            }
        }
    }

    /** Each text is named once: there is a small number of them, all constants. */
    @Override
    public String named(String text) {
        return named.computeIfAbsent(text, this::renamed);
    }

    /** Tables get schema and prefix; indexes and constraints lie where their table lies and get the prefix alone. */
    private String renamed(String text) {
        String inSchema = names.schema() == null ? "" : names.schema() + ".";
        return NAME.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            return (tables.contains(name) ? inSchema : "") + names.prefix() + name;
        });
    }

    TableNames names() {
        return names;
    }

    @Override
    public String text(Query query) {
        return Objects.requireNonNull(texts.get(query));
    }

    @Override
    public void write(Session session, Changes changes) throws SQLException {
        plain.write(session, changes);
    }

    @Override
    public ManyRows manyRows() {
        return plain.manyRows();
    }

    @Override
    public FreeKeys lockFreeKeys(Session session, SortedMap<String, Integer> wanted, Instant now, boolean patiently)
            throws SQLException {
        return plain.lockFreeKeys(session, wanted, now, patiently);
    }

    @Override
    public List<String> schema() {
        return plain.schema().stream().map(this::named).toList();
    }

    @Override
    public List<String> stepTo(int version) {
        return plain.stepTo(version).stream().map(this::named).toList();
    }

    @Override
    public void beginMigration(Connection connection, String name) throws SQLException {
        plain.beginMigration(connection, name);
    }

    @Override
    public void endMigration(Connection connection, String name) throws SQLException {
        plain.endMigration(connection, name);
    }

    @Override
    public void refuseUnsafeSettings(Connection connection) throws SQLException {
        plain.refuseUnsafeSettings(connection);
    }

    @Override
    public boolean suffersFromInterrupts(Connection connection) throws SQLException {
        return plain.suffersFromInterrupts(connection);
    }

    @Override
    public @Nullable String bearsOneWriter(Connection connection) throws SQLException {
        return plain.bearsOneWriter(connection);
    }

    @Override
    public Begun begin(Connection connection, Borrowed.Manner manner) throws SQLException {
        return plain.begin(connection, manner);
    }

    @Override
    public String lastCharacter() {
        return plain.lastCharacter();
    }
}
