package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A real relay on a manual loop, an in-memory store and a scripted transport. */
final class Rig {

    static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");
    static final Target MAIL = Target.of("mail");
    static final Target STOCK = Target.of("stock");

    final ManualLoop loop = new ManualLoop();
    final ScriptedTransport transport = new ScriptedTransport(loop);
    final MemoryCallStore store = new MemoryCallStore(this::now);
    final SameThread io = new SameThread();
    final SameThread notices = new SameThread();
    final Relay relay;

    final List<KnownCall> handled = new ArrayList<>();
    final List<OpenCall> unresolved = new ArrayList<>();

    private final Set<String> broken = new HashSet<>();
    private final Set<String> badly = new HashSet<>();
    private final Map<String, Runnable> after = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private boolean storeIsDown;
    private int calls;

    Rig(Relay.Settings settings, Target... targets) {
        this(settings, CallObserver.NONE, targets);
    }

    private Rig(Relay.Settings settings, CallObserver observer, Target... targets) {
        relay = new Relay(
                breakable(),
                transport,
                List.of(targets),
                new Relay.Hooks(Map.of("book", this::book, "follow", this::follow), this::tell, observer),
                settings,
                () -> new Threads(loop, io, notices));
    }

    static Rig started(Target... targets) {
        return started(Relay.Settings.DEFAULT, targets);
    }

    static Rig started(Relay.Settings settings, Target... targets) {
        Rig rig = new Rig(settings, targets);
        rig.relay.start();
        rig.loop.run();
        return rig;
    }

    static Rig observed(CallObserver observer, Target... targets) {
        Rig rig = new Rig(Relay.Settings.DEFAULT, observer, targets);
        rig.relay.start();
        rig.loop.run();
        return rig;
    }

    static Relay.Settings inMemory(int calls) {
        Relay.Settings d = Relay.Settings.DEFAULT;
        return new Relay.Settings(d.node(), d.lease(), d.scan(), calls, d.batch(), d.retention());
    }

    private CallStore breakable() {
        return (CallStore) Proxy.newProxyInstance(
                CallStore.class.getClassLoader(), new Class<?>[] {CallStore.class}, (proxy, method, arguments) -> {
                    if (badly.contains(method.getName())) {
                        throw new NoClassDefFoundError("org/example/Driver");
                    }
                    if (storeIsDown || broken.contains(method.getName())) {
                        throw new CallStoreException("connection refused", null);
                    }
                    asked.merge(method.getName(), 1, Integer::sum);
                    try {
                        Object answer = method.invoke(store, arguments);
                        Runnable then = after.remove(method.getName());
                        if (then != null) {
                            then.run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void book(Connection transaction, KnownCall call) {
        fail("book");
        fail(call.key().value());
        MemoryTransaction.onCommit(transaction, () -> handled.add(call));
    }

    /** Records a call of its own, which nobody hands over. */
    private void follow(Connection transaction, KnownCall call) {
        relay.outbox().send(transaction, call("stock"));
        book(transaction, call);
    }

    private void tell(OpenCall call) {
        fail("listener");
        unresolved.add(call);
    }

    private void fail(String what) {
        if (broken.contains(what)) {
            throw new AssertionError("no " + what + " today");
        }
    }

    /** From now on this fails: a method of the store, the handler {@code book}, that of a key, or the {@code listener}. */
    void breaks(String what) {
        broken.add(what);
    }

    /** How often this method of the store was asked. */
    int asked(String method) {
        return asked.getOrDefault(method, 0);
    }

    /** From now on this method of the store ends with an error of its driver. */
    void breaksBadly(String method) {
        badly.add(method);
    }

    /** What happens, once, after this method of the store has done its work and before anybody knows. */
    void after(String method, Runnable then) {
        after.put(method, then);
    }

    void mends(String what) {
        broken.remove(what);
        badly.remove(what);
    }

    void storeIsDown(boolean down) {
        storeIsDown = down;
    }

    Instant now() {
        return BEGIN.plusNanos(loop.nanoTime());
    }

    Call call(String target) {
        IdempotencyKey key = IdempotencyKey.of(String.format("0192f0c1-7a3e-7b11-8c55-%012x", ++calls));
        return new Call(
                key, new Request(target, "POST", "/api/orders", Payload.EMPTY), Call.Timing.DEFAULT, Call.Labels.NONE);
    }

    /** A call with this outcome handler. */
    Call call(String target, String handler) {
        return call(target).withHandler(handler);
    }

    /** A call that a node recorded which has died since, and that node's incarnation. */
    long dead(Call call, boolean marksStart) {
        long dead = store.join("dead", Duration.ofSeconds(5)).incarnation();
        Terms terms = new Terms(call.labels(), null, marksStart);
        Progress born = Progress.born(now(), now().plus(call.timing().deadline()));
        try (Connection transaction = MemoryTransaction.begin()) {
            store.record(transaction, new OpenCall(call.key(), call.request(), terms, born, null), call.timing(), dead);
            transaction.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return dead;
    }

    /** Records a call, commits and hands it over. */
    IdempotencyKey send(Call call) {
        commit(call).committed();
        loop.run();
        return call.key();
    }

    IdempotencyKey send(String target) {
        return send(call(target));
    }

    /** Records a call and commits, without handing it over. */
    Outbox.Recorded commit(Call call) {
        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = relay.outbox().send(transaction, call);
            recorded.beforeCommit(transaction);
            transaction.commit();
            return recorded;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Begins to wait on another thread, until the relay knows of it. */
    CompletableFuture<Awaited> await(Outbox.Recorded recorded) {
        long before = loop.tasksSoFar();
        CompletableFuture<Awaited> awaited = CompletableFuture.supplyAsync(() -> {
            try {
                return recorded.await(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (loop.tasksSoFar() == before) {
            Thread.onSpinWait();
        }
        loop.run();
        return awaited;
    }

    CallState state(IdempotencyKey key) {
        return store.find(key).orElseThrow().state();
    }

    void cancel(IdempotencyKey key) {
        relay.outbox().cancel(key);
        loop.run();
    }

    void pass(String time) {
        loop.advance(Duration.parse(time));
    }

    TargetStatus status(String target) {
        return relay.targets().stream()
                .filter(t -> t.name().equals(target))
                .findAny()
                .orElseThrow();
    }
}
