package prosa.adapter.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Connections to a real file whose disk fails as a test wishes. The wishes may be set on any thread. */
final class FaultyDisk implements Connections {
    /** What becomes of a commit. */
    enum Commit {
        DONE,
        /** Nothing is written. */
        FAILS,
        /** All is written, and yet an error comes back. */
        DONE_BUT_FAILS
    }

    private final Connections real;
    volatile Commit commit = Commit.DONE;
    volatile boolean opens = true;

    /** A setting of SQLite's own that takes effect when the next transaction begins: what it refuses, SQLite itself refuses. */
    volatile String pragma = "PRAGMA query_only = OFF";

    /** Whether the file can be written anew. */
    volatile boolean vacuums = true;

    FaultyDisk(Path file) {
        this.real = Connections.to(file);
    }

    @Override
    public Connection open() throws SQLException {
        if (!opens) {
            throw new SQLException("planted: can't be opened");
        }
        Connection connection = real.open();
        return proxy(Connection.class, (self, method, arguments) -> {
            Object result = invoke(method, connection, arguments);
            if (method.getName().equals("createStatement") && !vacuums) {
                return withoutVacuum((Statement) result);
            }
            return method.getName().equals("prepareStatement")
                    ? statement(connection, (PreparedStatement) result, (String) arguments[0])
                    : result;
        });
    }

    private static Statement withoutVacuum(Statement statement) {
        return proxy(Statement.class, (self, method, arguments) -> {
            if (arguments != null && "VACUUM".equals(arguments[0])) {
                throw new SQLException("planted: no room for a copy");
            }
            return invoke(method, statement, arguments);
        });
    }

    private PreparedStatement statement(Connection connection, PreparedStatement statement, String sql) {
        return switch (sql) {
            case "BEGIN IMMEDIATE" ->
                proxy(PreparedStatement.class, (self, method, arguments) -> {
                    if (method.getName().equals("execute")) {
                        try (Statement setting = connection.createStatement()) {
                            setting.execute(pragma);
                        }
                    }
                    return invoke(method, statement, arguments);
                });
            case "COMMIT" ->
                proxy(PreparedStatement.class, (self, method, arguments) -> {
                    Commit wish = method.getName().equals("execute") ? commit : Commit.DONE;
                    Object result = wish == Commit.FAILS ? null : invoke(method, statement, arguments);
                    if (wish != Commit.DONE) {
                        throw new SQLException("planted: the commit fails");
                    }
                    return result;
                });
            default -> statement;
        };
    }

    private static Object invoke(java.lang.reflect.Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
