package dev.nodoubt.spring;

import dev.nodoubt.jdbc.Schema;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;

/** Creates or validates the tables, after the application's own migrations and before anything that uses them. */
@AutoConfiguration(after = DataSourceTransactionManagerAutoConfiguration.class)
@EnableConfigurationProperties(NodoubtProperties.class)
public final class NodoubtSchemaAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(DataSource.class)
    @DependsOnDatabaseInitialization
    NodoubtSchema nodoubtSchema(DataSource dataSource, NodoubtProperties properties) {
        Schema schema = new Schema(dataSource);
        switch (properties.schema().mode()) {
            case CREATE -> schema.create();
            case VALIDATE -> schema.validate();
            case NEVER -> {
                // the application takes care of the tables
            }
        }
        return new NodoubtSchema();
    }
}
