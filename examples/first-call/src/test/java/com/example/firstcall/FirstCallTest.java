package com.example.firstcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The README's five minutes: its own files, started, on the two databases that it names. */
@ExtendWith(OutputCaptureExtension.class)
class FirstCallTest {

    @Test
    void a_committed_transfer_is_mailed_once_and_a_rolled_back_one_never(CapturedOutput output) throws Exception {
        transfers(output);
    }

    @Test
    void on_postgresql_too(CapturedOutput output) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            server.createDatabase("first");

            transfers(output, "--spring.datasource.url=" + server.jdbcUrl("first"));
        }
    }

    private static void transfers(CapturedOutput output, String... database) throws Exception {
        int port = freePort();
        try (ConfigurableApplicationContext application = start(port, database)) {
            HttpResponse<String> committed = transfer(port, "alice", "bob");
            HttpResponse<String> withoutCover = transfer(port, "alice", "bob");
            TransferService service = application.getBean(TransferService.class);
            new TransactionTemplate(application.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> {
                        service.transfer("bob", "nobody");
                        status.setRollbackOnly();
                    });
            HttpResponse<String> back = transfer(port, "bob", "alice");

            assertThat(List.of(committed.statusCode(), withoutCover.statusCode(), back.statusCode()))
                    .containsExactly(200, 500, 200);
            Outbox outbox = application.getBean(Outbox.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> outbox.search(CallQuery.NEWEST).stream()
                    .allMatch(call -> call.settled() != null));
            assertThat(outbox.search(CallQuery.NEWEST))
                    .extracting(RecordedCall::key)
                    .containsExactlyInAnyOrder(IdempotencyKey.of(committed.body()), IdempotencyKey.of(back.body()));
            assertThat(application.getBean(JdbcClient.class).sql("SELECT text FROM notification").query(String.class).list())
                    .containsExactlyInAnyOrder("from alice to bob", "from bob to alice");
            assertThat(output.getOut().split("mailed: Executed", -1)).hasSize(3);
        }
    }

    private static ConfigurableApplicationContext start(int port, String... database) {
        List<String> arguments = new ArrayList<>(List.of(database));
        arguments.add("--server.port=" + port);
        arguments.add("--nodoubt.targets.mail.base-url=http://localhost:" + port);
        return SpringApplication.run(FirstCall.class, arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> transfer(int port, String from, String to) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/transfers"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("from=" + from + "&to=" + to))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
