package dev.nodoubt.services.mail;

import dev.nodoubt.Backoff;
import dev.nodoubt.staged.StagedKind;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedWorker;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code mail}.
 *
 * @param from the sender's address on new mails
 * @param domain the right side of new {@code Message-ID}s; also the name the service greets servers with
 * @param capability the name of a {@link Capability}
 * @param policy what to do with a mail in doubt
 * @param smtp the server
 * @param worker how attempts are made
 * @param backoff the waits between attempts: {@code first} 2 s, {@code cap} 16 s, {@code jitter} 0.1
 */
@ConfigurationProperties("mail")
record MailSettings(
        @DefaultValue("no-reply@mail.example") String from,
        @DefaultValue("mail.example") String domain,
        @DefaultValue("nodoubt") String capability,
        @DefaultValue("at-least-once") StagedPolicy policy,
        @DefaultValue Smtp smtp,
        @DefaultValue Worker worker,
        @DefaultValue Waits backoff) {

    /** For the claim itself, which runs before the attempt. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    MailSettings {
        Capability.named(capability);
        new Notification(from, "mail.from is a valid address", "as in a notification", null);
        if (!domain.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
            throw new IllegalArgumentException(
                    "mail.domain must be a domain of 1 to 253 letters, digits, hyphens and dots, was \"" + domain
                            + '"');
        }
        if (worker.lease().compareTo(smtp.totalTimeout().plus(MARGIN)) < 0) {
            throw new IllegalArgumentException("mail.worker.lease must be at least " + MARGIN.toSeconds()
                    + " s longer than mail.smtp.total-timeout (" + smtp.totalTimeout()
                    + "), so that nobody takes over an attempt that still runs; was " + worker.lease());
        }
    }

    /** Mails, as intents. */
    StagedKind kind() {
        return new StagedKind(MailEffect.KIND, policy, smtp.totalTimeout(), backoff.toBackoff());
    }

    /**
     * The SMTP server and how long to wait for it.
     *
     * @param connectTimeout until the connection stands
     * @param readTimeout without a byte of an answer
     * @param writeTimeout for one write
     * @param totalTimeout for the whole attempt, after which its connection is closed
     */
    record Smtp(
            @DefaultValue("127.0.0.1") String host,
            @DefaultValue("25") int port,
            @DefaultValue("1s") Duration connectTimeout,
            @DefaultValue("3s") Duration readTimeout,
            @DefaultValue("3s") Duration writeTimeout,
            @DefaultValue("15s") Duration totalTimeout) {

        Smtp {
            if (host.isBlank() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "mail.smtp must name a host and a port from 1 to 65535, was \"" + host + "\" port " + port);
            }
            requireRange("mail.smtp.connect-timeout", connectTimeout);
            requireRange("mail.smtp.read-timeout", readTimeout);
            requireRange("mail.smtp.write-timeout", writeTimeout);
            requireRange("mail.smtp.total-timeout", totalTimeout);
        }
    }

    /**
     * How attempts are made.
     *
     * @param threads attempts at the same time, 1 to 64
     * @param lease how long an attempt may stand as running before it counts as in doubt
     * @param poll how often to look for due mails when nothing wakes the worker
     * @param retention how long what became of a mail is kept after it was sent, refused or withdrawn
     */
    record Worker(
            @DefaultValue("4") int threads,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("1s") Duration poll,
            @DefaultValue("30d") Duration retention) {

        Worker {
            if (threads < 1 || threads > 64) {
                throw new IllegalArgumentException("mail.worker.threads must be 1 to 64, was " + threads);
            }
            requireRange("mail.worker.lease", lease);
            requireRange("mail.worker.poll", poll);
            if (retention.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException("mail.worker.retention must be at least 1 ms, was " + retention);
            }
        }

        StagedWorker.Settings settings() {
            return new StagedWorker.Settings(threads, lease, poll, retention);
        }
    }

    /** The waits between attempts, as in {@link Backoff}. */
    record Waits(
            @DefaultValue("2s") Duration first,
            @DefaultValue("16s") Duration cap,
            @DefaultValue("0.1") double jitter) {

        Backoff toBackoff() {
            return new Backoff(first, cap, jitter);
        }
    }

    private static void requireRange(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 1 h, was " + value);
        }
    }
}
