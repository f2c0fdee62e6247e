package dev.nodoubt.spring;

import dev.nodoubt.Messages;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows problem and action instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupFailureAnalyzer extends AbstractFailureAnalyzer<StartupException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, StartupException cause) {
        Messages messages = Messages.in(Locale.getDefault());
        return new FailureAnalysis(cause.problem(messages), cause.action(messages), root);
    }
}
