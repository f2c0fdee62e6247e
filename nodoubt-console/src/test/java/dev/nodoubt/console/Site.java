package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Awaited;
import dev.nodoubt.call.Call;
import dev.nodoubt.console.receiver.Mails;
import dev.nodoubt.spring.DurableCalls;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** An application with the console, on a free port and a database of its own, and a browser's view of it. */
final class Site implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"nodoubtToken\" value=\"([^\"]+)\"");

    private static final List<String> TARGETS = List.of(
            "nodoubt.targets.mail.base-url=http://127.0.0.1:%d",
            "nodoubt.targets.bank.base-url=http://127.0.0.1:1",
            "nodoubt.targets.ledger.base-url=http://127.0.0.1:1",
            "nodoubt.targets.ledger.capability=none");

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    private Site(ConfigurableApplicationContext context, int port) {
        this.context = context;
        this.root = URI.create("http://localhost:" + port);
    }

    /** Calls this application itself as the target mail, and as targets that nobody answers for. */
    static Site start(String... properties) {
        return start(Application.class, properties);
    }

    static Site start(Class<?> application, String... properties) {
        return start(application, freePort(), TARGETS, properties);
    }

    /** A receiver that calls nobody. */
    static Site receiver(String... properties) {
        return start(Application.class, freePort(), List.of(), properties);
    }

    private static Site start(Class<?> application, int port, List<String> targets, String... properties) {
        List<String> arguments = Stream.of(
                        Stream.of(
                                "server.port=" + port,
                                "server.address=127.0.0.1",
                                "spring.datasource.url=" + Databases.create(),
                                "nodoubt.schema.mode=always",
                                "spring.datasource.hikari.maximum-pool-size=8",
                                "spring.main.banner-mode=off",
                                "spring.application.name=transfer"),
                        targets.stream().map(target -> target.formatted(port)),
                        Stream.of(properties))
                .flatMap(Function.identity())
                .map(property -> "--" + property)
                .toList();
        return new Site(new SpringApplicationBuilder(application).run(arguments.toArray(String[]::new)), port);
    }

    /** Known before the start, and below those that outgoing connections take meanwhile. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another one
            }
        }
    }

    /** A new site with the seeds in its tables. */
    static Site seeded(String... properties) {
        Site site = start(properties);
        site.seeds();
        return site;
    }

    Seeds seeds() {
        return new Seeds(bean(DataSource.class));
    }

    /** The seeds, and nothing of what other tests left: to start a site takes longer than what most do with it. */
    Seeds seedsOnly() {
        Seeds.remove(bean(DataSource.class));
        return seeds();
    }

    /** As another application calls this one: with a key of its own. */
    HttpResponse<String> mail(IdempotencyKey key, String body) {
        return send(HttpRequest.newBuilder(root.resolve("/mails"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "\"" + key.value() + "\"")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Calls this application itself and waits for the outcome. */
    Awaited call() throws InterruptedException {
        return bean(DurableCalls.class)
                .execute(Call.post("mail", "/mails", Payload.json("{}")), Duration.ofSeconds(10));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String url(String path) {
        return root + "/nodoubt" + path;
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** As a form of the console sends it: with its token, unless the fields name another one. */
    HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        HttpResponse<String> page = get("/audit"); // the page that every console has
        Matcher token = TOKEN.matcher(page.body());
        String cookie = page.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.replaceAll(";.*", ""))
                .orElse("");
        String own = token.find() ? token.group(1) : "";
        String form = Stream.concat(
                        fields.containsKey(Csrf.FIELD) ? Stream.empty() : Stream.of(Map.entry(Csrf.FIELD, own)),
                        fields.entrySet().stream())
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A service that calls others and receives too. Without Spring Security, unless a test adds its auto-configuration. */
    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
            })
    @Import(Mails.class)
    static class Application {}
}
