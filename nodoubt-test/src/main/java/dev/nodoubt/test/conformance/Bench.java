package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** What a case works with: keys and orders that are new, requests as a caller makes them, and a count of effects. */
final class Bench {

    private static final String KEY = "Idempotency-Key";
    private static final String FIRST_SENT = "Nodoubt-First-Sent";

    private static final int ENOUGH_FOR_A_POOL = 24;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final Setup setup;
    private final Client client;
    private final String token;
    private final String secret;
    private final Set<String> usedKeys;

    /** The bench of the caller that the setup's token names. */
    Bench(Setup setup) {
        this(setup, setup.token(), "n" + UUID.randomUUID(), ConcurrentHashMap.newKeySet());
    }

    private Bench(Setup setup, String token, String secret, Set<String> usedKeys) {
        this.setup = setup;
        this.client = new Client(setup.receiver(), setup.patience());
        this.token = token;
        this.secret = secret;
        this.usedKeys = usedKeys;
    }

    /** The same bench for a caller with this token. */
    Bench as(String otherToken) {
        return new Bench(setup, otherToken, secret, usedKeys);
    }

    Setup setup() {
        return setup;
    }

    Client client() {
        return client;
    }

    /** A text in the body of every order. */
    String secret() {
        return secret;
    }

    /** Every key that was made here. */
    Set<String> usedKeys() {
        return Set.copyOf(usedKeys);
    }

    Key newKey() {
        return keyOfAge(Duration.ZERO);
    }

    /** A key made so long ago; ahead of now when negative. */
    Key keyOfAge(Duration age) {
        return used(Key.madeAt(Instant.now().minus(age)));
    }

    Key foreignKey(int length) {
        return used(Key.foreign(length, Instant.now()));
    }

    Key used(Key key) {
        usedKeys.add(key.value());
        return key;
    }

    Order order() {
        return order(Behaviour.OK);
    }

    Order order(Behaviour behaviour) {
        String mark = "e" + UUID.randomUUID();
        return new Order(mark, setup.subject().order(mark, secret, behaviour));
    }

    /** The request that executes the order under the key. */
    Request post(Key key, Order order) {
        return keyed(withoutKey(order), key);
    }

    Request withoutKey(Order order) {
        return client.request("POST", setup.receiver().path(), token).body(order.body());
    }

    Request query(Key key) {
        return keyed(client.request("GET", setup.receiver().outcome(), token), key);
    }

    /** A fence without a body. */
    Request fence(Key key) {
        return keyed(client.request("POST", setup.receiver().fence(), token), key);
    }

    Request fence(Key key, String json) {
        return fence(key).body(Body.json(json));
    }

    private static Request keyed(Request request, Key key) {
        Request keyed = request.and(KEY, key.quoted());
        return key.firstSent().isEmpty() ? keyed : keyed.and(FIRST_SENT, key.firstSent());
    }

    Response send(Request request) throws IOException {
        return client.send(request);
    }

    Response execute(Key key, Order order) throws IOException {
        return send(post(key, order));
    }

    Document found(Key key, Word word) throws IOException {
        return send(query(key)).found(word);
    }

    Document fenced(Key key, Word word) throws IOException {
        return send(fence(key)).found(word);
    }

    /** The order has so many effects, as far as they can be counted here. */
    void expectEffects(Order order, long expected) throws Exception {
        if (setup.has(Ability.EFFECTS)) {
            long found = setup.subject().effects(order.mark());
            Violation.unless(found == expected, "expected " + expected + " effects, found " + found);
        }
    }

    /** Nobody has an outcome of this key, and the order executes under it. */
    void expectUntouched(Key key, Order order) throws Exception {
        expectEffects(order, 0);
        found(key, Word.ABSENT);
        Response response = execute(key, order);
        response.require(response.isExecuted() && !response.replayed(), "expected that the key is still free");
        expectEffects(order, 1);
    }

    /** All at once; the answers in the order of the requests. */
    List<Response> together(List<Request> requests) throws Exception {
        List<Callable<Response>> tasks = new ArrayList<>();
        requests.forEach(request -> tasks.add(() -> send(request)));
        return Crowd.together(tasks);
    }

    /** A handler that has left its effect and waits. */
    Held hold(Key key, Behaviour behaviour) throws Exception {
        return Held.start(this, key, order(behaviour));
    }

    void pull(Hook hook) throws Exception {
        setup.hooks().pull(hook);
    }

    void mend() throws Exception {
        pull(Hook.MEND_DATABASE);
        awaitRecovery();
    }

    /** A pool may hold connections that are dead, and give them out for a while. */
    void awaitRecovery() throws Exception {
        await("every request executes again", () -> {
            List<Request> requests = new ArrayList<>();
            for (int i = 0; i < ENOUGH_FOR_A_POOL; i++) {
                requests.add(post(newKey(), order()));
            }
            return together(requests).stream().allMatch(Response::isExecuted);
        });
    }

    /**
     * Asks until it holds, within the setup's patience, at growing intervals: pools test only those connections that
     * rested for a while.
     */
    void await(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + setup.patience().toNanos();
        Duration pause = Duration.ofMillis(2);
        while (!holds.call()) {
            Violation.unless(System.nanoTime() - end < 0, "waited " + setup.patience() + " for this: " + what);
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    /** Repeats the request as a caller does, while the answer says that this attempt had no outcome. */
    Response insist(Request request) throws Exception {
        List<Response> last = new ArrayList<>();
        await("an answer that is not " + Word.NOT_EXECUTED.value() + ", unknown or in progress", () -> {
            Response response = send(request);
            last.add(response);
            return !response.says(Word.UNKNOWN)
                    && !response.says(Word.IN_PROGRESS)
                    && !(response.says(Word.NOT_EXECUTED) && response.status() == 503);
        });
        return last.get(last.size() - 1);
    }
}
