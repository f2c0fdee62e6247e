package dev.nodoubt.call;

import org.jspecify.annotations.Nullable;

/** The call store could not do what was asked; nothing half done stands. */
public final class CallStoreException extends RuntimeException {

    public CallStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
