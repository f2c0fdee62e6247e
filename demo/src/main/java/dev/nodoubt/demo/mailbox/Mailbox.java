package dev.nodoubt.demo.mailbox;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The mails that arrived last, in the order of arrival, kept in memory. Thread-safe. */
final class Mailbox {

    private static final Session SESSION = Session.getInstance(new Properties());

    private final int most;
    private final Deque<Arrived> arrived = new ArrayDeque<>();
    private final Map<String, Integer> copies = new HashMap<>();

    /** @param most how many it keeps: the oldest makes room for the next */
    Mailbox(int most) {
        this.most = most;
    }

    /** A mail with what the page shows of it. */
    record Arrived(Mail mail, String text, Instant at, int copy) {}

    /**
     * Keeps one mail.
     *
     * @param to the envelope's recipients
     * @param message header and text as they came over the wire
     * @throws MessagingException if it is no mail
     */
    void add(List<String> to, byte[] message, Instant now) throws MessagingException {
        MimeMessage mime = new MimeMessage(SESSION, new ByteArrayInputStream(message));
        String transfer = mime.getHeader("X-Transfer-Id", null);
        String id = mime.getMessageID();
        String subject = mime.getSubject();
        Mail mail = new Mail(
                id == null ? "" : id,
                String.join(", ", to),
                subject == null ? "" : subject,
                transfer == null ? "" : transfer.trim());
        String text = sender(mime) + text(mime);
        synchronized (arrived) {
            int copy = mail.transferId().isEmpty() ? 1 : copies.merge(mail.transferId(), 1, Integer::sum);
            arrived.addLast(new Arrived(mail, text, now, copy));
            if (arrived.size() > most) {
                String oldest = arrived.removeFirst().mail().transferId();
                copies.computeIfPresent(oldest, (unused, kept) -> kept == 1 ? null : kept - 1);
            }
        }
    }

    /** All mails, oldest first; with a recipient only those whose recipients contain it, in any case. */
    List<Arrived> find(String to) {
        String wanted = to.toLowerCase(Locale.ROOT);
        synchronized (arrived) {
            return arrived.stream()
                    .filter(one -> one.mail().to().toLowerCase(Locale.ROOT).contains(wanted))
                    .toList();
        }
    }

    /** The mails about one transfer, oldest first. */
    List<Mail> about(String transfer) {
        synchronized (arrived) {
            return arrived.stream()
                    .map(Arrived::mail)
                    .filter(mail -> mail.transferId().equals(transfer))
                    .toList();
        }
    }

    private static String sender(MimeMessage mime) throws MessagingException {
        Address[] from = mime.getFrom();
        return from == null || from.length == 0 ? "" : from[0] + "\n\n";
    }

    private static String text(MimeMessage mime) throws MessagingException {
        try {
            return mime.getContent() instanceof String text ? text : "";
        } catch (IOException e) {
            throw new MessagingException("the text cannot be decoded", e);
        }
    }
}
