package dev.nodoubt.services.mail;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call: the properties {@code mail.callers.<name>.token} and {@code mail.anonymous}. What they must be is checked
 * by {@link Callers} and not here, because a property that cannot be bound is printed with its value.
 *
 * @param callers {@code <name>.token} and the token
 * @param anonymous whether a request without a token is let in too
 */
@ConfigurationProperties("mail")
record CallerSettings(
        @DefaultValue Map<String, String> callers,
        @DefaultValue("false") boolean anonymous) {

    @Override
    public String toString() {
        return callers.size() + " callers" + (anonymous ? " and anonymous ones" : "");
    }
}
