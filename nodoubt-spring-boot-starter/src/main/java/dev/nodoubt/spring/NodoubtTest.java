package dev.nodoubt.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Beside {@code @SpringBootTest}: recorded calls wait until the test lets them be delivered, and no request leaves the
 * process. The test gets a {@link RecordedCalls} to look at calls and to deliver them, and a {@link ScriptedTransport} that
 * says what the targets answer. Between two deliveries no thread of the relay runs.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(NodoubtTestBeans.class)
public @interface NodoubtTest {}
