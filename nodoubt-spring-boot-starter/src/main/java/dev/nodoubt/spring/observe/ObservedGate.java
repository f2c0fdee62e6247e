package dev.nodoubt.spring.observe;

import dev.nodoubt.Watch;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateObserver;
import dev.nodoubt.gate.GateRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a gate decides, as observations. No name or tag has a caller or a path in it; spans get the digest of a key. */
final class ObservedGate implements GateObserver {

    static final String DECISION = "nodoubt.gate.decision";

    private final ObservationRegistry registry;
    private final AtomicLong purged = new AtomicLong();

    ObservedGate(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Watch<Admission> executing(GateRequest request) {
        return new Observed<>(
                decision("execute", request.key().digest()), Map.of(), Observed.End.of("decision", Words::of));
    }

    @Override
    public Watch<Finding> querying(GateKey key) {
        return finding("query", key);
    }

    @Override
    public Watch<Finding> fencing(GateKey key) {
        return finding("fence", key);
    }

    private Watch<Finding> finding(String asked, GateKey key) {
        return new Observed<>(
                decision(asked, key.key().digest()),
                Map.of(),
                Observed.End.of("decision", found -> Words.of(found.answer())));
    }

    private Observation decision(String asked, String digest) {
        return Observation.createNotStarted(DECISION, registry)
                .contextualName("gate " + asked)
                .lowCardinalityKeyValue("asked", asked)
                .highCardinalityKeyValue("nodoubt.key.digest", digest);
    }

    @Override
    public void purged(int keys) {
        purged.addAndGet(keys);
    }

    /** Since the start. */
    long purged() {
        return purged.get();
    }
}
