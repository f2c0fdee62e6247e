package dev.nodoubt.spring;

import dev.nodoubt.Messages;
import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.spring.NodoubtProperties.GateProperties.OtherManagers;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.util.ClassUtils;

/**
 * Looks for transactional methods in reach of gated handlers that will not join the gate's transaction: another manager
 * stops the start, what else escapes or cannot take effect is warned of.
 */
@SuppressWarnings("ReferenceEquality") // two managers are the same only if they are one
final class GatedTransactionsCheck {

    private static final Logger log = LoggerFactory.getLogger(GatedTransactionsCheck.class);

    private static final String JOIN = "Let it join the gate's transaction (propagation = REQUIRED), or call it";

    private final TransactionAttributeSource attributes = new AnnotationTransactionAttributeSource(false);
    private final SpringManagers managers;
    private final @Nullable PlatformTransactionManager gates;
    private final OtherManagers otherManagers;

    /** @param transactions the gate's; of those that are not Spring's own only the escapes are looked for */
    GatedTransactionsCheck(
            ConfigurableListableBeanFactory beans, Transactions transactions, OtherManagers otherManagers) {
        this.managers = new SpringManagers(beans);
        this.gates = transactions instanceof SpringTransactions spring ? spring.manager() : null;
        this.otherManagers = otherManagers;
    }

    /** @throws StartupException when an effect could commit without its key */
    void check(Collection<GatedMethod> methods, List<GatedReach.Bean> reached) {
        for (GatedMethod gated : methods) {
            Class<?> type = gated.handler().getBeanType();
            Method method = ClassUtils.getMostSpecificMethod(gated.handler().getMethod(), type);
            TransactionAttribute attribute = attributes.getTransactionAttribute(method, type);
            if (attribute != null) {
                check(new Joining(type, method, attribute, List.of(gated.operation())));
                if (attribute.isReadOnly() && managers.of(attribute, type) == gates) {
                    warnOfReadOnly(gated);
                }
            }
        }
        for (GatedReach.Bean bean : reached) {
            TransactionManager repositorys = managers.ofRepository(bean.name());
            if (repositorys != null && gates != null && repositorys != gates) {
                refuse(bean.by().get(0), "repository " + bean.type().getName(), repositorys);
                continue;
            }
            transactional(bean.type())
                    .forEach((method, attribute) -> check(new Joining(bean.type(), method, attribute, bean.by())));
            warnOfOtherThreads(bean);
        }
    }

    private Map<Method, TransactionAttribute> transactional(Class<?> type) {
        MethodIntrospector.MetadataLookup<TransactionAttribute> lookup =
                method -> attributes.getTransactionAttribute(method, type);
        return MethodIntrospector.selectMethods(type, lookup);
    }

    /** A transactional method and the gated operations in whose transaction it may be called. */
    private record Joining(
            Class<?> type, Method method, TransactionAttribute attribute, List<GatedOperation> operations) {

        String name() {
            return type.getName() + "#" + method.getName();
        }

        /** The beginning of every message. */
        String reach() {
            return reach(operations.get(0));
        }

        String reach(GatedOperation operation) {
            return operation.name() + " reaches " + name() + ", which is @Transactional";
        }
    }

    private void check(Joining joining) {
        switch (joining.attribute().getPropagationBehavior()) {
            case TransactionDefinition.PROPAGATION_NEVER ->
                log.warn(
                        "ND-0411 {}(propagation = NEVER): it fails whenever the gated handler calls it, because the gate's transaction"
                                + " is open. Let it join that (propagation = REQUIRED), or call it after the commit, from a"
                                + " @TransactionalEventListener.",
                        joining.reach());
            case TransactionDefinition.PROPAGATION_NOT_SUPPORTED ->
                warnOfEscape(
                        joining.reach() + "(propagation = NOT_SUPPORTED)",
                        "each of its statements commits by itself",
                        JOIN);
            default -> checkManager(joining);
        }
    }

    private void checkManager(Joining joining) {
        TransactionManager manager = managers.of(joining.attribute(), joining.type());
        if (gates != null && manager != null && manager != gates) {
            if (!joining.attribute().isReadOnly()) {
                refuse(joining.operations().get(0), joining.name(), manager);
            }
        } else if (joining.attribute().getPropagationBehavior() == TransactionDefinition.PROPAGATION_REQUIRES_NEW) {
            warnOfEscape(joining.reach() + "(propagation = REQUIRES_NEW)", "what it writes commits by itself", JOIN);
        } else {
            warnOfIsolation(joining);
        }
    }

    private void refuse(GatedOperation operation, String reached, TransactionManager manager) {
        Object[] names = {operation.name(), reached, managers.name(manager), managers.name(requireGates())};
        if (otherManagers == OtherManagers.REFUSE) {
            throw new StartupException("ND-0410", names);
        }
        Messages english = Messages.in(Locale.ENGLISH);
        log.warn("ND-0410 {} {}", english.text("ND-0410.problem", names), english.text("ND-0410.action", names));
    }

    private PlatformTransactionManager requireGates() {
        if (gates == null) {
            throw new IllegalStateException("the gate's transactions are not Spring's");
        }
        return gates;
    }

    private static void warnOfEscape(String method, String how, String remedy) {
        log.warn(
                "ND-0412 {}: {}, outside the gate's transaction. A rollback does not undo it, and the next attempt does it again."
                        + " {} after the commit, from a @TransactionalEventListener.",
                method,
                how,
                remedy);
    }

    private static void warnOfOtherThreads(GatedReach.Bean bean) {
        boolean whole = AnnotatedElementUtils.hasAnnotation(bean.type(), Async.class);
        MethodIntrospector.selectMethods(
                        bean.type(),
                        (Method method) -> whole || AnnotatedElementUtils.hasAnnotation(method, Async.class))
                .forEach(method -> warnOfEscape(
                        bean.by().get(0).name() + " reaches " + bean.type().getName() + "#" + method.getName()
                                + ", which is @Async",
                        "it runs on another thread",
                        "Call it on the handler's thread, or"));
    }

    private static void warnOfIsolation(Joining joining) {
        Isolation wanted = switch (joining.attribute().getIsolationLevel()) {
            case TransactionDefinition.ISOLATION_REPEATABLE_READ -> Isolation.REPEATABLE_READ;
            case TransactionDefinition.ISOLATION_SERIALIZABLE -> Isolation.SERIALIZABLE;
            default -> Isolation.READ_COMMITTED;
        };
        joining.operations().stream()
                .filter(operation -> operation.isolation().compareTo(wanted) < 0)
                .findFirst()
                .ifPresent(operation -> log.warn(
                        "ND-0413 {}(isolation = {}), but it joins the gate's transaction at {}, where Spring ignores that. Declare"
                                + " it on the gated handler: isolation = {}.",
                        joining.reach(operation),
                        wanted,
                        operation.isolation(),
                        wanted));
    }

    /** Of a service below a handler it is no contradiction: it reads within what the handler writes. */
    private static void warnOfReadOnly(GatedMethod gated) {
        log.warn(
                "ND-0414 {} is @Transactional(readOnly = true), but it runs in the gate's transaction, which writes the key's row,"
                        + " and Spring ignores that. Remove readOnly, or remove @Idempotent from a method without an"
                        + " effect.",
                gated.operation().name());
    }
}
