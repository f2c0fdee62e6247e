package dev.nodoubt.spring;

import dev.nodoubt.jdbc.SchemaException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows what the tables lack, and the ways to make them, the SQL last because it is long. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SchemaFailureAnalyzer extends AbstractFailureAnalyzer<SchemaException> {

    static final String WAYS = """
            Either let nodoubt make and upgrade its tables at start: nodoubt.schema.mode=always. The application's database \
            user then needs the right to create tables.
            Or keep them with the application's migrations: save the SQL below as one, as in \
            src/main/resources/db/migration/V7__nodoubt.sql for Flyway or a changeSet of type sqlFile for Liquibase. \
            java -cp nodoubt.jar dev.nodoubt.jdbc.Schema postgresql|mariadb|mysql|h2 prints it too.
            """;

    @Override
    protected FailureAnalysis analyze(Throwable root, SchemaException cause) {
        String action = cause.sql()
                .map(sql -> WAYS + "\n" + sql)
                .orElse("Read the cause; the database, its user's rights and nodoubt's version must fit together.");
        return new FailureAnalysis(cause.problem() + ".", action, root);
    }
}
