package dev.nodoubt.services.mail;

import dev.nodoubt.staged.EffectResult;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP connection for one mail that knows on which side of the final dot it is, and what the server replied there. The
 * library's exceptions do not say: a reset before and after the dot look the same. Confined to one thread.
 */
final class DotTransport extends SMTPTransport {

    private enum Side {
        BEFORE_MAIL,
        BEFORE_DOT,
        AFTER_DOT
    }

    private Side side = Side.BEFORE_MAIL;
    /** On this side: the reply to the dot, or the first refusal before it; 0 when there was none. */
    private int reply;

    private String replyText = "";

    DotTransport(Session session) {
        super(session, new URLName("smtp", null, -1, null, null, null));
    }

    @Override
    protected void mailFrom() throws MessagingException {
        enter(Side.BEFORE_DOT);
        super.mailFrom();
    }

    /** Writes the final dot. From its first line on the server may have taken the mail. */
    @Override
    protected void finishData() throws IOException, MessagingException {
        enter(Side.AFTER_DOT);
        super.finishData();
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        // A reset command that follows a refusal is answered too: the first reply is the one that counts.
        if (reply == 0 && (code >= 400 || side == Side.AFTER_DOT)) {
            reply = code;
            replyText = String.valueOf(getLastServerResponse());
        }
        return code;
    }

    private void enter(Side next) {
        side = next;
        reply = 0;
        replyText = "";
    }

    /**
     * What is known now that the attempt has ended.
     *
     * @param failure how it ended; null when it ended well
     */
    EffectResult result(@Nullable Exception failure) {
        if (side == Side.AFTER_DOT) {
            if (reply >= 200 && reply <= 299) {
                return new EffectResult.Done(line());
            }
            if (reply < 400 || reply > 599) {
                return new EffectResult.InDoubt("no answer after the final dot: " + cause(failure));
            }
        }
        if (reply >= 400 && reply <= 599) {
            // A server that refuses every connection says nothing of this mail: worth another attempt.
            return new EffectResult.NotDone(line(), reply >= 500 && side != Side.BEFORE_MAIL);
        }
        String where = side == Side.BEFORE_MAIL ? "no SMTP session: " : "broken off before the final dot: ";
        return new EffectResult.NotDone(where + cause(failure), false);
    }

    private String line() {
        String line = replyText.strip().replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }

    /** The network's words only: the library's own messages may hold an address. */
    private static String cause(@Nullable Exception failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage().strip()
                : "connection closed";
    }
}
