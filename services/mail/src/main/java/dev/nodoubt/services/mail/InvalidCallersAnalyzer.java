package dev.nodoubt.services.mail;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what is wrong with the configured callers, and what to do, in the place of a stack trace. */
final class InvalidCallersAnalyzer extends AbstractFailureAnalyzer<InvalidCallers> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidCallers cause) {
        return new FailureAnalysis(cause.problem(), cause.action(), cause);
    }
}
