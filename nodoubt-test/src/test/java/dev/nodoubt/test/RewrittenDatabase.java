package dev.nodoubt.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that is told other statements than were prepared. */
final class RewrittenDatabase {

    private RewrittenDatabase() {}

    static DataSource of(DataSource database, UnaryOperator<String> rewriting) {
        return (DataSource) Proxy.newProxyInstance(
                RewrittenDatabase.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    Object result = call(database, method, arguments);
                    return result instanceof Connection connection ? connection(connection, rewriting) : result;
                });
    }

    private static Connection connection(Connection connection, UnaryOperator<String> rewriting) {
        return (Connection) Proxy.newProxyInstance(
                RewrittenDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && arguments != null) {
                        arguments[0] = rewriting.apply((String) arguments[0]);
                    }
                    return call(connection, method, arguments);
                });
    }

    private static @Nullable Object call(Object on, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
