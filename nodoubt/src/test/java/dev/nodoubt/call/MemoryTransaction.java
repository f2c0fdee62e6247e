package dev.nodoubt.call;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction of the in-memory store, as the connection that an application would pass. */
final class MemoryTransaction implements InvocationHandler {

    private final List<Runnable> writes = new ArrayList<>();
    private boolean autoCommit;

    static Connection begin() {
        return (Connection) Proxy.newProxyInstance(
                MemoryTransaction.class.getClassLoader(), new Class<?>[] {Connection.class}, new MemoryTransaction());
    }

    /** Takes effect with the commit. */
    static void onCommit(Connection transaction, Runnable write) {
        ((MemoryTransaction) Proxy.getInvocationHandler(transaction)).writes.add(write);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        switch (method.getName()) {
            case "getAutoCommit" -> {
                return autoCommit;
            }
            case "setAutoCommit" -> autoCommit = arguments != null && Boolean.TRUE.equals(arguments[0]);
            case "commit" -> {
                writes.forEach(Runnable::run);
                writes.clear();
            }
            case "rollback", "close" -> writes.clear();
            default -> throw new UnsupportedOperationException(method.getName());
        }
        return null;
    }
}
