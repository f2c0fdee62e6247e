package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.CallState;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** A test as a user writes it, of an application whose target is a group of HTTP interfaces and nothing else. */
@NodoubtTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:nodoubt-test-groups",
            "spring.http.serviceclient.parcels.base-url=http://127.0.0.1:1"
        })
class NodoubtTestGroupsTest {

    interface Parcels {

        @PostExchange("/parcels")
        Durable<String> send(@RequestBody String parcel);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ImportHttpServices(group = "parcels", types = Parcels.class)
    static class Application {}

    private final Parcels parcels;
    private final RecordedCalls calls;
    private final ScriptedTransport transport;
    private final TransactionOperations transaction;

    @Autowired
    NodoubtTestGroupsTest(
            Parcels parcels, RecordedCalls calls, ScriptedTransport transport, TransactionOperations transaction) {
        this.parcels = parcels;
        this.calls = calls;
        this.transport = transport;
        this.transaction = transaction;
    }

    @Test
    void theGroupIsATargetThatAnswersAndIsDeliveredTo() {
        Payload body = Payload.of("parcel 7".getBytes(StandardCharsets.UTF_8), "text/plain");
        transport.answer("parcels", new Outcome.Executed(Reply.of(200, body)));
        Durable<String> parcel = Objects.requireNonNull(transaction.execute(status -> parcels.send("books")));
        assertThat(calls.to("parcels"))
                .singleElement()
                .satisfies(call -> assertThat(call.state()).isEqualTo(CallState.WAITING));

        calls.deliver();

        assertThat(parcel.reply()).hasValue("parcel 7");
        assertThat(transport.attempts("parcels")).hasSize(1);
    }
}
