package dev.nodoubt.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the effect of a Spring MVC controller method happen at most once per caller and {@code Idempotency-Key}.
 *
 * <p>A request to such a method passes the gate after all other servlet filters, so after authentication and
 * authorisation by URL. The gate opens a transaction of Spring's transaction manager, which the method and every {@code
 * @Transactional} service below it join, and commits it together with the key's row and the reply. A repeated request
 * gets the recorded reply: the method does not run, nor do interceptors and security annotations on it.
 *
 * <ul>
 *   <li>2xx and 3xx commit.
 *   <li>400, 404, 410, 412 and 422 that come after the method was entered are declared refusals, by return value or by
 *       {@code @ExceptionHandler}: everything is rolled back, and the refusal is recorded and repeated.
 *   <li>Any other status, an exception that nothing handles, and every refusal before the method was entered (unreadable
 *       body, failed validation, missing parameter) roll back and record nothing: the same key may come again.
 * </ul>
 *
 * <p>Of the reply, status, body, {@code Content-Type}, {@code Content-Language}, {@code Location}, {@code ETag} and {@code
 * Link} are recorded and repeated; other headers go with the first answer only. Cookies set by the method are dropped.
 *
 * <p>On {@code GET}, {@code HEAD}, {@code OPTIONS} and {@code TRACE} it does nothing. The reply must be complete when the
 * method returns: streaming and asynchronous return types stop the application's start. So does an application without
 * one {@code DataSource} and one transaction manager for it. Multipart requests are refused.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {}
