package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.delivery.peer.DbScheduler;
import dev.nodoubt.bench.delivery.peer.Dbos;
import dev.nodoubt.bench.delivery.peer.Gruelbox;
import dev.nodoubt.bench.delivery.peer.Ideal;
import dev.nodoubt.bench.delivery.peer.JobRunrQueue;
import dev.nodoubt.bench.delivery.peer.Modulith;
import dev.nodoubt.bench.delivery.peer.Namastack;
import dev.nodoubt.bench.delivery.peer.NoDoubt;
import dev.nodoubt.bench.delivery.peer.PlainCall;
import dev.nodoubt.bench.delivery.peer.TransferAlone;
import dev.nodoubt.bench.delivery.report.Kind;
import dev.nodoubt.bench.measure.InvalidOption;
import java.util.Locale;

/** Who takes part. */
enum Entrant {
    /** Floor: the transaction and no call. */
    TRANSFER(Kind.FLOOR),
    /** Ceiling of calls: no transaction. */
    CALL(Kind.FLOOR),
    /** What people write first. */
    PLAIN(Kind.FLOOR),
    IDEAL(Kind.FLOOR),
    NODOUBT(Kind.NODOUBT),
    GRUELBOX(Kind.PEER),
    DB_SCHEDULER(Kind.PEER),
    JOBRUNR(Kind.PEER),
    MODULITH(Kind.PEER),
    NAMASTACK(Kind.PEER),
    DBOS(Kind.PEER);

    private final Kind kind;

    Entrant(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** Whether its calls outlive the process that recorded them. */
    boolean records() {
        return this != TRANSFER && this != CALL && this != PLAIN;
    }

    /** Makes it, with its tables where they are missing. */
    Contender make(Surroundings surroundings) throws Exception {
        return switch (this) {
            case TRANSFER -> new TransferAlone(surroundings);
            case CALL -> new PlainCall(surroundings, false);
            case PLAIN -> new PlainCall(surroundings, true);
            case IDEAL -> new Ideal(surroundings);
            case NODOUBT -> new NoDoubt(surroundings);
            case GRUELBOX -> new Gruelbox(surroundings);
            case DB_SCHEDULER -> new DbScheduler(surroundings);
            case JOBRUNR -> new JobRunrQueue(surroundings);
            case MODULITH -> new Modulith(surroundings);
            case NAMASTACK -> new Namastack(surroundings);
            case DBOS -> new Dbos(surroundings);
        };
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Entrant titled(String title) throws InvalidOption {
        for (Entrant entrant : values()) {
            if (entrant.title().equals(title)) {
                return entrant;
            }
        }
        throw new InvalidOption("no contender is named '" + title + "'; --help lists them");
    }
}
