package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens before the first byte: waiting for a connection, for credentials, beside a target that hangs. */
class WaitingTest {

    private static final HttpTarget.Timeouts LITTLE_WAIT = new HttpTarget.Timeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(100));

    @Test
    void whoFindsNoFreeConnectionInTimeIsNotSent() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        RawServer.Script slow = line -> {
            answer.await();
            line.send(Calls.executed("{}"));
        };
        try (RawServer server = new RawServer(slow);
                HttpTransport transport =
                        Calls.transport(Calls.target(server.base(), LITTLE_WAIT).withMaxConnections(1))) {
            CompletableFuture<AttemptResult> first = Calls.begin(transport, Calls.execute("mail", 1));

            AttemptResult second = Calls.cross(transport, 2);

            assertThat(second).isEqualTo(new NotSent("no free connection within 100 ms (1 of 1 in use, 1 waiting)"));
            assertThat(first).isNotDone();
            answer.countDown();
            assertThat(first.join()).isInstanceOf(Outcome.Executed.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whoWaitsInLineGetsTheConnectionThatBecomesFree() throws Exception {
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withMaxConnections(1))) {
            List<CompletableFuture<AttemptResult>> results = new ArrayList<>();
            for (int number = 1; number <= 10; number++) {
                results.add(Calls.begin(transport, Calls.execute("mail", number)));
            }

            assertThat(results).allSatisfy(result -> assertThat(result.join()).isInstanceOf(Outcome.Executed.class));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoBeginsWhenAnAttemptHasEndedFindsItsConnectionFreeAlthoughTheProcessStandsStill() throws Exception {
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport =
                        Calls.transport(Calls.target(server.base(), LITTLE_WAIT).withMaxConnections(1))) {
            CompletableFuture<AttemptResult> second = Calls.begin(transport, Calls.execute("mail", 1))
                    .thenCompose(first -> {
                        CompletableFuture<AttemptResult> next = Calls.begin(transport, Calls.execute("mail", 2));
                        standStill(next);
                        return next;
                    });

            assertThat(second.join()).isInstanceOf(Outcome.Executed.class);
        }
    }

    /** Holds up the thread that answers come on for three times as long as one may wait for a connection. */
    private static void standStill(CompletableFuture<AttemptResult> next) {
        try {
            next.get(300, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // not ended by its waiting time
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTargetThatHangsSlowsNoOther() throws Exception {
        try (RawServer hanging = new RawServer(RawServer.Line::stayBusy);
                RawServer flowing = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport = Calls.transport(
                        HttpTarget.of("hanging", hanging.base()).withTimeouts(Calls.PATIENT),
                        Calls.target(flowing.base(), Calls.PATIENT))) {
            List<CompletableFuture<AttemptResult>> stuck = new ArrayList<>();
            for (int number = 1; number <= 64; number++) {
                stuck.add(Calls.begin(transport, Calls.execute("hanging", number)));
            }

            for (int number = 1; number <= 50; number++) {
                assertThat(Calls.cross(transport, number)).isInstanceOf(Outcome.Executed.class);
            }

            assertThat(stuck).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void credentialsAreAskedAtEachAttempt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT)
                        .withCredentials(Credentials.bearer(() -> "token-" + asked.incrementAndGet())))) {
            for (int number = 1; number <= 3; number++) {
                Calls.cross(transport, number);
            }

            assertThat(server.requests())
                    .extracting(seen -> seen.header("Authorization"))
                    .containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-3");
        }
    }

    @Test
    void userAndPasswordAreSentAsBasic() throws Exception {
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT)
                        .withCredentials(Credentials.basic("Aladdin", "open sesame")))) {
            Calls.cross(transport, 1);

            assertThat(server.requests().get(0).header("Authorization"))
                    .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        }
    }

    @Test
    void credentialsThatFailOrHangAreNotSent() throws Exception {
        HttpTarget.Timeouts brief = new HttpTarget.Timeouts(
                Duration.ofMillis(150), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(50));
        Credentials throwing = Credentials.bearer(() -> {
            throw new IllegalStateException("secret-token");
        });
        Credentials failing = () -> CompletableFuture.failedFuture(new IOException("secret-token"));
        Credentials hanging = CompletableFuture<Optional<Credentials.Header>>::new;
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")))) {
            assertThat(crossWith(server, brief, throwing))
                    .isEqualTo(new NotSent("no credentials: IllegalStateException"));
            assertThat(crossWith(server, brief, failing)).isEqualTo(new NotSent("no credentials: IOException"));
            assertThat(crossWith(server, brief, hanging)).isEqualTo(new NotSent("no credentials within 200 ms"));

            assertThat(server.connections()).isZero();
        }
    }

    private static AttemptResult crossWith(RawServer server, HttpTarget.Timeouts timeouts, Credentials credentials)
            throws Exception {
        try (HttpTransport transport =
                Calls.transport(Calls.target(server.base(), timeouts).withCredentials(credentials))) {
            return Calls.cross(transport, 1);
        }
    }

    /** The client's thread is stuck in somebody's continuation: the own timer ends the attempt, and it stays unsent. */
    @Test
    void anAttemptEndsEvenWhenTheClientIsStuckAndIsNotSentAfterwards() throws Exception {
        HttpTarget.Timeouts brief = new HttpTarget.Timeouts(
                Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(100));
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RawServer.Script script = line -> {
            listening.await();
            line.send(Calls.executed("{}"));
        };
        try (RawServer server = new RawServer(script);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), brief))) {
            CompletableFuture<Void> first = transport
                    .cross(Calls.execute("mail", 1))
                    .toCompletableFuture()
                    .thenAccept(result -> {
                        stuck.countDown();
                        awaitUnchecked(release);
                    });
            listening.countDown();
            stuck.await();

            AttemptResult second = Calls.cross(transport, 2);
            release.countDown();
            first.join();

            assertThat(second).isEqualTo(new NotSent("no connection within 200 ms"));
            assertThat(executedEventually(transport)).isInstanceOf(Outcome.Executed.class);
            assertThat(server.requests()).noneMatch(seen -> seen.attempt() == 2);
        }
    }

    /** On a busy machine an attempt with these short timeouts may need another try. */
    private static AttemptResult executedEventually(HttpTransport transport) throws Exception {
        AttemptResult result = Calls.cross(transport, 3);
        for (int number = 4; number < 20 && !(result instanceof Outcome); number++) {
            result = Calls.cross(transport, number);
        }
        return result;
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
