package dev.nodoubt.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom a target trusts and how it identifies itself. The host name is always verified. Stores are read once, when the
 * transport is made.
 *
 * @param trust certificates to trust instead of the system's; null for the system's
 * @param identity key and certificate to show when the server asks for one (mTLS); null for none
 */
public record Tls(@Nullable Store trust, @Nullable Store identity) {

    /** The system's trusted certificates, no identity. */
    public static final Tls SYSTEM = new Tls(null, null);

    /** Trusts what is in this store, and nothing else. */
    public static Tls trusting(Store trust) {
        return new Tls(trust, null);
    }

    /**
     * A key store file of a type that the JDK recognises (PKCS12, JKS). {@code toString} does not show the password.
     *
     * @param file where it is
     * @param password opens the store and its keys
     */
    public record Store(Path file, String password) {
        @Override
        public String toString() {
            return "store " + file;
        }
    }
}
