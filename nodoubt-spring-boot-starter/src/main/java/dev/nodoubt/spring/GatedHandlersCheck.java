package dev.nodoubt.spring;

import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Transactions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Stops the start of an application whose {@link Idempotent} methods could not be gated. */
final class GatedHandlersCheck implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(GatedHandlersCheck.class);

    private static final Set<Class<?>> ASYNCHRONOUS = Set.of(
            Callable.class,
            CompletionStage.class,
            DeferredResult.class,
            Flow.Publisher.class,
            ResponseBodyEmitter.class,
            StreamingResponseBody.class,
            WebAsyncTask.class);

    private final GatedHandlers handlers;
    private final ListableBeanFactory beans;

    GatedHandlersCheck(GatedHandlers handlers, ListableBeanFactory beans) {
        this.handlers = handlers;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        handlers.find();
        if (handlers.methods().isEmpty()) {
            return;
        }
        HandlerMethod first = handlers.methods().iterator().next();
        requireGate(first);
        requireAdapter(first);
        handlers.methods().forEach(GatedHandlersCheck::requireComplete);
    }

    private void requireGate(HandlerMethod first) {
        if (beans.getBeanNamesForType(
                                ResolvableType.forClassWithGenerics(FilterRegistrationBean.class, GateFilter.class))
                        .length
                == 0) {
            throw new StartupException(
                    "@Idempotent method " + first.getShortLogMessage() + " has no gate, because the application has no "
                            + missing() + ".",
                    "Configure one DataSource and a transaction manager for it; mark one of several as @Primary, or"
                            + " declare beans of types dev.nodoubt.gate.GateStore and dev.nodoubt.gate.Transactions that"
                            + " belong together.");
        }
        if (beans.getBean(Transactions.class) instanceof SpringTransactions transactions) {
            requireTransactions(transactions);
        }
    }

    private String missing() {
        if (beans.getBeanNamesForType(GateStore.class).length == 0) {
            return "single DataSource";
        }
        return beans.getBeanNamesForType(Transactions.class).length == 0 ? "transaction manager" : "Gate bean";
    }

    private static void requireTransactions(SpringTransactions transactions) {
        try {
            transactions.begin().close();
        } catch (SQLException e) {
            log.warn(
                    "the gate's transaction manager could not be checked, because the database does not answer; each"
                            + " request checks it again",
                    e);
        }
    }

    private void requireAdapter(HandlerMethod first) {
        boolean marks = beans.getBeansOfType(RequestMappingHandlerAdapter.class).values().stream()
                .allMatch(GatedHandlerAdapter.class::isInstance);
        if (!marks) {
            throw new StartupException(
                    "@Idempotent method " + first.getShortLogMessage()
                            + " would run under a RequestMappingHandlerAdapter"
                            + " of the application's own, which does not tell the gate when a method begins.",
                    "Return a dev.nodoubt.spring.GatedHandlerAdapter, or a subclass of it, from the application's"
                            + " WebMvcRegistrations or WebMvcConfigurationSupport.");
        }
    }

    private static void requireComplete(HandlerMethod method) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method.getMethod());
        boolean incomplete = Stream.concat(Stream.of(returned), Arrays.stream(returned.getGenerics()))
                        .anyMatch(GatedHandlersCheck::isAsynchronous)
                || Arrays.stream(method.getMethod().getParameterTypes())
                        .anyMatch(type -> type.getName().equals("kotlin.coroutines.Continuation"));
        if (incomplete) {
            throw new StartupException(
                    "@Idempotent method " + method.getShortLogMessage() + " returns " + returned
                            + ", which ends after the method does: its effect and reply could not commit together.",
                    "Return the complete value, or record the slow part and answer 202, or remove @Idempotent.");
        }
    }

    private static boolean isAsynchronous(ResolvableType type) {
        Class<?> raw = type.toClass();
        return ASYNCHRONOUS.stream().anyMatch(asynchronous -> asynchronous.isAssignableFrom(raw))
                || raw.getName().equals("org.reactivestreams.Publisher")
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw) != null;
    }
}
