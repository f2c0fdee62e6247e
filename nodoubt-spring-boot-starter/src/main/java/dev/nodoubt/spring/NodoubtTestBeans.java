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
    ScriptedTransport nodoubtScriptedTransport(NodoubtProperties properties) {
        return new ScriptedTransport(properties.targets().keySet());
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
            NodoubtProperties properties) {
        List<Target> targets = properties.targets().entrySet().stream()
                .map(entry -> entry.getValue().target(entry.getKey()))
                .toList();
        return new RecordedCalls(
                outbox,
                settings -> new Relay(store, transport, targets, hooks, settings),
                properties.relaySettings("test"));
    }

    /** Nothing. */
    static final class Unstarted {}
}
