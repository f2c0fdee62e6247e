package dev.nodoubt.spring;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import java.util.List;
import org.springframework.context.annotation.Bean;

/** What {@link NodoubtTest} puts in the place of the starter's transport and of the relay's start. */
final class NodoubtTestBeans {

    @Bean
    ScriptedTransport nodoubtScriptedTransport(NodoubtTargets targets) {
        return new ScriptedTransport(targets.byName().keySet());
    }

    /** Stands where the starter would start the relay. */
    @Bean
    Unstarted nodoubtRelayLifecycle() {
        return new Unstarted();
    }

    @Bean
    RecordedCalls nodoubtRecordedCalls(
            CallStore store,
            Outbox outbox,
            ScriptedTransport transport,
            Relay.Hooks hooks,
            NodoubtTargets configured,
            Relay.Settings settings) {
        List<Target> targets = configured.byName().entrySet().stream()
                .map(entry -> entry.getValue().target(entry.getKey()))
                .toList();
        return new RecordedCalls(outbox, chosen -> new Relay(store, transport, targets, hooks, chosen), settings);
    }

    /** Nothing. */
    static final class Unstarted {}
}
