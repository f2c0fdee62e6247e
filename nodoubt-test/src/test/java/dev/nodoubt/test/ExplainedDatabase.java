package dev.nodoubt.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that tells how it is about to execute each prepared statement, with the very parameters. */
final class ExplainedDatabase {

    private final DataSource database;
    private final BiConsumer<String, String> plans;

    private record Binding(Method method, List<Object> arguments) {}

    /** @param plans takes a statement and its plan */
    ExplainedDatabase(DataSource database, BiConsumer<String, String> plans) {
        this.database = database;
        this.plans = plans;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = call(database, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement && arguments != null
                    ? statement(connection, (String) arguments[0], statement)
                    : result;
        });
    }

    private PreparedStatement statement(Connection connection, String sql, PreparedStatement statement) {
        Map<Object, Binding> bindings = new TreeMap<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && arguments != null) {
                bindings.put(arguments[0], new Binding(method, Arrays.asList(arguments)));
            } else if (name.startsWith("execute") || name.equals("addBatch")) {
                explain(connection, sql, bindings);
            }
            return call(statement, method, arguments);
        });
    }

    private void explain(Connection connection, String sql, Map<Object, Binding> bindings) throws Throwable {
        if (sql.startsWith("SET ")) {
            return;
        }
        if (connection.getAutoCommit()) {
            plan(connection, sql, bindings);
            return;
        }
        // As PostgreSQL would plan by itself: a setting of the transaction's may hide what it prefers.
        Savepoint before = connection.setSavepoint();
        try (Statement usual = connection.createStatement()) {
            usual.execute("SET LOCAL enable_seqscan TO DEFAULT");
            plan(connection, sql, bindings);
        } finally {
            connection.rollback(before);
        }
    }

    private void plan(Connection connection, String sql, Map<Object, Binding> bindings) throws Throwable {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql)) {
            for (Binding binding : bindings.values()) {
                call(explain, binding.method, binding.arguments.toArray());
            }
            plans.accept(sql, lines(explain));
        }
    }

    private static String lines(PreparedStatement explain) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = explain.executeQuery()) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private interface Call {
        @Nullable
        Object answer(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                ExplainedDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method, arguments)));
    }

    private static @Nullable Object call(Object on, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
