package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObserverGuardTest {

    private final List<String> first = new ArrayList<>();
    private final List<String> further = new ArrayList<>();
    private final ObserverGuard guard = new ObserverGuard(
            fault -> first.add(String.valueOf(fault.getMessage())),
            fault -> further.add(String.valueOf(fault.getMessage())));

    /** Throws an error or an exception, each by its method's name. */
    private static final class Broken implements Watch<String> {
        @Override
        public @Nullable Trace trace() {
            throw new NoClassDefFoundError("trace");
        }

        @Override
        public Scope open() {
            return () -> {
                throw new NoClassDefFoundError("close");
            };
        }

        @Override
        public void ended(String result) {
            throw new IllegalStateException("ended");
        }

        @Override
        public void failed(Throwable fault) {
            throw new NoClassDefFoundError("failed");
        }
    }

    @Test
    void whatAWatchThrowsStaysWithItAndOnlyTheFirstFaultIsToldAsSuch() {
        Watch<String> watch = guard.watch(Broken::new);

        assertThat(watch.trace()).isNull();
        watch.open().close();
        watch.ended("done");
        watch.failed(new IllegalStateException("the work's own"));
        guard.tell(() -> {
            throw new NoClassDefFoundError("told");
        });

        assertThat(first).containsExactly("trace");
        assertThat(further).containsExactly("close", "ended", "failed", "told");
    }

    @Test
    void whereNoWatchBeginsNothingIsWatched() {
        Watch<String> watch = guard.watch(() -> {
            throw new NoClassDefFoundError("begin");
        });

        assertThat(watch.trace()).isNull();
        watch.open().close();
        watch.ended("done");
        assertThat(first).containsExactly("begin");
        assertThat(further).isEmpty();
    }

    @Test
    void aWatchThatNeverFailsIsToldAll() {
        List<String> told = new ArrayList<>();
        Watch<String> watch = guard.watch(() -> new Watch<>() {
            @Override
            public Scope open() {
                told.add("open");
                return () -> told.add("close");
            }

            @Override
            public void ended(String result) {
                told.add(result);
            }
        });

        watch.open().close();
        watch.ended("done");

        assertThat(told).containsExactly("open", "close", "done");
        assertThat(first).isEmpty();
    }
}
