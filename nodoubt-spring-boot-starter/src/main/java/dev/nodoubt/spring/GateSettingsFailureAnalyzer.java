package dev.nodoubt.spring;

import dev.nodoubt.Messages;
import dev.nodoubt.gate.GateSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows which setting of the gate was refused, by what rule, and where it comes from. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class GateSettingsFailureAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

    /** The bean that the starter makes of the properties. */
    static final String OF_PROPERTIES = "nodoubtGateSettings";

    private static final Pattern NAMED = Pattern.compile("gate: ([\\w.]+) .*", Pattern.DOTALL);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, IllegalArgumentException cause) {
        Matcher named = NAMED.matcher(String.valueOf(cause.getMessage()));
        if (!isOfSettings(cause) || !named.matches()) {
            return null;
        }
        String bean = bean(root);
        String place = bean.startsWith(OF_PROPERTIES) ? property(named.group(1)) : "bean " + bean;
        Messages messages = Messages.in(Locale.getDefault());
        String message = String.valueOf(cause.getMessage());
        return new FailureAnalysis(
                StartupException.problem("ND-0401", messages, message, place),
                StartupException.action("ND-0401", messages, message, place),
                root);
    }

    private static boolean isOfSettings(IllegalArgumentException cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(GateSettings.class.getName()));
    }

    /** The innermost one: the others only needed it. */
    private static String bean(Throwable root) {
        String innermost = "of type dev.nodoubt.gate.GateSettings";
        for (Throwable cause = root; cause != null; cause = cause.getCause()) {
            if (cause instanceof BeanCreationException creation && creation.getBeanName() != null) {
                String place = creation.getResourceDescription();
                innermost = creation.getBeanName() + (place == null ? "" : ", defined in " + place);
            }
        }
        return innermost;
    }

    /** As it is written in a file of properties. */
    private static String property(String component) {
        return "nodoubt.gate." + component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
