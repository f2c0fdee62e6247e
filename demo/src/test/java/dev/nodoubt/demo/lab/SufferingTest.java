package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.FaultyNetwork;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SufferingTest {

    private final List<String> done = new ArrayList<>();
    private final Story story = new Story(
            new Transfer(1, Sending.PAYER, "Ada", BigDecimal.TEN, "m"),
            new Sending("Ada", "m", LabFault.FROZEN, 1, List.of("retry"), false),
            Duration.ofSeconds(1),
            () -> {});

    @ParameterizedTest
    @CsvSource({
        "'',     suffers_FROZEN recovers_FROZEN",
        "freeze, failed",
        "thaw,   suffers_FROZEN failed",
    })
    void onlyWhatHappenedIsTold(String failing, String told) throws Exception {
        frozenUntilInterrupted(failing, false);

        assertThat(done).containsExactly("freeze", "thaw");
        assertThat(String.join(" ", steps())).isEqualTo(told);
    }

    @Test
    void whatWasInterruptedIsUndoneAndTheInterruptKept() throws Exception {
        boolean interrupted = frozenUntilInterrupted("", true);

        assertThat(done).containsExactly("freeze", "thaw");
        assertThat(interrupted).isTrue();
        assertThat(steps()).isEmpty();
    }

    private boolean frozenUntilInterrupted(String failing, boolean within) throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try (FaultyNetwork network = new FaultyNetwork(nobody, new LabWires(), Duration.ofSeconds(1))) {
            Receiver receiver = new Receiver(network, 9, new HikariDataSource(), new Noted(failing, within));
            Suffering suffering = new Suffering(LabFault.FROZEN, Map.of(receiver, List.of(story)));
            suffering.begin();
            if (!within) {
                Thread.currentThread().interrupt();
            }
            suffering.end();
            return Thread.interrupted();
        }
    }

    private List<String> steps() {
        List<?> kept = (List<?>) story.shown().getOrDefault("steps", List.of());
        return kept.stream().map(step -> ((Story.Step) step).what()).toList();
    }

    private final class Noted implements ReceiverProcess {

        private final String failing;
        private final boolean interrupted;

        private Noted(String failing, boolean interrupted) {
            this.failing = failing;
            this.interrupted = interrupted;
        }

        @Override
        public void freeze() throws Exception {
            note("freeze");
            if (interrupted) {
                throw new InterruptedException();
            }
        }

        @Override
        public void thaw() {
            note("thaw");
        }

        @Override
        public void kill() {
            note("kill");
        }

        @Override
        public void restart() {
            note("restart");
        }

        private void note(String act) {
            done.add(act);
            if (act.equals(failing)) {
                throw new IllegalStateException(act);
            }
        }
    }
}
