package dev.nodoubt.spring;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Refuses a client of an interface with durable methods that would send them at once: one that was built without the
 * starter, as a bean or in a field of a bean. It looks when the bean is made, whenever that is, so before its first call.
 */
final class DurableProxyCheck implements BeanPostProcessor, PriorityOrdered {

    /** Stands in the proxies that record. It never runs: the factory's own advice does all the work. */
    static final Advice RECORDS = (MethodInterceptor) MethodInvocation::proceed;

    private static final String FACTORY = HttpServiceProxyFactory.class.getName();

    private static final ClassValue<Boolean> DURABLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return ServiceGroups.isDurable(type);
        }
    };

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Class<?> unrecorded = unrecorded(bean);
        if (unrecorded != null) {
            String group = ServiceGroups.group(name);
            throw group == null
                    ? new StartupException("ND-0423", name, unrecorded.getName())
                    : new StartupException("ND-0420", group);
        }
        ReflectionUtils.doWithFields(
                bean.getClass(), field -> requireRecording(bean, name, field), field -> DURABLE.get(field.getType()));
        return bean;
    }

    private static void requireRecording(Object bean, String name, Field field) throws IllegalAccessException {
        Class<?> unrecorded = field.trySetAccessible() ? unrecorded(field.get(bean)) : null;
        if (unrecorded != null) {
            throw new StartupException("ND-0423", name + "." + field.getName(), unrecorded.getName());
        }
    }

    /** The interface whose durable methods this client would send at once; null where it is none, or it records them. */
    private static @Nullable Class<?> unrecorded(@Nullable Object client) {
        if (!(client instanceof Advised proxy)) {
            return null;
        }
        if (advices(proxy).noneMatch(advice -> advice.getClass().getName().startsWith(FACTORY))) {
            return unrecorded(AopProxyUtils.getSingletonTarget(client)); // advised once more, perhaps
        }
        return advices(proxy).anyMatch(RECORDS::equals)
                ? null
                : Arrays.stream(proxy.getProxiedInterfaces())
                        .filter(DURABLE::get)
                        .findFirst()
                        .orElse(null);
    }

    private static Stream<Advice> advices(Advised proxy) {
        return Arrays.stream(proxy.getAdvisors()).map(Advisor::getAdvice);
    }

    /** Before others wrap what it looks at. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
