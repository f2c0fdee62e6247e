package dev.nodoubt.services.mail;

import dev.nodoubt.staged.EffectResult;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes one attempt to send a mail over SMTP: one connection, one message, and never longer than the total timeout.
 * Thread-safe.
 */
final class SmtpSender implements AutoCloseable {

    private final MailSettings.Smtp smtp;
    private final String greeting;
    private final ScheduledExecutorService timer;

    /**
     * A sender for this server.
     *
     * @param greeting the name to greet the server with
     */
    SmtpSender(MailSettings.Smtp smtp, String greeting) {
        this.smtp = smtp;
        this.greeting = greeting;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, "mail-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
    }

    /** Attempts to send; every failure of server and network is a result. */
    EffectResult send(Mail mail) {
        OneSocket socket = new OneSocket();
        Session session = Session.getInstance(properties(socket));
        // A server that drips its answer never runs into the read timeout.
        Future<?> deadline = timer.schedule(socket::abort, smtp.totalTimeout().toMillis(), TimeUnit.MILLISECONDS);
        DotTransport transport = new DotTransport(session);
        try {
            MimeMessage message = MailMessage.of(session, mail);
            transport.connect(smtp.host(), smtp.port(), null, null);
            transport.sendMessage(message, message.getAllRecipients());
            return transport.result(null);
        } catch (MessagingException | RuntimeException e) {
            return transport.result(e);
        } finally {
            end(transport, socket);
            deadline.cancel(false);
        }
    }

    private static void end(DotTransport transport, OneSocket socket) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // The attempt's result stands; a goodbye that fails changes nothing.
        } finally {
            socket.abort();
        }
    }

    private Properties properties(OneSocket socket) {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", greeting);
        properties.put("mail.smtp.connectiontimeout", millis(smtp.connectTimeout()));
        properties.put("mail.smtp.timeout", millis(smtp.readTimeout()));
        properties.put("mail.smtp.writetimeout", millis(smtp.writeTimeout()));
        properties.put("mail.smtp.executor.writetimeout", timer);
        properties.put("mail.smtp.socketFactory", socket);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Ends the timer. Attempts that still run keep their connect and read timeouts. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
