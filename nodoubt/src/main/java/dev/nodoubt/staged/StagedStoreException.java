package dev.nodoubt.staged;

import org.jspecify.annotations.Nullable;

/** The store of intents could not do what was asked. Where a commit's answer was lost, it may have been done all the same. */
public final class StagedStoreException extends RuntimeException {

    public StagedStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
