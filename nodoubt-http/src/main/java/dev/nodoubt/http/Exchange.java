package dev.nodoubt.http;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.wire.WireRequest;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on its way. Its phase moves by compare-and-set, so that exactly one of answer, fault and alarm ends it, and
 * so that "not sent" is only said of an exchange that from then on can never write a byte.
 */
final class Exchange {

    private static final Duration NEXT_LOOK = Duration.ofMillis(10);

    private enum Phase {
        ASKING,
        IN_LINE,
        CONNECTING,
        SENT,
        ENDED
    }

    private final TargetClient client;
    private final Attempt attempt;
    private final WireRequest wire;
    private final long began = System.nanoTime();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.ASKING);
    private final CompletableFuture<Crossing> result = new CompletableFuture<>();
    private final Runnable slotFree = this::slotCame;
    private volatile Optional<Credentials.Header> credential = Optional.empty();
    private @Nullable Alarm due;
    private volatile @Nullable ScheduledFuture<?> alarm;
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean answerEnded;
    private volatile long connecting;
    private volatile long sent;

    Exchange(TargetClient client, Attempt attempt) {
        this.client = client;
        this.attempt = attempt;
        this.wire = client.target().protocol().request(attempt);
    }

    CompletableFuture<Crossing> result() {
        return result;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Asks for credentials and goes on when they come. */
    void begin() {
        try {
            HttpTarget target = client.target();
            Duration limit = target.timeouts().untilSent();
            target.credentials().header().whenComplete((header, fault) -> {
                if (fault == null && header != null) {
                    credential = header;
                    lineUp();
                } else {
                    notSent(Phase.ASKING, "no credentials: " + (fault == null ? "none given" : nameOf(fault)));
                }
            });
            if (phase.get() == Phase.ASKING) {
                arm(Phase.ASKING, limit, () -> "no credentials within " + limit.toMillis() + " ms");
            }
        } catch (RuntimeException e) {
            notSent(Phase.ASKING, "no credentials: " + nameOf(e));
        }
    }

    /** Without its message, which may hold a secret. */
    private static String nameOf(Throwable fault) {
        Throwable cause = fault.getCause();
        boolean wrapped = fault instanceof CompletionException && cause != null;
        return (wrapped && cause != null ? cause : fault).getClass().getSimpleName();
    }

    private void lineUp() {
        if (phase.compareAndSet(Phase.ASKING, Phase.IN_LINE)) {
            if (client.slots().takeOrLineUp(slotFree)) {
                slotCame();
            } else {
                Duration limit = client.target().timeouts().poolWait();
                String reason = "no free connection within " + limit.toMillis() + " ms";
                arm(Phase.IN_LINE, limit, () -> reason + " (" + client.slots() + ")");
            }
        }
    }

    private void slotCame() {
        if (!phase.compareAndSet(Phase.IN_LINE, Phase.CONNECTING)) {
            client.slots().giveBack();
            return;
        }
        connecting = System.nanoTime();
        Duration limit = client.target().timeouts().connect();
        arm(Phase.CONNECTING, limit, () -> Reasons.notConnectedIn(limit));
        try {
            client.connect(this, wire, credential);
        } catch (RuntimeException e) {
            notConnected(e);
        }
    }

    void notConnected(Throwable fault) {
        notWritten(Reasons.notConnected(client.target(), fault));
    }

    void notWritten(String reason) {
        notSent(Phase.CONNECTING, reason);
    }

    /** Whether the request may be written now. After a yes, everything but an answer is lost. */
    boolean maySend(HttpClientRequest connected) {
        request = connected;
        Duration most = client.target().timeouts().untilSent();
        if (System.nanoTime() - began > most.toNanos()) { // its timer rings in a moment
            notSent(
                    Phase.CONNECTING,
                    Reasons.notConnectedIn(client.target().timeouts().connect()));
        }
        if (!phase.compareAndSet(Phase.CONNECTING, Phase.SENT)) {
            return false;
        }
        sent = System.nanoTime();
        Duration limit = client.target().timeouts().response();
        arm(Phase.SENT, limit, () -> "no complete answer within " + limit.toMillis() + " ms");
        return true;
    }

    void lost(String reason) {
        end(Phase.SENT, new AttemptResult.Lost(reason));
    }

    /** The last byte has come: from here on the connection belongs to the next exchange. */
    void answered(AttemptResult answer) {
        answerEnded = true;
        end(Phase.SENT, answer);
    }

    /** Ends it whatever its phase, with what is known then. */
    void abandon(String reason) {
        for (Phase from : Phase.values()) {
            if (from == Phase.SENT) {
                lost(reason);
            } else if (from != Phase.ENDED) {
                notSent(from, reason);
            }
        }
    }

    private void notSent(Phase from, String reason) {
        end(from, new AttemptResult.NotSent(reason));
    }

    private void end(Phase from, AttemptResult with) {
        if (!phase.compareAndSet(from, Phase.ENDED)) {
            return;
        }
        ScheduledFuture<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        Crossing crossing = new Crossing(with, phases(System.nanoTime()));
        if (answerEnded) {
            // Whoever begins the next attempt now finds the slot free: it would wait behind this one for nothing.
            client.afterSlot(() -> complete(crossing));
            return;
        }
        switch (from) {
            case IN_LINE -> client.slots().leaveLine(slotFree);
            case CONNECTING -> client.giveSlotBack();
            case SENT -> {
                client.onLoop(this::cutUnlessAnswered);
                client.giveSlotBack();
            }
            case ASKING, ENDED -> {}
        }
        complete(crossing);
    }

    private void complete(Crossing crossing) {
        client.ended(this);
        result.complete(crossing);
    }

    /** A phase that was not reached ends, without having begun, with the exchange. */
    private Crossing.Phases phases(long ended) {
        long connected = sent == 0 ? ended : sent;
        long waited = connecting == 0 ? ended : connecting;
        return new Crossing.Phases(
                Duration.ofNanos(waited - began),
                Duration.ofNanos(connecting == 0 ? 0 : connected - waited),
                Duration.ofNanos(sent == 0 ? 0 : ended - connected));
    }

    /** A late answer must never be taken for the next request's. */
    private void cutUnlessAnswered() {
        HttpClientRequest sent = request;
        if (!answerEnded && sent != null) {
            sent.reset();
        }
    }

    /** When a phase has lasted too long, and what is said then. */
    private record Alarm(Phase in, long at, Supplier<String> reason) {}

    /**
     * One timer that depends on nothing of Vert.x: whatever gets lost there, the exchange ends. It goes on until the phase
     * that it then finds is due, because most exchanges end long before their first one would be.
     */
    private synchronized void arm(Phase in, Duration limit, Supplier<String> reason) {
        long at = System.nanoTime() + limit.toNanos();
        if (in != Phase.SENT) {
            at = Math.min(at, began + client.target().timeouts().untilSent().toNanos());
        }
        Alarm before = due;
        if (before == null || before.in.compareTo(in) < 0) { // else a later phase was faster
            due = new Alarm(in, at, reason);
            if (before == null || at < before.at) {
                schedule(at);
            }
        }
    }

    private void schedule(long at) {
        ScheduledFuture<?> before = alarm;
        if (before != null) {
            before.cancel(false);
        }
        alarm = client.timer().schedule(this::rings, Math.max(at - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
    }

    private void rings() {
        Alarm now = due();
        if (now.in == Phase.SENT && now.at <= System.nanoTime()) {
            lost(now.reason.get());
        } else if (now.at <= System.nanoTime()) {
            notSent(now.in, now.reason.get());
        }
        goOn();
    }

    private synchronized Alarm due() {
        return Objects.requireNonNull(due, "a timer was set with an alarm");
    }

    /** Sets the timer anew unless the exchange has ended; a next phase that has just begun may not have armed yet. */
    private synchronized void goOn() {
        if (phase.get() != Phase.ENDED) {
            schedule(Math.max(due().at, System.nanoTime() + NEXT_LOOK.toNanos()));
        }
    }
}
