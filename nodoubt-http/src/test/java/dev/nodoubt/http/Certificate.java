package dev.nodoubt.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A self-signed certificate made by the running JDK's keytool.
 *
 * @param identity the store that holds its key
 * @param trust a store that holds the certificate alone
 */
record Certificate(Tls.Store identity, Tls.Store trust) {

    private static final String PASSWORD = "changeit";

    static Certificate make(Path dir, String name, String alternativeNames) throws Exception {
        Tls.Store identity = new Tls.Store(dir.resolve(name + ".p12"), PASSWORD);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-ext",
                        "san=" + alternativeNames,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        identity.file().toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
        return new Certificate(identity, trustOnly(dir, name, load(identity)));
    }

    private static Tls.Store trustOnly(Path dir, String name, KeyStore from)
            throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(name, from.getCertificate(name));
        Path file = dir.resolve(name + "-trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return new Tls.Store(file, PASSWORD);
    }

    private static KeyStore load(Tls.Store store) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.file().toFile(), store.password().toCharArray());
    }

    /** A TLS server under this certificate that executes whatever comes. */
    RawServer serve(boolean asksForCertificate, @Nullable Certificate client) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(identity), PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load((client == null ? this : client).trust));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(asksForCertificate);
        return new RawServer(socket, "https", line -> {}, line -> line.send(Calls.executed("{}")));
    }
}
