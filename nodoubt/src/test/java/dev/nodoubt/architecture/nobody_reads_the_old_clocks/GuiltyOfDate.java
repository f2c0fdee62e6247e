package dev.nodoubt.architecture.nobody_reads_the_old_clocks;

import java.time.Instant;
import java.util.Date;

final class GuiltyOfDate {

    @SuppressWarnings("JavaUtilDate") // That is what it is guilty of.
    Instant now() {
        return new Date().toInstant();
    }
}
