package dev.nodoubt.spring;

import dev.nodoubt.gate.Isolation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the effect of a Spring MVC controller method happen at most once per caller and {@code Idempotency-Key}; {@link
 * IdempotentHandler} does so for handler functions.
 *
 * <p>A request to such a method passes the gate after all other servlet filters, so after authentication and
 * authorisation by URL. The gate opens a transaction of Spring's transaction manager, which the method and every {@code
 * @Transactional} service below it join, and commits it together with the key's row and the reply. A repeated request
 * gets the recorded reply: the method does not run, nor do interceptors and security annotations on it.
 *
 * <ul>
 *   <li>2xx and 3xx commit.
 *   <li>400, 404, 410, 412 and 422 that come after the method was entered are declared refusals, by return value, {@code
 *       @ResponseStatus} or {@code @ExceptionHandler}: everything is rolled back, and the refusal is recorded and repeated.
 *       So are the statuses of {@link #rejects}, the exceptions of {@link #rejectedBy}, and the reply of a {@link
 *       dev.nodoubt.gate.RejectedException} that leaves the method.
 *   <li>Any other status, an exception that nothing handles, and every refusal before the method was entered (unreadable
 *       body, failed validation, missing parameter) roll back and record nothing: the same key may come again.
 * </ul>
 *
 * <p>Of the reply, status, body, {@code Content-Type}, {@code Content-Language}, {@code Location}, {@code ETag} and {@code
 * Link} are recorded and repeated; other headers go with the first answer only. Cookies set by the method are dropped.
 *
 * <p>On {@code GET}, {@code HEAD}, {@code OPTIONS} and {@code TRACE} it does nothing. The reply must be complete when the
 * method returns: streaming and asynchronous return types stop the application's start, and such a value behind a type
 * that hides it is rolled back and answered with 501. Without one {@code DataSource} and one transaction manager for it
 * the application does not start, either. Multipart requests are refused.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

    /**
     * Statuses from 400 to 499 that are declared refusals of this method, too, because they answer the request for good:
     * 409 of a seat that is taken, and not of a row that was locked. Anything else stops the start.
     */
    int[] rejects() default {};

    /**
     * Exceptions that are declared refusals when they leave this method and become a status from 400 to 499, by {@code
     * @ResponseStatus} or {@code @ExceptionHandler}: tells two reasons for the same status apart.
     */
    Class<? extends Exception>[] rejectedBy() default {};

    /**
     * The level of the gate's transaction around this method. It has to be said here: the method and its services join
     * that transaction, and Spring ignores the level of whoever joins.
     */
    Isolation isolation() default Isolation.READ_COMMITTED;
}
