package dev.nodoubt.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files that pages load, compressed once. Their names carry what they hold, so that a browser keeps them for ever. */
final class Assets {

    private static final Map<String, String> FILES = Map.of(
            "console.css", "console.css",
            "console.js", "console.js",
            "plots.js", "plots.js",
            "icon.svg", "icon.svg",
            "htmx.js", "htmx/htmx.min.js",
            "uplot.js", "uplot/uPlot.iife.min.js",
            "uplot.css", "uplot/uPlot.min.css");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml");

    /** One file. Who asks for its bytes does not change them. */
    static final class Asset {

        private final String type;
        private final String version;
        private final byte[] plain;
        private final byte[] gzip;

        private Asset(String type, byte[] plain) throws IOException {
            this.type = type;
            this.version = digest(plain);
            this.plain = plain;
            this.gzip = compressed(plain);
        }

        /** As in {@code Content-Type}. */
        String type() {
            return type;
        }

        /** Names its content. */
        String version() {
            return version;
        }

        byte[] plain() {
            return plain;
        }

        byte[] gzip() {
            return gzip;
        }
    }

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    Assets() {
        FILES.forEach((name, file) -> assets.put(name, asset(name, file)));
    }

    @Nullable
    Asset find(String name) {
        return assets.get(name);
    }

    /** The path below the console's: {@code assets/1f0c/console.css}. */
    String path(String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("the console has no file " + name);
        }
        return "assets/" + asset.version + "/" + name;
    }

    private static Asset asset(String name, String file) {
        try (InputStream in = Assets.class.getResourceAsStream("assets/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the console's " + file + " is not on the class path");
            }
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return new Asset(String.valueOf(type), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compressed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
