package dev.nodoubt.demo.mailbox;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The mailbox as a process of its own. It ends with its parent: when its standard input ends.
 */
public final class MailboxMain {

    private MailboxMain() {}

    /** Arguments: SMTP port, port of the page, language, how many mails are kept. */
    public static void main(String[] args) throws IOException {
        Mailbox mailbox = new Mailbox(Integer.parseInt(args[3]));
        try (SmtpSink sink = new SmtpSink(Integer.parseInt(args[0]), mailbox, InstantSource.system());
                MailboxServer server =
                        new MailboxServer(Integer.parseInt(args[1]), mailbox, Locale.forLanguageTag(args[2]))) {
            System.out.println("SMTP on port " + sink.port() + ", page on port " + server.port());
            while (System.in.read() >= 0) {
                // whatever the parent says does not matter, only that it is there
            }
        }
    }
}
