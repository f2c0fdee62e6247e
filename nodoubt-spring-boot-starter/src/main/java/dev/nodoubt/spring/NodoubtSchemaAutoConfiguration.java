package dev.nodoubt.spring;

import dev.nodoubt.jdbc.Schema;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Chooses the data source, and creates or validates the tables, after the application's own migrations and before anything
 * that uses them.
 */
@AutoConfiguration(after = DataSourceTransactionManagerAutoConfiguration.class)
@EnableConfigurationProperties(NodoubtProperties.class)
public final class NodoubtSchemaAutoConfiguration {

    @Bean
    @Conditional(OnDatabase.class)
    NodoubtDatabase nodoubtDatabase(
            ObjectProvider<DataSource> dataSources,
            @NodoubtDataSource ObjectProvider<DataSource> qualified,
            ObjectProvider<PlatformTransactionManager> managers,
            @NodoubtDataSource ObjectProvider<PlatformTransactionManager> qualifiedManager) {
        DataSource dataSource = qualified.getIfAvailable(dataSources::getObject);
        return new NodoubtDatabase(
                dataSource, NodoubtDatabase.manager(dataSource, qualifiedManager.getIfAvailable(), managers));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(NodoubtDatabase.class)
    @DependsOnDatabaseInitialization
    NodoubtSchema nodoubtSchema(NodoubtDatabase database, NodoubtProperties properties) {
        DataSource dataSource = database.dataSource();
        Schema schema = new Schema(dataSource);
        switch (properties.schema().mode()) {
            case EMBEDDED -> {
                if (EmbeddedDatabaseConnection.isEmbedded(dataSource)) {
                    schema.create();
                } else {
                    schema.validate();
                }
            }
            case ALWAYS -> schema.create();
            case VALIDATE -> schema.validate();
            case NEVER -> {
                // the application takes care of the tables
            }
        }
        return new NodoubtSchema();
    }
}
