package dev.nodoubt.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * On a test that starts an {@link EmbeddedMariaDb}: it is skipped where no MariaDB is published for the machine, and a
 * line on the standard error output names it. Where one is published, a missing artifact still fails the test.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NeedsMariaDb.Condition.class)
public @interface NeedsMariaDb {

    /** Skips where {@link EmbeddedMariaDb} cannot run. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (MariaDbBinaries.forThisMachine()) {
                return ConditionEvaluationResult.enabled("MariaDB is published for this machine");
            }
            String reason = "NOT RUN HERE: " + context.getDisplayName() + " (no MariaDB for " + Machine.system() + " "
                    + Machine.architecture() + ")";
            System.err.println(reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
