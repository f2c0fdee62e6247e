package dev.nodoubt.spring;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/** Stops the start of a web application without Spring MVC whose gated methods nobody would gate. */
final class UngatedHandlersCheck implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(UngatedHandlersCheck.class);

    private final ConfigurableListableBeanFactory beans;

    UngatedHandlersCheck(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            gated(name).stream().sorted().findFirst().ifPresent(method -> {
                throw new StartupException("ND-0424", method);
            });
        }
    }

    /** None of a bean whose class cannot be read, as one with a type that is missing: it may never be made. */
    private List<String> gated(String name) {
        try {
            Class<?> type = beans.getType(name, false);
            return type != null && AnnotationUtils.isCandidateClass(type, Idempotent.class)
                    ? gated(ClassUtils.getUserClass(type))
                    : List.of();
        } catch (RuntimeException | LinkageError e) {
            log.debug("Bean {} is not asked for gated methods: its class cannot be read", name, e);
            return List.of();
        }
    }

    private static List<String> gated(Class<?> type) {
        Set<Method> gated = MethodIntrospector.selectMethods(
                type, (MethodFilter) method -> AnnotatedElementUtils.hasAnnotation(method, Idempotent.class));
        return gated.stream()
                .map(method -> type.getSimpleName() + "." + method.getName())
                .toList();
    }
}
