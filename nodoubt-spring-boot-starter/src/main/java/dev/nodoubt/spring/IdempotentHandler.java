package dev.nodoubt.spring;

import dev.nodoubt.gate.Isolation;
import java.util.List;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets the effect of a Spring MVC handler function happen at most once per caller and {@code Idempotency-Key}: what
 * {@link Idempotent} is for controller methods, with the same rules. Immutable; thread-safe if its functions are.
 *
 * <pre>{@code
 * route().POST("/orders", IdempotentHandler.of(request -> valid(request.body(Order.class)), orders::place)).build()
 * }</pre>
 *
 * <p>What happens before the effect records nothing: filters of the route, the reading function of the second form, and
 * a body or parameters that Spring cannot read. From the effect's beginning on, 400, 404, 410, 412 and 422 are declared
 * refusals, so validate in a reading function or a filter.
 *
 * <p>Routes may be nested and filtered. A request that comes by a way around the gate is refused with an exception, and
 * nothing runs. Asynchronous and streaming responses are rolled back and answered with 501.
 */
public final class IdempotentHandler implements HandlerFunction<ServerResponse> {

    private final Steps steps;
    private final Rejections rejections;
    private final Isolation isolation;

    private IdempotentHandler(Steps steps, Rejections rejections, Isolation isolation) {
        this.steps = steps;
        this.rejections = rejections;
        this.isolation = isolation;
    }

    /** Reads and validates a request, before the effect; what it throws is answered as Spring MVC does, and not recorded. */
    @FunctionalInterface
    public interface Reading<B> {
        B read(ServerRequest request) throws Exception;
    }

    /** Does the effect, in the gate's transaction. */
    @FunctionalInterface
    public interface Effect<B> {
        ServerResponse run(ServerRequest request, B read) throws Exception;
    }

    private interface Steps {
        ServerResponse run(ServerRequest request, Runnable entrance) throws Exception;
    }

    /** A gated handler function. */
    public static IdempotentHandler of(HandlerFunction<? extends ServerResponse> effect) {
        return of((request, entrance) -> {
            entrance.run();
            return effect.handle(request);
        });
    }

    /** A gated handler function that reads the request first. */
    public static <B> IdempotentHandler of(Reading<? extends B> reading, Effect<? super B> effect) {
        return of((request, entrance) -> {
            B read = reading.read(request);
            entrance.run();
            return effect.run(request, read);
        });
    }

    private static IdempotentHandler of(Steps steps) {
        return new IdempotentHandler(steps, Rejections.NONE, Isolation.READ_COMMITTED);
    }

    /**
     * Declares these statuses as refusals, too; see {@link Idempotent#rejects}.
     *
     * @param statuses each 400 to 499
     * @throws IllegalArgumentException for any other status
     */
    public IdempotentHandler rejects(int... statuses) {
        return new IdempotentHandler(steps, rejections.and(Rejections.of(statuses, List.of())), isolation);
    }

    /** Declares what an exception of this type becomes as a refusal, too; see {@link Idempotent#rejectedBy}. */
    public IdempotentHandler rejectedBy(Class<? extends Exception> exception) {
        return new IdempotentHandler(steps, rejections.and(Rejections.of(new int[0], List.of(exception))), isolation);
    }

    /** Runs in a transaction of this level; see {@link Idempotent#isolation}. */
    public IdempotentHandler isolation(Isolation level) {
        return new IdempotentHandler(steps, rejections, level);
    }

    GatedOperation operation(String route) {
        return new GatedOperation("IdempotentHandler of " + route, rejections, isolation);
    }

    /**
     * Runs inside the gate.
     *
     * @throws IllegalStateException when the request did not pass the gate
     */
    @Override
    public ServerResponse handle(ServerRequest request) throws Exception {
        GatePassage passage = GatePassage.of(request.servletRequest());
        if (passage == null) {
            requireSafe(request);
            return steps.run(request, () -> {});
        }
        ServerResponse response;
        try {
            response = steps.run(request, passage::enterHandler);
        } catch (HttpMessageNotReadableException | BindException e) {
            passage.turnBack();
            throw e;
        } catch (Exception e) {
            passage.leaveBy(e);
            throw e;
        }
        passage.leaveWith(response);
        return response;
    }

    private static void requireSafe(ServerRequest request) {
        if (!GatedHandlers.SAFE.contains(request.method().name())) {
            throw new IllegalStateException(
                    "IdempotentHandler of " + request.method() + " " + request.path()
                            + " was reached without passing the gate, so it did not run: a request must come to it through the"
                            + " servlet filters and Spring's own router functions, not by an include or another way around them");
        }
    }
}
