package dev.nodoubt.bench.delivery.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler: a one-time task for each call, scheduled in the transfer's transaction, fetched under a lock by its
 * polling thread, executed by its workers and deleted when it is done.
 *
 * <p>Settings: lock-and-fetch with the fractions that its README names for high throughput; no index for priorities,
 * because none are used; bodies as bytes, not serialized Java; inserted by its batch method, which does not look first
 * whether a task exists. Polling is triggered after each commit, as its README tells for those who schedule inside a
 * transaction: its immediate execution would look before the commit. It takes part in that transaction by a data source
 * that knows of it, as the README asks for.
 */
public final class DbScheduler implements Contender {

    private static final double LOWER_LIMIT = 1.0;
    private static final double UPPER_LIMIT = 4.0;
    private static final Duration POLLING_INTERVAL = Duration.ofMillis(100);

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS scheduled_tasks (
                task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
                last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                last_heartbeat timestamptz, version bigint NOT NULL, PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)
            """;

    private static final TaskDescriptor<String> CALL = TaskDescriptor.of("call", String.class);

    private static final ThreadLocal<@Nullable Connection> JOINED = new ThreadLocal<>();

    private final Surroundings surroundings;
    private final Poster poster;
    private final Scheduler scheduler;

    public DbScheduler(Surroundings surroundings) throws SQLException {
        this.surroundings = surroundings;
        poster = new Poster(surroundings);
        surroundings.execute(TABLE);
        OneTimeTask<String> task = Tasks.oneTime(CALL).execute((instance, context) -> post(instance.getData()));
        scheduler = Scheduler.create(joining(), task)
                .threads(surroundings.workers())
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(POLLING_INTERVAL)
                .serializer(new Utf8())
                .build();
    }

    private void post(String body) {
        try {
            poster.postAndWait(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        surroundings.transaction(transaction -> {
            List<TaskInstance<?>> calls = new ArrayList<>(transfers.size());
            for (Transfer transfer : transfers) {
                transfer.make(transaction);
                calls.add(CALL.instance(Integer.toString(transfer.number()))
                        .data(transfer.body())
                        .build());
            }
            JOINED.set(transaction);
            try {
                scheduler.scheduleBatch(calls, Instant.now());
            } finally {
                JOINED.remove();
            }
        });
        scheduler.triggerCheckForDueExecutions();
    }

    /** Where a thread is in a transaction, its connection, which stays open; else one of the pool. */
    private DataSource joining() {
        return proxy(DataSource.class, (method, arguments) -> {
            Connection transaction = JOINED.get();
            return transaction != null && method.getName().equals("getConnection")
                    ? staysOpen(transaction)
                    : method.invoke(surroundings.pool(), arguments);
        });
    }

    private static Connection staysOpen(Connection transaction) {
        return proxy(
                Connection.class,
                (method, arguments) -> method.getName().equals("close") ? null : method.invoke(transaction, arguments));
    }

    private interface Answer {
        @Nullable
        Object to(Method method, Object @Nullable [] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return answer.to(method, args);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }));
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any("SELECT 1 FROM scheduled_tasks");
    }

    @Override
    public void close() {
        scheduler.stop();
        poster.close();
    }

    /** Of strings only. */
    private static final class Utf8 implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return ((String) data).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] serialized) {
            return type.cast(new String(serialized, StandardCharsets.UTF_8));
        }
    }
}
