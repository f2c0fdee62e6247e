package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.FaultyNetwork;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SufferingTest {

    private final Story story = new Story(
            new Transfer(1, Sending.PAYER, "Ada", BigDecimal.TEN, "m"),
            new Sending("Ada", "m", LabFault.FROZEN, 1, List.of("retry"), false),
            Duration.ofSeconds(1),
            () -> {});

    @ParameterizedTest
    @CsvSource({
        "'',     suffers_FROZEN recovers_FROZEN,   true",
        "freeze, failed,                           true",
        "thaw,   suffers_FROZEN failed abandoned,  false",
    })
    void onlyWhatHappenedIsToldAndWhoDoesNotComeBackLeavesNobodyWaiting(String failing, String told, boolean open)
            throws Exception {
        NotedProcess process = new NotedProcess(failing);

        suffer(LabFault.FROZEN, process, true, true);

        assertThat(process.done()).containsExactly("freeze", "thaw");
        assertThat(String.join(" ", steps())).isEqualTo(told);
        assertThat(story.isOpen()).isEqualTo(open);
    }

    @Test
    void whatWasInterruptedIsUndoneAndTheInterruptKept() throws Exception {
        NotedProcess process = new NotedProcess(true);

        boolean interrupted = suffer(LabFault.FROZEN, process, true, false);

        assertThat(process.done()).containsExactly("freeze", "thaw");
        assertThat(interrupted).isTrue();
        assertThat(steps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',              kill restart,               suffers_KILLED recovers_KILLED",
        "restart,         kill restart kill restart,  suffers_KILLED recovers_KILLED",
        "restart restart, kill restart kill restart,  suffers_KILLED failed abandoned",
    })
    void whatWasKilledIsStartedAgainAndOnceMoreIfItDoesNotComeUp(String failing, String done, String told)
            throws Exception {
        NotedProcess process = new NotedProcess(failing.split(" "));

        suffer(LabFault.KILLED, process, true, true);

        assertThat(String.join(" ", process.done())).isEqualTo(done);
        assertThat(String.join(" ", steps())).isEqualTo(told);
    }

    @Test
    void whatWasKilledIsStartedAgainAlsoWhereTheLockDoesNotEnd() throws Exception {
        NotedProcess process = new NotedProcess();

        suffer(LabFault.KILLED, process, false, true);

        assertThat(process.done()).containsExactly("kill", "restart");
        assertThat(steps()).containsExactly("suffers_KILLED", "failed", "abandoned");
    }

    /** Returns whether the thread was interrupted. */
    private boolean suffer(LabFault fault, NotedProcess process, boolean lockEnds, boolean fromOutside)
            throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try (FaultyNetwork network = new FaultyNetwork(nobody, new LabWires(), Duration.ofSeconds(1))) {
            Receiver receiver = new Receiver(network, 9, database(lockEnds), process);
            Suffering suffering = new Suffering(fault, Map.of(receiver, List.of(story)));
            suffering.begin();
            if (fromOutside) {
                Thread.currentThread().interrupt(); // so that it does not last
            }
            suffering.end();
            return Thread.interrupted();
        }
    }

    /** Takes whatever is asked of it; its connections can be closed, or not. */
    private static DataSource database(boolean closes) {
        return played(DataSource.class, closes);
    }

    private static <T> T played(Class<T> type, boolean closes) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> switch (method.getName()) {
                    case "getConnection" -> played(Connection.class, closes);
                    case "createStatement" -> played(Statement.class, true);
                    case "execute" -> true;
                    case "hashCode" -> System.identityHashCode(self);
                    case "close" -> {
                        if (!closes) {
                            throw new SQLException("not closed");
                        }
                        yield null;
                    }
                    default -> null;
                }));
    }

    private List<String> steps() {
        List<?> kept = (List<?>) story.shown().getOrDefault("steps", List.of());
        return kept.stream().map(step -> ((Story.Step) step).what()).toList();
    }
}
