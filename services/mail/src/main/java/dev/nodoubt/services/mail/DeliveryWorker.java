package dev.nodoubt.services.mail;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what is due, with a bounded number of threads. Each thread claims one delivery at a time, attempts it without
 * holding a database connection, and records the end. Nothing that fails stops it for good.
 */
final class DeliveryWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final long RECORD_AGAIN_MILLIS = 200;

    private final Deliveries deliveries;
    private final SmtpSender sender;
    private final MailSettings settings;
    private final Backoff backoff;
    private final Semaphore wake = new Semaphore(0);
    /** Deliveries whose attempts run here or wait to be recorded. */
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    /** Tokens of claims whose statement failed: they may stand all the same. */
    private final Queue<UUID> unclear = new ConcurrentLinkedQueue<>();

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    DeliveryWorker(Deliveries deliveries, SmtpSender sender, MailSettings settings) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.settings = settings;
        this.backoff = settings.backoff().toBackoff();
    }

    /** Something may be due: one thread looks at once. */
    void wake() {
        if (wake.availablePermits() < settings.worker().threads()) {
            wake.release();
        }
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        for (int i = 1; i <= settings.worker().threads(); i++) {
            Thread thread = new Thread(this::run, "mail-delivery-" + i);
            threads.add(thread);
            thread.start();
        }
        LOG.info(
                "mail delivery to {}:{} started: {} at a time, policy {}, lease {}",
                settings.smtp().host(),
                settings.smtp().port(),
                threads.size(),
                settings.policy(),
                settings.worker().lease());
    }

    /** Claims nothing more and waits until the attempts that run have ended and are recorded. */
    @Override
    public synchronized void stop() {
        running = false;
        wake.release(threads.size());
        long end = System.nanoTime() + settings.smtp().totalTimeout().toNanos() + TimeUnit.SECONDS.toNanos(2);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
        if (!held.isEmpty()) {
            LOG.warn("stopped with {} attempts whose end is not recorded: they count as in doubt", held.size());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        try {
            while (running) {
                if (!deliverNext()) {
                    // Whether it was woken or only time has passed, it looks.
                    boolean unused = wake.tryAcquire(settings.worker().poll().toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was one. */
    private boolean deliverNext() {
        try {
            giveBackUnclear();
            Optional<Claim> claim = claim();
            claim.ifPresent(this::deliver);
            return claim.isPresent();
        } catch (RuntimeException e) {
            LOG.warn("mail delivery looks again in {}: {}", settings.worker().poll(), firstLine(e));
            return false;
        }
    }

    private Optional<Claim> claim() {
        long begun = System.nanoTime();
        UUID token = UUID.randomUUID();
        try {
            if (settings.policy() == DeliveryPolicy.AT_MOST_ONCE) {
                park();
            }
            Optional<Claim> claim = deliveries.claim(token, settings.worker().lease(), settings.policy(), held);
            Duration left = settings.worker().lease().minusNanos(System.nanoTime() - begun);
            if (claim.isPresent() && left.compareTo(settings.smtp().totalTimeout()) < 0) {
                throw new IllegalStateException(
                        "a claim took so long that its lease could end before the attempt does");
            }
            return claim;
        } catch (RuntimeException e) {
            unclear.add(token);
            throw e;
        }
    }

    private void giveBackUnclear() {
        for (UUID token = unclear.peek(); token != null; token = unclear.peek()) {
            deliveries.giveBack(token);
            unclear.remove(token);
        }
    }

    private void park() {
        int parked = deliveries.park(held);
        if (parked > 0) {
            LOG.warn("{} mails are in doubt and parked, a person decides: the policy is at most once", parked);
        }
    }

    private void deliver(Claim claim) {
        UUID id = claim.intent().id();
        held.add(id);
        try {
            SendResult result = sender.send(claim.intent());
            Duration wait = backoff.after(IdempotencyKey.of(id), claim.attempts());
            NextStep next = NextStep.after(result, claim.doubts(), settings.policy(), wait);
            log(claim, next);
            record(claim, next);
        } finally {
            held.remove(id);
        }
    }

    /** Does not give up while the service runs: what is known must not become a doubt for want of a database. */
    private void record(Claim claim, NextStep next) {
        UUID id = claim.intent().id();
        while (true) {
            try {
                if (!deliveries.complete(claim, next)) {
                    LOG.warn(
                            "mail {}: the end of attempt {} stands already, or its lease ran out",
                            id,
                            claim.attempts());
                }
                return;
            } catch (RuntimeException e) {
                LOG.warn("mail {}: the end of attempt {} is not recorded yet: {}", id, claim.attempts(), firstLine(e));
                if (!running || !pause()) {
                    return;
                }
            }
        }
    }

    private static void log(Claim claim, NextStep next) {
        Intent intent = claim.intent();
        if (next.state() == DeliveryState.SENT) {
            LOG.debug("mail {} to {} is sent, attempt {}", intent.id(), intent.maskedRecipient(), claim.attempts());
            return;
        }
        LOG.warn(
                "mail {} to {} is {} after attempt {}; {}",
                intent.id(),
                intent.maskedRecipient(),
                next.state().word(),
                claim.attempts(),
                next.after() == null
                        ? "nothing more is tried"
                        : "next attempt in " + next.after().toMillis() + " ms");
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RECORD_AGAIN_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
