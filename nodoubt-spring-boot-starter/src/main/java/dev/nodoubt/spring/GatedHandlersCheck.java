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
                log.warn("ND-0303 the gate's tables could not be checked, because the database does not answer", e);
                return;
            }
            throw new StartupException("ND-0304", first.name(), String.valueOf(e.getMessage()));
        }
    }

    private void requireGate(GatedOperation first) {
        if (beans.getBeanNamesForType(
                                ResolvableType.forClassWithGenerics(FilterRegistrationBean.class, GateFilter.class))
                        .length
                == 0) {
            throw new StartupException("ND-0402", first.name(), missing());
        }
        if (beans.getBean(Transactions.class) instanceof SpringTransactions transactions) {
            requireTransactions(transactions);
        }
    }

    private String missing() {
        if (beans.getBeanNamesForType(GateStore.class).length == 0) {
            return "DataSource";
        }
        return beans.getBeanNamesForType(Transactions.class).length == 0 ? "PlatformTransactionManager" : "Gate";
    }

    private static void requireTransactions(SpringTransactions transactions) {
        try {
            transactions.begin().close();
        } catch (SQLException e) {
            log.warn(
                    "ND-0415 the gate's transaction manager could not be checked, because the database does not answer; each"
                            + " request checks it again",
                    e);
        }
    }

    private void requireAdapter() {
        boolean marks = beans.getBeansOfType(RequestMappingHandlerAdapter.class).values().stream()
                .allMatch(GatedHandlerAdapter.class::isInstance);
        handlers.methods().stream().filter(method -> !marks).findFirst().ifPresent(method -> {
            throw new StartupException("ND-0406", method.operation().name());
        });
    }

    private static void requireComplete(GatedMethod gated) {
        Method method = gated.handler().getMethod();
        ResolvableType returned = ResolvableType.forMethodReturnType(method);
        if (LateReply.isDeclared(returned) || isSuspending(method)) {
            throw new StartupException("ND-0407", gated.operation().name(), returned);
        }
        if (gated.handler().hasMethodAnnotation(Async.class)
                || AnnotatedElementUtils.hasAnnotation(gated.handler().getBeanType(), Async.class)) {
            throw new StartupException("ND-0408", gated.operation().name());
        }
    }

    /** A coroutine of Kotlin. */
    private static boolean isSuspending(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .anyMatch(type -> type.getName().equals("kotlin.coroutines.Continuation"));
    }
}
