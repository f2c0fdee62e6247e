package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);

    @Test
    void itStandsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void itAdvancesAndGoesBack() {
        assertThat(clock.advance(Duration.ofSeconds(90))).isEqualTo(Instant.parse("2026-11-23T12:01:30Z"));

        clock.advance(Duration.ofSeconds(-30));

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T12:01:00Z"));
    }

    @Test
    void itJumpsToAnInstant() {
        clock.set(Instant.EPOCH);

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void advancesOfManyThreadsAreAllCounted() throws InterruptedException {
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    clock.advance(Duration.ofMillis(1));
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(80));
    }
}
