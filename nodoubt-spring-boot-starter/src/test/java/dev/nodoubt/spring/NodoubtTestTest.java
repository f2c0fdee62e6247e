package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.support.TransactionOperations;

/** A test as a user writes it. */
@NodoubtTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:nodoubt-test",
            "nodoubt.targets.mail.base-url=http://127.0.0.1:1",
            "nodoubt.targets.stock.base-url=http://127.0.0.1:1",
            "nodoubt.targets.bank.base-url=http://127.0.0.1:1"
        })
class NodoubtTestTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    private final DurableCalls durable;
    private final RecordedCalls calls;
    private final ScriptedTransport transport;
    private final TransactionOperations transaction;

    @Autowired
    NodoubtTestTest(
            DurableCalls durable, RecordedCalls calls, ScriptedTransport transport, TransactionOperations transaction) {
        this.durable = durable;
        this.calls = calls;
        this.transport = transport;
        this.transaction = transaction;
    }

    @BeforeEach
    void forget() {
        calls.deliver();
        transport.reset();
    }

    @Test
    void aRecordedCallWaitsUntilItIsDelivered() {
        send("mail");

        assertThat(calls.to("mail").get(0).state()).isEqualTo(CallState.WAITING);
        assertThat(transport.attempts("mail")).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .as("the relay runs")
                .noneMatch(name -> name.equals("nodoubt-store"));

        calls.deliver();

        assertThat(calls.to("mail").get(0).state()).isEqualTo(CallState.EXECUTED);
        assertThat(transport.attempts("mail"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.step()).isEqualTo(Step.EXECUTE));
    }

    @Test
    void aTargetAnswersWhatItIsToldTo() {
        transport.answer("stock", new Outcome.Rejected(Reply.of(422)));
        transport.answer("bank", new AttemptResult.Lost("no answer"));
        send("stock");
        send("bank");

        calls.deliver();

        assertThat(calls.to("stock").get(0).state())
                .as("stock " + transport.attempts("stock"))
                .isEqualTo(CallState.REJECTED);
        RecordedCall doubtful = calls.to("bank").get(0);
        assertThat(doubtful.state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(doubtful.last()).contains("no answer");
        assertThatThrownBy(() -> transport.answer("nobody")).hasMessageContaining("target nobody is not configured");
    }

    private void send(String target) {
        transaction.executeWithoutResult(status -> durable.send(Call.post(target, "/x", Payload.json("{}"))));
    }
}
