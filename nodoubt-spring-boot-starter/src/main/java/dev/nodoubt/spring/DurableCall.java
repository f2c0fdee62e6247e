package dev.nodoubt.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method of an {@code @HttpExchange} interface that returns nothing be recorded in the current transaction and
 * delivered after its commit. On a method that returns a {@link Durable} it only says how its calls are treated. On any
 * other it stops the start, because such a method cannot return before the call was made.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DurableCall {

    /** Name of the {@link dev.nodoubt.call.OutcomeHandler} bean that runs when the outcome is known; none by default. */
    String handler() default "";

    /**
     * How long after recording the caller keeps trying, as in {@code 10m} or {@code PT10M}: more than zero, at most 13
     * days; 24 hours by default.
     */
    String deadline() default "";
}
