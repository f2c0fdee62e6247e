package dev.nodoubt.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifies, of several data sources, the one in which nodoubt's tables are: the one of the transactions that record calls,
 * and that gated handlers write in. Put beside a {@code PlatformTransactionManager}, it says which one manages that data
 * source. One bean of each kind may have it.
 *
 * <p>It is not needed where there is one data source, or one is {@code @Primary}; nor on a transaction manager that is the
 * only one, or the only one of plain JDBC that has this data source.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface NodoubtDataSource {}
