package dev.nodoubt.bench.delivery;

/** A part of a round: what an application's producers do while one thing is measured. */
enum Window {
    CLOSED_32("closed32", 32),
    CLOSED_8("closed8", 8),
    /** Transfers at a given rate, whose calls' latency counts. */
    OPEN("open", 8);

    private final String title;
    private final int producers;

    Window(String title, int producers) {
        this.title = title;
        this.producers = producers;
    }

    /** What its values' names begin with. */
    String title() {
        return title;
    }

    /**
     * Whether this contender has something to show in it: a call in the producer's own thread has arrived before its
     * transfer returns, so nothing lies between.
     */
    boolean isFor(Entrant entrant) {
        return this != OPEN || entrant.records();
    }

    /** What the application is told. */
    String command(DeliveryOptions options) {
        return this == OPEN
                ? "/open?producers=" + producers + "&rate=" + DeliveryBenchmark.OPEN_RATE + "&count="
                        + DeliveryBenchmark.OPEN_RATE * options.openSeconds()
                : closed(options.millis());
    }

    /** As many producers in a closed loop, for so long. */
    String closed(int millis) {
        return "/closed?producers=" + producers + "&millis=" + millis;
    }
}
