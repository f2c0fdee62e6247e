package dev.nodoubt.spring;

import java.lang.reflect.Method;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/** Stops the start of a web application without Spring MVC whose gated methods nobody would gate. */
final class UngatedHandlersCheck implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beans;

    UngatedHandlersCheck(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type != null && AnnotationUtils.isCandidateClass(type, Idempotent.class)) {
                requireNoneGated(ClassUtils.getUserClass(type));
            }
        }
    }

    private static void requireNoneGated(Class<?> type) {
        Set<Method> gated = MethodIntrospector.selectMethods(
                type, (MethodFilter) method -> AnnotatedElementUtils.hasAnnotation(method, Idempotent.class));
        gated.stream().map(Method::getName).sorted().findFirst().ifPresent(name -> {
            throw new StartupException("ND-0424", type.getSimpleName() + "." + name);
        });
    }
}
