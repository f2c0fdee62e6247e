package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.util.Map;

/** Hooks that are command lines. */
record CommandHooks(Map<Hook, ShellCommand> commands) implements Hooks {

    CommandHooks {
        commands = Map.copyOf(commands);
    }

    @Override
    public boolean offers(Hook hook) {
        return commands.containsKey(hook);
    }

    @Override
    public void pull(Hook hook) throws IOException, InterruptedException {
        ShellCommand command = commands.get(hook);
        if (command == null) {
            throw new IllegalArgumentException("there is no command for " + hook.option());
        }
        command.run(Map.of());
    }
}
