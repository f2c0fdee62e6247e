package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Reply;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeded histories of a world in which everything goes wrong. One of them again, with its trace:
 * {@code mvn -o test -pl nodoubt -Dtest=SimulationTest -Dnodoubt.simulation.seed=42}; another number of them:
 * {@code -Dnodoubt.simulation.histories=1000000}.
 */
class SimulationTest {

    private static final long HISTORIES = Long.getLong("nodoubt.simulation.histories", 200_000);
    private static final long HISTORIES_OF_A_WRONG_ONE = 50_000;

    @Test
    void every_history_ends_in_true_outcomes() {
        Protocol real = new Protocol();

        OptionalLong wrong = firstWrong(HISTORIES, real);

        assertThat(wrong).as(() -> History.trace(wrong.orElseThrow(), real)).isEmpty();
    }

    @Test
    void a_history_is_decided_by_its_seed() {
        Protocol real = new Protocol();

        assertThat(History.trace(7, real)).isEqualTo(History.trace(7, real)).contains("-- healed");
        assertThat(History.trace(7, real)).isNotEqualTo(History.trace(8, real));
    }

    @Test
    void the_seed_given_by_a_person_is_shown() {
        Long seed = Long.getLong("nodoubt.simulation.seed");
        assumeTrue(seed != null, "no -Dnodoubt.simulation.seed");

        System.out.println(History.trace(seed, new Protocol()));

        assertThat(History.check(seed, new Protocol())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void a_protocol_with_one_rule_broken_is_caught(Protocol broken) {
        assertThat(firstWrong(HISTORIES_OF_A_WRONG_ONE, broken))
                .as("a wrong history under %s", broken)
                .isPresent();
    }

    static Stream<Protocol> a_protocol_with_one_rule_broken_is_caught() {
        return Stream.of(
                new AbsentMeansNever(),
                new InProgressCountsAsExecuted(),
                new TimeoutMeansNever(),
                new DeadNodesSentNothing(),
                new RefusedMeansNeverSent(),
                new ZombiesMayWrite(),
                new HandsOverWhatScansFound(),
                new TombstoneIsConsumed());
    }

    private static OptionalLong firstWrong(long histories, Protocol protocol) {
        return LongStream.range(0, histories)
                .parallel()
                .filter(seed -> History.check(seed, protocol).isPresent())
                .findAny();
    }

    /** "No record of it", so it did not happen: the first request may still be on its way. */
    private static final class AbsentMeansNever extends Protocol {
        @Override
        Step next(Progress progress, Instant now) {
            Step step = super.next(progress, now);
            return step == Step.FENCE ? Step.QUERY : step;
        }

        @Override
        Decision after(OpenCall call, Step step, AttemptResult result, Instant now) {
            return result instanceof Answer.Absent
                    ? new Decision.Settle(Outcome.Never.of(Why.FENCED))
                    : super.after(call, step, result, now);
        }
    }

    /** Somebody holds the key, so it will happen: a crash rolls it back. */
    private static final class InProgressCountsAsExecuted extends Protocol {
        @Override
        Decision after(OpenCall call, Step step, AttemptResult result, Instant now) {
            return result instanceof Answer.InProgress
                    ? new Decision.Settle(new Outcome.Executed(Reply.of(202)))
                    : super.after(call, step, result, now);
        }
    }

    /** The caller just gives up. */
    private static final class TimeoutMeansNever extends Protocol {
        @Override
        Step next(Progress progress, Instant now) {
            return progress.givesUp(now) ? Step.SETTLE_NEVER : super.next(progress, now);
        }
    }

    /** Rows of a dead node are taken over as they stand. */
    private static final class DeadNodesSentNothing extends Protocol {
        @Override
        boolean deadMayHaveSent() {
            return false;
        }
    }

    /** An attempt answered "not executed" counts as not sent: the network has a second copy of it. */
    private static final class RefusedMeansNeverSent extends Protocol {
        @Override
        Decision after(OpenCall call, Step step, AttemptResult result, Instant now) {
            Decision decision = super.after(call, step, result, now);
            boolean waits = call.progress().state() == CallState.WAITING;
            if (waits && result instanceof Answer.NotExecuted && decision instanceof Decision.Keep keep) {
                Progress p = keep.progress();
                return new Decision.Keep(
                        new Progress(
                                CallState.WAITING, p.attempts(), p.dueAt(), p.deadline(), p.givingUp(), p.last(), null),
                        null);
            }
            return decision;
        }
    }

    /** Who held a row once may write it for ever. */
    private static final class ZombiesMayWrite extends Protocol {
        @Override
        boolean comparesHolders() {
            return false;
        }
    }

    /** A call is handed over although a scan may have found, attempted and settled it meanwhile. */
    private static final class HandsOverWhatScansFound extends Protocol {
        @Override
        boolean handsOverOnlyTheUnseen() {
            return false;
        }
    }

    /** A late request takes the tombstone away and is refused; the next one executes. */
    private static final class TombstoneIsConsumed extends Protocol {
        @Override
        boolean tombstonesStay() {
            return false;
        }
    }
}
