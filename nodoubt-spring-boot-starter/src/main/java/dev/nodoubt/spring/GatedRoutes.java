package dev.nodoubt.spring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The gated handler functions of a router. Its routes are kept without their filters: a filter hides the function that it
 * surrounds, and it comes after routing, so that the same route is found without it.
 */
final class GatedRoutes {

    private final RouterFunction<ServerResponse> routes;
    private final Map<HandlerFunction<?>, GatedOperation> operations;
    private final boolean opaque;

    private GatedRoutes(Collector collector) {
        this.routes = collector.routes();
        this.operations = collector.operations;
        this.opaque = collector.opaque;
    }

    static GatedRoutes of(RouterFunction<?> router) {
        Collector collector = new Collector();
        router.accept(collector);
        return new GatedRoutes(collector);
    }

    Collection<GatedOperation> operations() {
        return operations.values();
    }

    /** Whether a request can lead to a gated function: to one that was found, or behind a router that cannot be looked into. */
    boolean mayGate() {
        return opaque || !operations.isEmpty();
    }

    /** The operation to which this request leads; null when that is no gated one. */
    @Nullable
    GatedOperation find(ServerRequest request) {
        return routes.route(request)
                .filter(IdempotentHandler.class::isInstance)
                .map(handler -> operations.getOrDefault(
                        handler, ((IdempotentHandler) handler).operation("a router function of the application's own")))
                .orElse(null);
    }

    private static final class Collector implements RouterFunctions.Visitor {

        private final Map<HandlerFunction<?>, GatedOperation> operations = new LinkedHashMap<>();
        private final Deque<List<RouterFunction<ServerResponse>>> levels = new ArrayDeque<>();
        private final Deque<String> nests = new ArrayDeque<>();
        private boolean opaque;

        Collector() {
            levels.push(new ArrayList<>());
        }

        RouterFunction<ServerResponse> routes() {
            return joined(levels.element());
        }

        private static RouterFunction<ServerResponse> joined(List<RouterFunction<ServerResponse>> level) {
            return request -> level.stream()
                    .map(route -> route.route(request))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        @Override
        public void startNested(RequestPredicate predicate) {
            levels.push(new ArrayList<>());
            nests.addLast(predicate.toString());
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            nests.removeLast();
            RouterFunction<ServerResponse> nested = joined(levels.pop());
            levels.element().add(RouterFunctions.nest(predicate, nested));
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            if (handler instanceof IdempotentHandler idempotent) {
                String route = String.join(" ", nests) + " " + predicate;
                operations.put(handler, idempotent.operation(route.strip()));
            }
            levels.element().add(RouterFunctions.route(predicate, responding(handler)));
        }

        @Override
        public void resources(Function<ServerRequest, Optional<Resource>> lookup) {
            levels.element().add(RouterFunctions.resources(lookup));
        }

        @Override
        public void attributes(Map<String, Object> attributes) {
            // they say nothing of the way
        }

        @Override
        public void unknown(RouterFunction<?> router) {
            opaque = true;
            levels.element().add(routing(router));
        }

        @SuppressWarnings("unchecked") // nobody calls it: only which one it is counts
        private static HandlerFunction<ServerResponse> responding(HandlerFunction<?> handler) {
            return (HandlerFunction<ServerResponse>) handler;
        }

        @SuppressWarnings("unchecked") // as above
        private static RouterFunction<ServerResponse> routing(RouterFunction<?> router) {
            return (RouterFunction<ServerResponse>) router;
        }
    }
}
