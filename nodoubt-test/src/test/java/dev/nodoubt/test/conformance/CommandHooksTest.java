package dev.nodoubt.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are written for sh")
class CommandHooksTest {

    @Test
    void a_command_that_fails_fails_its_case_and_tells_what_it_wrote() {
        Hooks hooks = new CommandHooks(Map.of(Hook.KILL, new ShellCommand("echo no such process >&2; exit 3")));

        assertThat(hooks.offers(Hook.KILL)).isTrue();
        assertThat(hooks.offers(Hook.RESTART)).isFalse();
        assertThatThrownBy(() -> hooks.pull(Hook.KILL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no such process");
    }

    @Test
    void what_a_command_starts_may_live_on() throws Exception {
        String pid = new ShellCommand("sleep 60 & echo $!").run(Map.of()).strip();

        ProcessHandle started = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(started.isAlive()).isTrue();
        started.destroyForcibly();
    }

    @Test
    void a_command_finds_its_values_in_the_environment() throws Exception {
        assertThat(new ShellCommand("echo \"<$ID>\"").run(Map.of("ID", "e-1 2")).strip())
                .isEqualTo("<e-1 2>");
    }
}
