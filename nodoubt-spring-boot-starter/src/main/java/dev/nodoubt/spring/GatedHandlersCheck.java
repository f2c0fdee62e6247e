package dev.nodoubt.spring;

import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.jdbc.SchemaException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Stops the start of an application whose gated handlers could not be gated. */
final class GatedHandlersCheck implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(GatedHandlersCheck.class);

    /** The store of the starter itself; what an application's own one needs is not known here. */
    private static final String STORE = "nodoubtGateStore";

    private final GatedHandlers handlers;
    private final ConfigurableListableBeanFactory beans;
    private final NodoubtProperties properties;

    GatedHandlersCheck(GatedHandlers handlers, ConfigurableListableBeanFactory beans, NodoubtProperties properties) {
        this.handlers = handlers;
        this.beans = beans;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        handlers.find();
        if (handlers.operations().isEmpty()) {
            return;
        }
        requireGate(handlers.operations().get(0));
        requireAdapter();
        handlers.methods().forEach(GatedHandlersCheck::requireComplete);
        requireTables(handlers.operations().get(0));
        new GatedTransactionsCheck(
                        beans,
                        beans.getBean(Transactions.class),
                        properties.gate().otherManagers())
                .check(handlers.methods(), new GatedReach(beans, handlers.methods()).beans());
    }

    /** Whoever made them: in mode never, and after a migration of the application's own, nobody has looked. */
    private void requireTables(GatedOperation first) {
        NodoubtDatabase database = beans.getBeanProvider(NodoubtDatabase.class).getIfAvailable();
        if (database == null
                || !List.of(beans.getBeanNamesForType(GateStore.class)).contains(STORE)) {
            return;
        }
        try {
            new Schema(database.dataSource()).validate();
        } catch (SchemaException e) {
            if (e.getCause() != null) {
                log.warn("the gate's tables could not be checked, because the database does not answer", e);
                return;
            }
            throw new StartupException(
                    first.name() + " has no gate: " + e.getMessage(),
                    "Run that SQL with the application's migrations, or let the library do it: nodoubt.schema.mode=always.");
        }
    }

    private void requireGate(GatedOperation first) {
        if (beans.getBeanNamesForType(
                                ResolvableType.forClassWithGenerics(FilterRegistrationBean.class, GateFilter.class))
                        .length
                == 0) {
            throw new StartupException(
                    first.name() + " has no gate, because the application has no " + missing() + ".",
                    "Configure one DataSource and a transaction manager for it; mark one of several as"
                            + " @NodoubtDataSource or @Primary, or"
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

    private void requireAdapter() {
        boolean marks = beans.getBeansOfType(RequestMappingHandlerAdapter.class).values().stream()
                .allMatch(GatedHandlerAdapter.class::isInstance);
        handlers.methods().stream().filter(method -> !marks).findFirst().ifPresent(method -> {
            throw new StartupException(
                    method.operation().name()
                            + " would run under a RequestMappingHandlerAdapter of the application's own,"
                            + " which does not tell the gate when a method begins.",
                    "Return a dev.nodoubt.spring.GatedHandlerAdapter, or a subclass of it, from the application's"
                            + " WebMvcRegistrations or WebMvcConfigurationSupport.");
        });
    }

    private static void requireComplete(GatedMethod gated) {
        Method method = gated.handler().getMethod();
        ResolvableType returned = ResolvableType.forMethodReturnType(method);
        if (LateReply.isDeclared(returned) || isSuspending(method)) {
            throw new StartupException(
                    gated.operation().name() + " returns " + returned
                            + ", which ends after the method does: its effect and reply could not commit together.",
                    "Return the complete value, or record the slow part and answer 202, or remove @Idempotent.");
        }
        if (gated.handler().hasMethodAnnotation(Async.class)
                || AnnotatedElementUtils.hasAnnotation(gated.handler().getBeanType(), Async.class)) {
            throw new StartupException(
                    gated.operation().name()
                            + " is @Async, so it runs on another thread, outside the gate's transaction.",
                    "Remove @Async, or record the slow part and answer 202, or remove @Idempotent.");
        }
    }

    /** A coroutine of Kotlin. */
    private static boolean isSuspending(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .anyMatch(type -> type.getName().equals("kotlin.coroutines.Continuation"));
    }
}
