package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WeightTest {

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"/nodoubt(/assets/[^\"]+)\"");
    private static final int LIMIT = 60 * 1_024;

    @Test
    void firstLoadIsSmall() throws IOException, InterruptedException {
        Map<String, Integer> weights = new LinkedHashMap<>();
        try (Site site = Site.seeded()) {
            String page = site.get("").body();
            weights.put("overview", gzip(page));
            Matcher loaded = LOADED.matcher(page);
            while (loaded.find()) {
                weights.put(loaded.group(1), sent(site.url(loaded.group(1))));
            }
        }

        System.out.println("first load, compressed: " + weights);
        assertThat(weights).hasSize(8);
        assertThat(weights.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(LIMIT);
    }

    /** What crosses the network. */
    private static int sent(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> file = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(file.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        return file.body().length;
    }

    /** The page itself is compressed where the application's server compresses. */
    private static int gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }
}
