package dev.nodoubt.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Standard output as the person's terminal shows it: in its encoding, with one line at the bottom that is rewritten.
 * Where standard output is no terminal that line is left out. Thread-safe.
 */
final class Terminal {

    private static final int WIDTH = 78;

    private final PrintStream out;
    private final CharsetEncoder encoder;
    private final boolean rewrites;
    private int statusWidth;

    Terminal(OutputStream out, Charset charset, boolean rewrites) {
        this.out = new PrintStream(out, true, charset);
        this.encoder = charset.newEncoder();
        this.rewrites = rewrites;
    }

    /** The one of this process. */
    static Terminal standard(Map<String, String> environment) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        return new Terminal(out, charset(environment), environment.containsKey(Options.TERMINAL));
    }

    /**
     * The terminal's encoding: as the locale's name says, whether or not that locale is installed here; ASCII for one
     * that says none, such as C; what the JDK found where there is no locale, as on Windows.
     */
    static Charset charset(Map<String, String> environment) {
        String locale = Options.locale(environment, "LC_CTYPE");
        String name = locale.isEmpty()
                ? System.getProperty("native.encoding", "US-ASCII")
                : locale.substring(locale.indexOf('.') + 1).replaceAll("@.*", "");
        try {
            return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
        } catch (IllegalCharsetNameException e) {
            return StandardCharsets.US_ASCII;
        }
    }

    /** Whether the terminal has these characters. */
    synchronized boolean shows(String text) {
        return encoder.canEncode(text);
    }

    /** Whether the bottom line is rewritten, or left out. */
    boolean rewrites() {
        return rewrites;
    }

    synchronized void say(String text) {
        clear();
        for (String line : text.split("\n", -1)) {
            out.println(line);
        }
    }

    /** Rewrites the bottom line. */
    synchronized void status(String text) {
        if (rewrites) {
            String shown = shortened(text);
            int width = width(shown);
            out.print("\r" + shown + " ".repeat(Math.max(0, statusWidth - width)));
            out.flush();
            statusWidth = width;
        }
    }

    private void clear() {
        if (statusWidth > 0) {
            out.print("\r" + " ".repeat(statusWidth) + "\r");
            statusWidth = 0;
        }
    }

    private static String shortened(String text) {
        String shown = text;
        while (width(shown) > WIDTH) {
            shown = shown.substring(0, shown.offsetByCodePoints(shown.length(), -1));
        }
        return shown;
    }

    /** How many columns a text takes: Hangul, Han and full-width signs take two. */
    static int width(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    /** A text with spaces behind it up to a width. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** A text with spaces before it up to a width. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF);
    }
}
