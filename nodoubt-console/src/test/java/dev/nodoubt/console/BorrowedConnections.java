package dev.nodoubt.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source that counts, for each name of threads, the connections that they have in hands at once. */
final class BorrowedConnections extends DelegatingDataSource {

    private final Map<String, Integer> now = new ConcurrentHashMap<>();
    private final Map<String, Integer> most = new ConcurrentHashMap<>();

    BorrowedConnections(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        String name = NodeFootprintTest.withoutNumbers(Thread.currentThread().getName());
        most.merge(name, now.merge(name, 1, Integer::sum), Math::max);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        now.merge(name, -1, Integer::sum);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** In hands now. */
    int inHands() {
        return now.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The most that threads of each name had so far. */
    Map<String, Integer> most() {
        return new TreeMap<>(most);
    }
}
