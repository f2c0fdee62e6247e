package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.network.Crossing;
import dev.nodoubt.demo.network.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabWiresTest {

    private final LabWires wires = new LabWires();
    private final List<Crossing> told = new ArrayList<>();

    @Test
    void theFirstAttemptsMeetWhatWasChosenAndNoOtherTransfersDo() {
        wires.choose(7, Fault.LOSE_REQUEST, 2, told::add);

        assertThat(wires.fault(7, 1)).isEqualTo(Fault.LOSE_REQUEST);
        assertThat(wires.fault(7, 2)).isEqualTo(Fault.LOSE_REQUEST);
        assertThat(wires.fault(7, 3)).isEqualTo(Fault.NONE);
        assertThat(wires.fault(8, 1)).isEqualTo(Fault.NONE);
        assertThat(wires.delay(7, 1, Duration.ofSeconds(2))).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void aMendedNetworkTellsOnAndHasNoFaults() {
        Crossing crossing = new Crossing(7, 1, 40_000, Crossing.Asked.CALL, Crossing.Event.BROKEN, "", "");
        wires.choose(7, Fault.RESET, 9, told::add);

        wires.mend();
        wires.saw(crossing);
        wires.forget(7);
        wires.saw(crossing);

        assertThat(wires.fault(7, 1)).isEqualTo(Fault.NONE);
        assertThat(told).containsExactly(crossing);
    }
}
