package dev.nodoubt.spring;

import dev.nodoubt.Messages;
import dev.nodoubt.jdbc.SchemaException;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows what the tables lack, and the ways to make them, the SQL last because it is long. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SchemaFailureAnalyzer extends AbstractFailureAnalyzer<SchemaException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, SchemaException cause) {
        Messages messages = Messages.in(Locale.getDefault());
        String code = cause.sql().isPresent() ? "ND-0301" : "ND-0302";
        return new FailureAnalysis(
                StartupException.problem(code, messages, cause.problem()),
                StartupException.action(
                        code, messages, cause.problem(), cause.sql().orElse("")),
                root);
    }
}
