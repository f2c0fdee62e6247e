package dev.nodoubt.spring;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;

/** Holds when it is clear which data source is meant. */
final class OnDatabase extends AnyNestedCondition {

    OnDatabase() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(annotation = NodoubtDataSource.class)
    static final class Qualified {}

    @ConditionalOnSingleCandidate(DataSource.class)
    static final class Single {}
}
