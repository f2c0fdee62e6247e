package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.test.Fault;
import dev.nodoubt.test.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

class IdempotencyKeyInterceptorTest {

    private static final String ABSENT = "absent";

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private FaultProxy network;

    /** The JDK's new client and its old one. */
    enum Client {
        JDK,
        SIMPLE;

        ClientHttpRequestFactory factory() {
            if (this == JDK) {
                JdkClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory();
                jdk.setReadTimeout(Duration.ofSeconds(1));
                return jdk;
            }
            SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
            simple.setReadTimeout(Duration.ofSeconds(1));
            return simple;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        network = new FaultProxy(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        network.close();
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource
    void aSuccessStaysAsItIsAndCarriesAKey(Client client) {
        String answer = post(client, "/ok");

        assertThat(answer).isEqualTo("answer of /ok");
        assertThat(keys).singleElement().satisfies(header -> {
            assertThat(header).startsWith("\"").endsWith("\"");
            assertThat(IdempotencyKey.of(header.substring(1, header.length() - 1))
                            .time())
                    .isPresent();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionIsNotSent(Client client) {
        network.refuse();

        UnansweredException failure = unanswered(client, "/ok");

        assertThat(failure.isNotSent()).isTrue();
        assertThat(failure.result()).isInstanceOf(AttemptResult.NotSent.class);
        assertThat(failure)
                .hasMessageContaining("was not sent")
                .hasMessageContaining(failure.key().digest());
        assertThat(keys).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aReadTimeoutIsLost(Client client) {
        network.plan(Fault.LOSE_ANSWER);

        UnansweredException failure = unanswered(client, "/ok?secret=1");

        assertThat(failure.result()).isInstanceOf(AttemptResult.Lost.class);
        assertThat(failure)
                .hasMessageContaining("/ok with key " + failure.key() + " is in doubt")
                .hasMessageNotContaining("secret");
        assertThat(keys).containsOnly("\"" + failure.key().value() + "\"");
    }

    @Test
    void anAnswerThatBreaksOffIsLost() {
        network.plan(new Fault.TruncateAnswer(150)); // within the body, behind the headers

        assertThat(unanswered(Client.JDK, "/long").result()).isInstanceOf(AttemptResult.Lost.class);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorStatusIsAnsweredAsEver(Client client) {
        Throwable failure = catchThrowable(() -> post(client, "/broken"));

        assertThat(failure).isInstanceOf(HttpServerErrorException.InternalServerError.class);
        assertThat(UnansweredException.in(failure)).isEmpty();
    }

    @Test
    void aRepetitionTakesTheKeyOfTheFirstOne() {
        IdempotencyKey key = IdempotencyKey.create(Instant.now());

        restClient(Client.JDK)
                .post()
                .uri("/ok")
                .attribute(IdempotencyKeyInterceptor.KEY, key)
                .retrieve()
                .toBodilessEntity();
        restClient(Client.JDK)
                .post()
                .uri("/ok")
                .header("Idempotency-Key", key.value())
                .retrieve()
                .toBodilessEntity();

        assertThat(keys).containsExactly("\"" + key.value() + "\"", "\"" + key.value() + "\"");
    }

    @Test
    void anInterceptorBeforeItRepeatsUnderTheSameKey() {
        ClientHttpRequestInterceptor twice = (request, body, execution) -> {
            execution.execute(request, body).close();
            return execution.execute(request, body);
        };
        RestClient client = RestClient.builder()
                .baseUrl(base())
                .requestInterceptor(twice)
                .requestInterceptor(new IdempotencyKeyInterceptor())
                .build();

        client.post().uri("/ok").retrieve().toBodilessEntity();

        assertThat(keys).hasSize(2).containsOnly(keys.get(0)).doesNotContain(ABSENT);
    }

    @Test
    void whatOnlyReadsIsLeftAlone() {
        restClient(Client.JDK).get().uri("/ok").retrieve().toBodilessEntity();

        assertThat(keys).containsExactly(ABSENT);
    }

    @Test
    void aRestTemplateTakesItToo() {
        RestTemplate template = new RestTemplate(Client.SIMPLE.factory());
        template.getInterceptors().add(new IdempotencyKeyInterceptor());
        network.plan(Fault.RESET_ON_ANSWER);

        Throwable failure = catchThrowable(() -> template.postForObject(base() + "/ok", "body", String.class));

        assertThat(UnansweredException.in(failure)).get().matches(unanswered -> !unanswered.isNotSent());
    }

    private UnansweredException unanswered(Client client, String path) {
        Throwable failure = catchThrowable(() -> post(client, path));
        return UnansweredException.in(failure).orElseThrow(() -> new AssertionError("answered", failure));
    }

    private String post(Client client, String path) {
        return String.valueOf(
                restClient(client).post().uri(path).body("body").retrieve().body(String.class));
    }

    private RestClient restClient(Client client) {
        return RestClient.builder()
                .baseUrl(base())
                .requestFactory(client.factory())
                .requestInterceptor(new IdempotencyKeyInterceptor())
                .build();
    }

    private String base() {
        return "http://127.0.0.1:" + network.port();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            keys.add(key == null ? ABSENT : key);
            exchange.getRequestBody().readAllBytes();
            byte[] answer =
                    (path.equals("/long") ? "x".repeat(100_000) : "answer of " + path).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/broken") ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
