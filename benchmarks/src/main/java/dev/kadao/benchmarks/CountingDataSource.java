package dev.kadao.benchmarks;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts what goes to the database. Too slow to be measured through: counts are taken in a pass of their own. */
final class CountingDataSource implements DataSource {
    private final DataSource real;
    private final LongAdder statements = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final Map<String, AtomicLong> others = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> texts = new ConcurrentHashMap<>();

    CountingDataSource(DataSource real) {
        this.real = real;
    }

    /** Since the last reset: executions (a batch is one), commits, and calls that may cost a round trip of their own. */
    record Counts(long statements, long commits, Map<String, Long> others, Map<String, Long> texts) {}

    Counts counts() {
        return new Counts(statements.sum(), commits.sum(), values(others), values(texts));
    }

    private static Map<String, Long> values(Map<String, AtomicLong> counted) {
        return counted.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get()));
    }

    void reset() {
        statements.reset();
        commits.reset();
        others.clear();
        texts.clear();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, real.getConnection(), null);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return proxy(Connection.class, real.getConnection(user, password), null);
    }

    private <T> T proxy(Class<T> type, T target, @Nullable String text) {
        InvocationHandler handler = (self, method, arguments) -> {
            count(method.getName(), text, arguments);
            try {
                Object result = method.invoke(target, arguments);
                if (result instanceof PreparedStatement statement) {
                    return proxy(PreparedStatement.class, statement, String.valueOf(arguments[0]));
                }
                return result instanceof Statement statement ? proxy(Statement.class, statement, null) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void count(String method, @Nullable String text, Object @Nullable [] arguments) {
        if (method.startsWith("execute")) {
            statements.increment();
            String said = text != null || arguments == null || arguments.length == 0 ? text : arguments[0].toString();
            add(texts, String.valueOf(said).replaceAll("\\s+", " "));
        } else if (method.equals("commit")) {
            commits.increment();
        } else if (method.equals("rollback")
                || method.equals("setAutoCommit")
                || method.endsWith("TransactionIsolation")
                || method.endsWith("ReadOnly")) {
            add(others, method);
        }
    }

    private static void add(Map<String, AtomicLong> counters, String name) {
        counters.computeIfAbsent(name, any -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("a counting data source is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
