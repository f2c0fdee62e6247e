package com.example.boot3;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A gate without the starter, behind WebFlux' server, which is Netty's. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class Receiver {

    private final GateEndpoint endpoint;

    Receiver(DataSource dataSource) {
        new Schema(dataSource).create();
        InstantSource clock = InstantSource.system();
        Gate gate = new Gate(
                new JdbcGateStore(dataSource), new JdbcTransactions(dataSource), GateSettings.DEFAULT, clock);
        endpoint = new GateEndpoint(gate, clock);
    }

    @PostMapping("/api/notifications")
    Mono<ResponseEntity<byte[]>> accept(ServerHttpRequest request, @RequestBody byte[] body) {
        return answer(request, body, wire -> endpoint.execute("mails", wire, transaction -> {
            insert(transaction, wire.body().text());
            return Reply.of(202, Payload.json("{}"));
        }));
    }

    @GetMapping("/nodoubt/outcome")
    Mono<ResponseEntity<byte[]>> outcome(ServerHttpRequest request) {
        return answer(request, new byte[0], wire -> endpoint.outcome("mails", wire));
    }

    @PostMapping("/nodoubt/fence")
    Mono<ResponseEntity<byte[]>> fence(ServerHttpRequest request, @RequestBody byte[] body) {
        return answer(request, body, wire -> endpoint.fence("mails", wire));
    }

    private static void insert(Connection transaction, String text) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO notification (text) VALUES (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
        }
    }

    /** The gate blocks, so it has no place on Netty's threads. */
    private static Mono<ResponseEntity<byte[]>> answer(
            ServerHttpRequest request, byte[] body, Function<WireRequest, WireResponse> gate) {
        String mediaType = Objects.requireNonNullElse(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE), "");
        WireRequest wire = new WireRequest(
                request.getMethod().name(),
                request.getURI().getRawPath(),
                Headers.of(request.getHeaders()),
                Payload.of(body, mediaType));
        return Mono.fromCallable(() -> entity(gate.apply(wire))).subscribeOn(Schedulers.boundedElastic());
    }

    private static ResponseEntity<byte[]> entity(WireResponse response) {
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(response.status());
        response.headers()
                .asMap()
                .forEach((name, values) -> builder.header(name, values.toArray(String[]::new)));
        if (!response.body().mediaType().isEmpty()) {
            builder.header(HttpHeaders.CONTENT_TYPE, response.body().mediaType());
        }
        return builder.body(response.body().bytes());
    }
}
