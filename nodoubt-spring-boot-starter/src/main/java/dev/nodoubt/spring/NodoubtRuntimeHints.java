package dev.nodoubt.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** What an image of the application must keep beyond what the code itself shows: SQL, texts, the properties of a target. */
final class NodoubtRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("dev/nodoubt/jdbc/*.sql");
        hints.resources().registerResourceBundle("dev.nodoubt.messages");
        BindableRuntimeHintsRegistrar.forTypes(NodoubtProperties.class, TargetProperties.class)
                .registerHints(hints, classLoader);
    }
}
