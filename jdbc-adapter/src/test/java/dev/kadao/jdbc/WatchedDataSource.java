package dev.kadao.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Counts what goes to the database, and lets a test stand in front of each statement and each COMMIT. */
final class WatchedDataSource implements DataSource {
    final AtomicInteger statements = new AtomicInteger();
    final AtomicInteger commits = new AtomicInteger();
    /** How many connections are handed out and not closed. */
    final AtomicInteger out = new AtomicInteger();

    volatile Runnable beforeCommit = () -> {};
    volatile Before beforeStatement = () -> {};

    /** What comes first; it may fail in the database's place. */
    interface Before {
        void run() throws SQLException;
    }

    private final DataSource real;

    WatchedDataSource(DataSource real) {
        this.real = real;
    }

    void reset() {
        statements.set(0);
        commits.set(0);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return handedOut(real.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return handedOut(real.getConnection(user, password));
    }

    private Connection handedOut(Connection connection) {
        out.incrementAndGet();
        return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T target) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (method.getName().equals("commit")) {
                beforeCommit.run();
                commits.incrementAndGet();
            } else if (method.getName().startsWith("execute")) {
                statements.incrementAndGet();
                beforeStatement.run();
            } else if (target instanceof Connection && method.getName().equals("close")) {
                out.decrementAndGet();
            }
            try {
                Object result = method.invoke(target, arguments);
                if (result instanceof PreparedStatement statement) {
                    return proxy(PreparedStatement.class, statement);
                }
                return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        real.setLogWriter(writer);
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
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
