package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.Settling;
import java.net.URI;
import java.util.Optional;

/**
 * A lane of the lab.
 *
 * @param lane makes the transfers, one at a time
 * @param service the transfer service that it asks; empty where the lane itself is the caller
 * @param receiver the mail service that it calls
 * @param settling waits until nothing of it is under way
 */
public record LabLane(Lane lane, Optional<URI> service, Receiver receiver, Settling settling) {

    String name() {
        return lane.name();
    }
}
