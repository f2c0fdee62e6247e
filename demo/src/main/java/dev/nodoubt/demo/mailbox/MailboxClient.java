package dev.nodoubt.demo.mailbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the sink's process what arrived. Thread-safe. */
public final class MailboxClient {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI messages;

    /** @param base of the mailbox page */
    public MailboxClient(URI base) {
        this.messages = base.resolve("/api/messages");
    }

    /** Every mail, in the order of arrival. */
    public List<Mail> mails() throws IOException, InterruptedException {
        return ask(messages);
    }

    /** The mails about one transfer, by its X-Transfer-Id. */
    public List<Mail> mails(String transfer) throws IOException, InterruptedException {
        return ask(URI.create(messages + "?transfer=" + URLEncoder.encode(transfer, StandardCharsets.UTF_8)));
    }

    private List<Mail> ask(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the mailbox answered with status " + answer.statusCode());
        }
        try {
            return JSON.readValue(answer.body(), new TypeReference<List<Mail>>() {});
        } catch (JacksonException e) {
            throw new IOException("the mailbox's answer is no list of mails", e);
        }
    }
}
