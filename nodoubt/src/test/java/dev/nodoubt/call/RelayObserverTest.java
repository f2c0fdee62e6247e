package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Trace;
import dev.nodoubt.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an observer is told of a call, and that it changes nothing. */
class RelayObserverTest {

    private static final Trace OWN = new Trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "own=1");
    private static final Trace BORN = new Trace("00-5bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null);
    private static final Trace TRIED = new Trace("00-5bf92f3577b34da6a3ce929d0e0e4736-10f067aa0ba902b7-01", null);

    /** Keeps in words what it is told. */
    private static class Diary implements CallObserver {
        final List<String> lines = new ArrayList<>();

        @Nullable
        Trace recording;

        @Nullable
        Trace attempting;

        @Override
        public Watch<CallStore.Recording> recording(Call call) {
            return new Page<>("record", recording);
        }

        @Override
        public Watch<AttemptResult> attempting(Attempt attempt) {
            return new Page<>(attempt.step().name(), attempting);
        }

        @Override
        public Watch<Boolean> settling(OpenCall call, Outcome outcome) {
            return new Page<>("settle", null);
        }

        @Override
        public void unresolved(OpenCall call) {
            lines.add("unresolved " + call.progress().state().word());
        }

        private final class Page<R> implements Watch<R> {
            private final String what;
            private final @Nullable Trace trace;

            Page(String what, @Nullable Trace trace) {
                this.what = what;
                this.trace = trace;
                lines.add(what);
            }

            @Override
            public @Nullable Trace trace() {
                return trace;
            }

            @Override
            public Scope open() {
                lines.add("open " + what);
                return () -> lines.add("close " + what);
            }

            @Override
            public void ended(R result) {
                Object shown = result instanceof CallStore.Recording ? "recorded" : result;
                lines.add(what + " ended: "
                        + (shown instanceof AttemptResult ? shown.getClass().getSimpleName() : shown));
            }

            @Override
            public void failed(Throwable fault) {
                lines.add(what + " failed");
            }
        }
    }

    /** As an observer with an error in each of its methods. */
    private static final class Broken implements CallObserver {
        @Override
        public Watch<CallStore.Recording> recording(Call call) {
            throw new IllegalStateException("no recording today");
        }

        @Override
        public Watch<AttemptResult> attempting(Attempt attempt) {
            return new Watch<>() {
                @Override
                public Trace trace() {
                    throw new IllegalStateException("no trace today");
                }

                @Override
                public void ended(AttemptResult result) {
                    throw new IllegalStateException("no end today");
                }
            };
        }

        @Override
        public Watch<Boolean> settling(OpenCall call, Outcome outcome) {
            return new Watch<>() {
                @Override
                public Scope open() {
                    throw new IllegalStateException("no scope today");
                }
            };
        }

        @Override
        public void unresolved(OpenCall call) {
            throw new IllegalStateException("no unresolved today");
        }
    }

    @Test
    void aCallIsSeenFromItsRecordingToItsCommittedOutcome() {
        Diary diary = new Diary();
        Rig rig = Rig.observed(diary, Rig.MAIL);

        rig.send(rig.call("mail", "book"));

        assertThat(diary.lines)
                .containsExactly(
                        "record",
                        "record ended: recorded",
                        "QUERY", // whether the target speaks the protocol, once
                        "QUERY ended: Absent",
                        "EXECUTE",
                        "EXECUTE ended: Executed",
                        "settle",
                        "open settle",
                        "close settle",
                        "settle ended: true");
    }

    @Test
    void aHandlerThatFailedIsSeenAndItsNextTryIsSeenAnew() {
        Diary diary = new Diary();
        Rig rig = Rig.observed(diary, Rig.MAIL);
        rig.breaks("book");
        rig.send(rig.call("mail", "book"));
        rig.mends("book");
        diary.lines.clear();

        rig.pass("PT20S");

        assertThat(diary.lines).containsExactly("settle", "open settle", "close settle", "settle ended: true");
    }

    @Test
    void anUnresolvedCallIsTold() {
        Diary diary = new Diary();
        Target nothing = Rig.MAIL.withCapability(new Capability.None());
        Rig rig = Rig.observed(diary, nothing);
        rig.transport.answers(ScriptedTransport.LOST);

        rig.send("mail");
        rig.pass("PT1M");

        assertThat(diary.lines).contains("EXECUTE ended: Lost", "unresolved unresolved");
    }

    @Test
    void aRecordingThatFailsIsSeen() {
        Diary diary = new Diary();
        Rig rig = Rig.observed(diary, Rig.MAIL);
        rig.breaks("record");

        assertThat(catchThrowable(() -> rig.send("mail"))).isInstanceOf(CallStoreException.class);
        assertThat(diary.lines).containsExactly("record", "record failed");
    }

    @Test
    void aCallContinuesTheTraceInWhichItWasRecordedUntilAnAttemptHasItsOwn() {
        Diary diary = new Diary();
        diary.recording = BORN;
        Rig rig = Rig.observed(diary, Rig.MAIL);

        rig.send("mail");
        diary.attempting = TRIED;
        rig.send("mail");

        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().trace())
                .containsExactly(BORN, TRIED);
    }

    @Test
    void aTraceThatTheCallBringsIsItsOwn() {
        Diary diary = new Diary();
        diary.recording = BORN;
        Rig rig = Rig.observed(diary, Rig.MAIL);

        rig.send(rig.call("mail").withTrace(OWN).withPriority(1));

        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().trace())
                .containsExactly(OWN);
    }

    @Test
    void anObserverThatThrowsChangesNothing() {
        Rig rig = Rig.observed(new Broken(), Rig.MAIL);

        IdempotencyKey key = rig.send(rig.call("mail", "book"));

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled).hasSize(1);
    }

    @Test
    void afterALapseEachWordOnACallEndsItsOwnWatch() {
        Diary diary = new Diary();
        Rig rig = Rig.observed(diary, Rig.MAIL);
        rig.breaks("write");
        IdempotencyKey key = rig.send("mail");
        rig.loop.stall(Relay.Settings.DEFAULT.lease().plusSeconds(1));
        long other = rig.store.join("other", Duration.ofSeconds(2)).incarnation();
        rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);
        diary.lines.clear();

        rig.pass("PT10S"); // the other node has died as well, so this one sends again, under its next incarnation
        assertThat(diary.lines).contains("EXECUTE ended: Executed", "settle").doesNotContain("settle ended: true");
        rig.mends("write");
        rig.pass("PT5S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(diary.lines)
                .filteredOn(line -> line.startsWith("settle"))
                .containsExactly("settle", "settle ended: false", "settle ended: true");
    }

    @Test
    void aNodeSaysWhetherItHoldsItsLease() {
        Rig rig = Rig.started(Rig.MAIL);

        RelayStatus joined = rig.relay.node();
        rig.storeIsDown(true);
        rig.pass("PT1M");

        assertThat(joined.name()).isEqualTo("node");
        assertThat(joined.incarnation()).isPositive();
        assertThat(joined.holdsLease()).isTrue();
        assertThat(rig.relay.node().holdsLease()).isFalse();
    }
}
