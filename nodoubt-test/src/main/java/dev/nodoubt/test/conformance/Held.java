package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An execution whose handler has left its effect, uncommitted, and waits until it is released. */
final class Held implements AutoCloseable {

    private final Bench bench;
    private final Key key;
    private final Order order;
    private final Future<Response> answer;
    private boolean released;

    private Held(Bench bench, Key key, Order order, Future<Response> answer) {
        this.bench = bench;
        this.key = key;
        this.order = order;
        this.answer = answer;
    }

    static Held start(Bench bench, Key key, Order order) throws Exception {
        Future<Response> answer = Crowd.begin(() -> bench.execute(key, order));
        Held held = new Held(bench, key, order, answer);
        try {
            held.awaitHandler();
            return held;
        } catch (Exception e) {
            held.close();
            throw e;
        }
    }

    private void awaitHandler() throws Exception {
        bench.await("a handler that is held", () -> {
            if (answer.isDone()) {
                throw new Violation("the handler was to hold, but an answer came: " + Crowd.result(answer));
            }
            return bench.setup().subject().held(order.mark());
        });
    }

    Key key() {
        return key;
    }

    Order order() {
        return order;
    }

    /** The same request again. */
    Request duplicate() {
        return bench.post(key, order);
    }

    boolean answered() {
        return answer.isDone();
    }

    /** Lets the handler go on, and waits for its answer. */
    Response release() throws Exception {
        letGo();
        return answer();
    }

    void letGo() throws Exception {
        released = true;
        bench.setup().subject().release(order.mark());
    }

    /** The answer to the execution; an {@link IOException} when its connection broke. */
    Response answer() throws Exception {
        return Crowd.result(answer);
    }

    /** Leaves no handler behind that would disturb the next case. */
    @Override
    public void close() {
        try {
            if (!released && !answer.isDone()) {
                letGo();
            }
            answer.get(bench.setup().patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Its connection ends by itself, and the case has failed already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // What the execution's end was is for the case to ask.
        }
    }
}
