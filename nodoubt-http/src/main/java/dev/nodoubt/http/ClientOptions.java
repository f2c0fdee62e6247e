package dev.nodoubt.http;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A target's settings in the client's terms: HTTP/1.1, one exchange at a time, nothing repeated, nothing followed. */
final class ClientOptions {

    /** Shorter than servers usually keep an idle connection, so that ours is seldom one that they just closed. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private ClientOptions() {}

    static HttpClientOptions of(HttpTarget target) {
        HttpTarget.Timeouts timeouts = target.timeouts();
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setDefaultHost(target.base().getHost())
                .setDefaultPort(portOf(target))
                .setConnectTimeout((int) timeouts.connect().toMillis())
                .setIdleTimeout((int) timeouts.socket().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false)
                .setDecompressionSupported(false)
                .setMaxRedirects(0);
        return target.isTls() ? withTls(options, target) : options;
    }

    private static HttpClientOptions withTls(HttpClientOptions options, HttpTarget target) {
        Tls.Store identity = target.tls().identity();
        if (identity != null) {
            options.setKeyCertOptions(KeyCertOptions.wrap(keys(target, identity)));
        }
        return options.setSsl(true)
                .setVerifyHost(true)
                .setSslHandshakeTimeout(target.timeouts().connect().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTrustOptions(TrustOptions.wrap(trust(target, target.tls().trust())));
    }

    private static int portOf(HttpTarget target) {
        int port = target.base().getPort();
        if (port > 0) {
            return port;
        }
        return target.isTls() ? 443 : 80;
    }

    private static TrustManagerFactory trust(HttpTarget target, Tls.@Nullable Store store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store == null ? null : load(store));
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw unreadable(target, "trust", store, e);
        }
    }

    private static KeyManagerFactory keys(HttpTarget target, Tls.Store store) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(store), store.password().toCharArray());
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw unreadable(target, "identity", store, e);
        }
    }

    private static KeyStore load(Tls.Store store) throws GeneralSecurityException, IOException {
        if (!Files.isRegularFile(store.file())) {
            throw new NoSuchFileException(store.file().toString(), null, "no such file");
        }
        return KeyStore.getInstance(store.file().toFile(), store.password().toCharArray());
    }

    private static IllegalArgumentException unreadable(
            HttpTarget target, String property, Tls.@Nullable Store store, Exception fault) {
        return new IllegalArgumentException(
                "target " + target.name() + ": tls." + property
                        + " must be a readable key store with its password, was " + store + " ("
                        + Reasons.described(fault) + ")",
                fault);
    }
}
