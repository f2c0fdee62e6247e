package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private static final IdempotencyKey KEY = IdempotencyKey.create(Instant.EPOCH);
    private static final IdempotencyKey OTHER = IdempotencyKey.create(Instant.EPOCH);

    private final Sightings sightings = new Sightings();

    @Test
    void a_call_is_unseen_until_a_scan_since_its_recording_found_it() {
        sightings.add(List.of(KEY));
        long before = sightings.scans();

        assertThat(sightings.isUnseen(KEY, before)).isTrue();
        sightings.add(List.of(OTHER));
        assertThat(sightings.isUnseen(KEY, before)).isTrue();
        sightings.add(List.of(OTHER, KEY));
        assertThat(sightings.isUnseen(KEY, before)).isFalse();
        sightings.add(List.of());
        assertThat(sightings.isUnseen(KEY, before)).isFalse();
    }

    @Test
    void what_is_not_remembered_any_more_counts_as_seen() {
        long before = sightings.scans();

        IntStream.range(0, 64).forEach(i -> sightings.add(List.of(OTHER)));
        assertThat(sightings.isUnseen(KEY, before)).isTrue();
        sightings.add(List.of());

        assertThat(sightings.isUnseen(KEY, before)).isFalse();
        assertThat(sightings.isUnseen(KEY, before + 1)).isTrue();
    }
}
