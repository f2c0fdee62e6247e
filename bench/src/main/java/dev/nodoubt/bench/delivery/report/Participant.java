package dev.nodoubt.bench.delivery.report;

/**
 * Who took part.
 *
 * @param title such as {@code db-scheduler}
 * @param version of its library; empty of what has none
 */
public record Participant(String title, Kind kind, String version) {

    public Participant {
        if (title.isBlank()) {
            throw new IllegalArgumentException("participant: title must not be blank");
        }
    }
}
