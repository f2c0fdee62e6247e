package dev.nodoubt.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds when at least one target is configured. */
final class OnTargets extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean any = Binder.get(context.getEnvironment())
                .bind("nodoubt.targets", Bindable.mapOf(String.class, Object.class))
                .map(targets -> !targets.isEmpty())
                .orElse(false);
        ConditionMessage.Builder message = ConditionMessage.forCondition("nodoubt targets");
        return any
                ? ConditionOutcome.match(message.foundExactly("nodoubt.targets.*"))
                : ConditionOutcome.noMatch(
                        message.didNotFind("nodoubt.targets.*").atAll());
    }
}
