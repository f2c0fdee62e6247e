package dev.nodoubt.services.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The message of a recorded mail: the same bytes each time. No part of it comes from a clock, a random number, the host's name
 * or its time zone, and it has one part, hence no boundary.
 */
final class MailMessage extends MimeMessage {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String messageId;

    private MailMessage(Session session, Mail mail) throws MessagingException {
        super(session);
        this.messageId = mail.messageId();
    }

    static MimeMessage of(Session session, Mail mail) throws MessagingException {
        MimeMessage message = new MailMessage(session, mail);
        Notification content = mail.content();
        message.setFrom(new InternetAddress(mail.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(content.to(), true));
        message.setSubject(content.subject(), "UTF-8");
        message.setHeader("Date", DATE.format(mail.recordedAt()));
        if (content.transferId() != null) {
            message.setHeader("X-Transfer-Id", content.transferId());
        }
        message.setText(content.text().replaceAll("\r\n|\r|\n", "\r\n"), "UTF-8");
        // Base64 always: short lines, no leading dots and no bare line breaks, whatever the text is.
        message.setHeader("Content-Transfer-Encoding", "base64");
        message.saveChanges();
        return message;
    }

    /** The library would make a random one. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
