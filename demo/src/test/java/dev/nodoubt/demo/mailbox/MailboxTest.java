package dev.nodoubt.demo.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailboxTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private SmtpSink sink;
    private MailboxServer server;

    @BeforeEach
    void start() throws IOException {
        Mailbox mailbox = new Mailbox(3);
        sink = new SmtpSink(0, mailbox, InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z")));
        server = new MailboxServer(0, mailbox, Locale.ENGLISH);
    }

    @AfterEach
    void stop() throws IOException {
        sink.close();
        server.close();
    }

    @Test
    void aMailSentOverSmtpStandsInTheList() throws Exception {
        send("kim@example.com", "입금 알림", "점심값 #000123", "naive-000123", "<m1@mail.example>");

        assertThat(get("/api/messages"))
                .isEqualTo("[{\"messageId\":\"<m1@mail.example>\",\"to\":\"kim@example.com\","
                        + "\"subject\":\"입금 알림\",\"transferId\":\"naive-000123\"}]");
    }

    @Test
    void theListCanBeAskedForOneRecipient() throws Exception {
        send("kim@example.com", "one", "x", "t-1", "<m1@x>");
        send("lee@example.com", "two", "x", "t-2", "<m2@x>");

        assertThat(get("/api/messages?to=LEE%40example.com")).contains("<m2@x>").doesNotContain("<m1@x>");
        assertThat(get("/api/messages?to=nobody")).isEqualTo("[]");
    }

    @Test
    void theClientReadsWhatTheServerWrites() throws Exception {
        send("kim@example.com", "a \"quoted\" <subject>", "x", "t-1", "<m1@x>");

        assertThat(new MailboxClient(address("/")).mails())
                .containsExactly(new Mail("<m1@x>", "kim@example.com", "a \"quoted\" <subject>", "t-1"));
    }

    @Test
    void theClientReadsTheMailsAboutOneTransfer() throws Exception {
        send("kim@example.com", "one", "x", "t&1", "<m1@x>");
        send("kim@example.com", "two", "x", "t&12", "<m2@x>");

        assertThat(new MailboxClient(address("/")).mails("t&1"))
                .containsExactly(new Mail("<m1@x>", "kim@example.com", "one", "t&1"));
    }

    @Test
    void theOldestMailMakesRoomForTheNext() throws Exception {
        send("kim@example.com", "one", "x", "t-1", "<m1@x>");
        send("kim@example.com", "one again", "x", "t-1", "<m2@x>");
        send("kim@example.com", "two", "x", "t-2", "<m3@x>");
        send("kim@example.com", "three", "x", "t-3", "<m4@x>");

        assertThat(new MailboxClient(address("/")).mails())
                .extracting(Mail::messageId)
                .containsExactly("<m2@x>", "<m3@x>", "<m4@x>");
    }

    @Test
    void thePageShowsCopiesAndEscapesWhatMailsSay() throws Exception {
        send("kim@example.com", "<script>alert(1)</script> {title}", "text & <b>more</b>", "t-1", "<m1@x>");
        send("kim@example.com", "again", "x", "t-1", "<m2@x>");

        String page = get("/");

        assertThat(page)
                .contains("2 mails for 1 transfers, 1 transfers with more than one mail")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; {title}")
                .contains("text &amp; &lt;b&gt;more&lt;/b&gt;")
                .contains("copy 2")
                .doesNotContain("<script>")
                .doesNotContain("<b>more");
        assertThat(page.indexOf("again")).isLessThan(page.indexOf("&lt;script&gt;"));
        assertThat(get("/?lang=ko")).contains("메일 2통");
    }

    @Test
    void aSearchOfThePageIsEscapedToo() throws Exception {
        assertThat(get("/?to=%22%3E%3Cscript%3E"))
                .contains("&quot;&gt;&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void anUnknownPathIs404AndAPostIs405() throws Exception {
        assertThat(status("GET", "/nothing")).isEqualTo(404);
        assertThat(status("POST", "/api/messages")).isEqualTo(405);
        assertThat(status("GET", "/?page=x&to")).isEqualTo(200);
    }

    @Test
    void dotsAreUnstuffedAndTheMailCountsBeforeItsReply() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String session = """
                    HELO me
                    MAIL FROM:<a@x>
                    RCPT TO:<b@x>
                    RCPT TO:<c@x>
                    DATA
                    Subject: dots
                    X-Transfer-Id: t-9

                    ..one
                    .
                    QUIT
                    """.replace("\n", "\r\n");
            socket.getOutputStream().write(session.getBytes(StandardCharsets.US_ASCII));

            assertThat(in.lines())
                    .containsExactly(
                            "220 demo mailbox",
                            "250 ok",
                            "250 ok",
                            "250 ok",
                            "250 ok",
                            "354 end with a dot on a line of its own",
                            "250 delivered",
                            "221 bye");
        }
        assertThat(get("/")).contains(">.one").contains("b@x, c@x");
    }

    @Test
    void aMailThatBreaksOffBeforeItsDotIsNotKept() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
            String session = """
                    HELO me
                    MAIL FROM:<a@x>
                    RCPT TO:<b@x>
                    DATA
                    Subject: half

                    ha""".replace("\n", "\r\n");
            socket.getOutputStream().write(session.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("354 ");
        }
        assertThat(get("/api/messages")).isEqualTo("[]");
    }

    @Test
    void dataWithoutARecipientAndUnknownCommandsAreRefused() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
            socket.getOutputStream().write("DATA\r\nVRFY x\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("503 ")
                    .contains("502 ");
        }
    }

    @Test
    void aClosedMailboxIsAnErrorOfItsClient() {
        server.close();

        assertThatIOException().isThrownBy(() -> new MailboxClient(address("/")).mails());
    }

    private void send(String to, String subject, String text, String transferId, String messageId) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(sink.port()));
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom("bank@example.com");
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(subject, "UTF-8");
        message.setHeader("X-Transfer-Id", transferId);
        message.setText(text, "UTF-8");
        message.saveChanges();
        message.setHeader("Message-ID", messageId);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private int status(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
