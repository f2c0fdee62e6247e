package dev.nodoubt.test.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A receiver under test and everything that is known of it. Set up by one thread, then only read.
 */
public final class Setup {

    private static final Duration LONGEST_TRANSACTION_LIMIT = Duration.ofSeconds(30);
    private static final int SIZE = 1024;

    private final Receiver receiver;
    private final Subject subject;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private Hooks hooks = Hooks.NONE;
    private String token = "";
    private String otherToken = "";
    private String quotaToken = "";
    private String ungateable = "";
    private @Nullable Path log;
    private Duration patience = Duration.ofSeconds(20);
    private Duration transactionLimit = Duration.ofDays(1);
    private int rounds = 30;
    private int bodyLimit = SIZE * SIZE;
    private int replyLimit = 256 * SIZE;

    /** A receiver with the features that are expected of each, and the protocol's default limits. */
    public Setup(Receiver receiver, Subject subject) {
        this.receiver = receiver;
        this.subject = subject;
        for (Feature feature : Feature.values()) {
            if (feature.expected()) {
                features.add(feature);
            }
        }
    }

    /** The bearer token of the caller that the suite is. */
    public Setup token(String value) {
        token = value;
        return this;
    }

    /** The bearer token of a caller in another scope. */
    public Setup otherToken(String value) {
        otherToken = value;
        return this;
    }

    /** The bearer token of a caller in a scope of its own that may have at most 1000 rows, and as many tombstones. */
    public Setup quotaToken(String value) {
        quotaToken = value;
        return this;
    }

    /** The path of a POST operation that cannot be gated: it streams, or answers later. */
    public Setup ungateable(String path) {
        ungateable = path;
        return this;
    }

    public Setup hooks(Hooks value) {
        hooks = value;
        return this;
    }

    /** The receiver's log, at its most talkative. */
    public Setup log(Path file) {
        log = file;
        return this;
    }

    public Setup with(Feature feature) {
        features.add(feature);
        return this;
    }

    public Setup without(Feature feature) {
        features.remove(feature);
        return this;
    }

    /** How long to wait for an answer, 1 s to 10 min; default 20 s. */
    public Setup patience(Duration value) {
        require("patience", value, Duration.ofSeconds(1), Duration.ofMinutes(10));
        patience = value;
        return this;
    }

    /** After how long the database ends a gated transaction, 1 s to 1 day. */
    public Setup transactionLimit(Duration value) {
        require("transaction limit", value, Duration.ofSeconds(1), Duration.ofDays(1));
        transactionLimit = value;
        return this;
    }

    /** How often each race is run, with four keys at once, 1 to 100,000; default 30. */
    public Setup rounds(int value) {
        if (value < 1 || value > 100_000) {
            throw new IllegalArgumentException("setup: rounds must be 1 to 100000, was " + value);
        }
        rounds = value;
        return this;
    }

    /** The largest body that is gated, in bytes, 1 KiB to 16 MiB; default 1 MiB. */
    public Setup bodyLimit(int bytes) {
        require("body limit", bytes);
        bodyLimit = bytes;
        return this;
    }

    /** The largest reply body that is kept, in bytes, 1 KiB to 16 MiB; default 256 KiB. */
    public Setup replyLimit(int bytes) {
        require("reply limit", bytes);
        replyLimit = bytes;
        return this;
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "setup: " + name + " must be " + least + " to " + most + ", was " + value);
        }
    }

    private static void require(String name, int bytes) {
        if (bytes < SIZE || bytes > 16 * SIZE * SIZE) {
            throw new IllegalArgumentException("setup: " + name + " must be 1 KiB to 16 MiB, was " + bytes + " bytes");
        }
    }

    boolean has(Need need) {
        if (need instanceof Feature feature) {
            return features.contains(feature);
        }
        if (need instanceof Hook hook) {
            return hooks.offers(hook);
        }
        return switch ((Ability) need) {
            case TOKEN -> !token.isEmpty();
            case OTHER_TOKEN -> !token.isEmpty() && !otherToken.isEmpty();
            case QUOTA_TOKEN -> !quotaToken.isEmpty();
            case UNGATEABLE -> !ungateable.isEmpty();
            case LOG -> log != null;
            case TRANSACTION_LIMIT -> transactionLimit.compareTo(LONGEST_TRANSACTION_LIMIT) <= 0;
            case EFFECTS, STEERING, HOLDING, INVALID_BODY, JSON ->
                subject.abilities().contains(need);
        };
    }

    Receiver receiver() {
        return receiver;
    }

    Subject subject() {
        return subject;
    }

    Hooks hooks() {
        return hooks;
    }

    String token() {
        return token;
    }

    String otherToken() {
        return otherToken;
    }

    String quotaToken() {
        return quotaToken;
    }

    String ungateable() {
        return ungateable;
    }

    @Nullable
    Path log() {
        return log;
    }

    Duration patience() {
        return patience;
    }

    Duration transactionLimit() {
        return transactionLimit;
    }

    int rounds() {
        return rounds;
    }

    int bodyLimit() {
        return bodyLimit;
    }

    int replyLimit() {
        return replyLimit;
    }
}
