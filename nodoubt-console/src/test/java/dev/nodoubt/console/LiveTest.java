package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LiveTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Live.class);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    private static Live live(int watchers, Figures... figures) {
        Live live = new Live(
                List.of(figures), new ConsoleProperties.Live(Duration.ofMillis(200), watchers), InstantSource.system());
        live.start();
        return live;
    }

    /** Numbers that come as late as a test wants them, as from a database that hangs. */
    private static final class Hanging implements Figures {

        final CountDownLatch answer = new CountDownLatch(1);
        final CompletableFuture<Thread> reader = new CompletableFuture<>();

        @Override
        public String json() {
            reader.complete(Thread.currentThread());
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while the database hung", e);
            }
            return "\"one\":1";
        }

        @Override
        public void pause() {
            // nothing is counted
        }
    }

    @Test
    void noMoreWatchThanMayWhileTheDatabaseHangs() {
        Hanging hanging = new Hanging();
        Live live = live(3, hanging);
        try {
            assertThat(live.watch()).isPresent();
            hanging.reader.join();

            long let = IntStream.range(0, 10)
                    .filter(one -> live.watch().isPresent())
                    .count();

            assertThat(let).isEqualTo(2);
        } finally {
            hanging.answer.countDown();
            live.stop();
        }
    }

    @Test
    void stopWhileTheDatabaseHangsIsNoFailure() throws InterruptedException {
        Hanging hanging = new Hanging();
        Live live = live(3, hanging);
        live.watch();
        Thread reader = hanging.reader.join();

        live.stop();
        reader.join();

        assertThat(lines.list).isEmpty();
    }

    @Test
    void failureIsToldOnceUntilItWorksAgain() {
        AtomicInteger readings = new AtomicInteger();
        Live live = live(1, new Figures() {
            @Override
            public String json() {
                readings.incrementAndGet();
                throw new IllegalStateException("connection refused");
            }

            @Override
            public void pause() {
                // nothing is counted
            }
        });
        try {
            live.watch();
            Awaitility.await().until(() -> readings.get() >= 3);

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("ND-0601 the console's live numbers cannot be read (connection refused);"
                            + " they stand still meanwhile");
        } finally {
            live.stop();
        }
    }
}
