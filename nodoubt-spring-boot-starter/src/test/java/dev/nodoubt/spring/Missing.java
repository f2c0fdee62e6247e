package dev.nodoubt.spring;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.OverridingClassLoader;

/** Stands for a type of an optional dependency that is not there. */
interface Missing {

    /** The type as it is loaded where this one is missing. */
    static Class<?> without(Class<?> type) throws ClassNotFoundException {
        ClassLoader others = new FilteredClassLoader(Missing.class);
        return new OverridingClassLoader(others) {
            @Override
            protected boolean isEligibleForOverriding(String name) {
                return name.equals(type.getName());
            }
        }.loadClass(type.getName());
    }
}
