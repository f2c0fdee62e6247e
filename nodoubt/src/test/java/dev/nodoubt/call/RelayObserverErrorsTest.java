package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Trace;
import dev.nodoubt.Watch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An observer may throw whatever it likes: no call is lost, held or delayed by it. */
class RelayObserverErrorsTest {

    /** As an observer whose class path lacks something: what it throws is no exception. */
    private static final class Unlinked implements CallObserver {

        private final String how;

        Unlinked(String how) {
            this.how = how;
        }

        private <R> Watch<R> watch(String what) {
            if (how.equals(what)) {
                throw new NoClassDefFoundError("org/example/Span");
            }
            return how.equals("null") ? nothing() : new Broke<>();
        }

        @SuppressWarnings("NullAway") // as an observer does that knows nothing of the contract
        private static <R> Watch<R> nothing() {
            return null;
        }

        @Override
        public Watch<CallStore.Recording> recording(Call call) {
            return watch("recording");
        }

        @Override
        public Watch<AttemptResult> attempting(Attempt attempt) {
            return watch("attempting");
        }

        @Override
        public Watch<Boolean> settling(OpenCall call, Outcome outcome) {
            return watch("settling");
        }

        @Override
        public void unresolved(OpenCall call) {
            throw new NoClassDefFoundError("org/example/Span");
        }

        private static final class Broke<R> implements Watch<R> {

            @Override
            public Trace trace() {
                throw new NoClassDefFoundError("org/example/Trace");
            }

            @Override
            public Scope open() {
                throw new NoClassDefFoundError("org/example/Scope");
            }

            @Override
            public void ended(R result) {
                throw new NoClassDefFoundError("org/example/End");
            }

            @Override
            public void failed(Throwable fault) {
                throw new NoClassDefFoundError("org/example/Fault");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording", "attempting", "settling", "null", "watches"})
    void anObserverThatThrowsAnErrorCostsNeitherPermitNorOutcome(String how) {
        Target narrow = Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null));
        Rig rig = Rig.observed(new Unlinked(how), narrow);

        IdempotencyKey first = rig.send(rig.call("mail", "book"));
        IdempotencyKey second = rig.send(rig.call("mail", "book"));

        assertThat(rig.state(first)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.state(second)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled).hasSize(2);
        assertThat(rig.status("mail").inFlight()).isZero();
    }

    @Test
    void anObserverThatThrowsAnErrorKeepsNoUnresolvedCallFromBeingWritten() {
        Rig rig = Rig.observed(new Unlinked("settling"), Rig.MAIL.withCapability(new Capability.None()));
        rig.transport.answers(ScriptedTransport.LOST);

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT1M");

        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording", "watches"})
    void whyACallWasNotRecordedIsToldWhateverTheObserverThrowsMeanwhile(String how) {
        Rig rig = Rig.observed(new Unlinked(how), Rig.MAIL);
        rig.breaks("record");

        assertThat(catchThrowable(() -> rig.send("mail")))
                .isInstanceOf(CallStoreException.class)
                .hasMessageContaining("connection refused");
    }

    @Test
    void aHandlerThatFailsIsCalledAgainWhateverTheObserverThrowsMeanwhile() {
        Rig rig = Rig.observed(new Unlinked("watches"), Rig.MAIL);
        rig.breaks("book");
        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        assertThat(rig.store.find(key).orElseThrow().last()).contains("no book today");

        rig.mends("book");
        rig.pass("PT20S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }
}
