package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.services.mail.ScriptedSmtp.Fate;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedWorker;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set before each test
final class MailDeliveryTest {

    private static EmbeddedPostgres server;

    private MailDatabase database;
    private ScriptedSmtp smtp;
    private SmtpSender sender;
    private StagedWorker worker;

    @BeforeAll
    static void startServer() {
        server = EmbeddedPostgres.start(Map.of("fsync", "off"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() throws IOException {
        database = new MailDatabase(server);
        smtp = new ScriptedSmtp();
    }

    @AfterEach
    void stop() throws IOException {
        smtp.beforeReply(() -> {});
        smtp.close();
        worker.close();
        sender.close();
    }

    @Test
    void aWaitingMailIsSent() throws Exception {
        UUID id = database.record();

        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(60));

        IntentStatus sent = awaitState(id, IntentState.SENT);
        assertThat(sent.attempts()).isEqualTo(1);
        assertThat(sent.doubts()).isZero();
        assertThat(sent.last()).isEqualTo("250 2.0.0 queued");
        assertThat(sent.times().endedAt()).isNotNull();
        assertThat(smtp.mails()).hasSize(1).first().asString().contains("Message-ID: <" + id + "@mail.example>");
    }

    @Test
    void sendingIsCommittedBeforeTheFirstByteLeaves() throws Exception {
        smtp.next(Fate.DATA_SILENT);
        UUID id = database.record();

        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(60));

        await().atMost(Duration.ofSeconds(60)).until(() -> smtp.connections() == 1);
        assertThat(database.find(id).state()).isEqualTo(IntentState.SENDING);
    }

    @Test
    void aMailThatCertainlyDidNotLeaveIsRepeatedUntilItDoes() throws Exception {
        smtp.next(Fate.DOT_451, Fate.DATA_RESET, Fate.GREETED_WITH_421);
        UUID id = database.record();

        startWorker(StagedPolicy.AT_MOST_ONCE, Duration.ofSeconds(60));

        IntentStatus sent = awaitState(id, IntentState.SENT);
        assertThat(sent.attempts()).isEqualTo(4);
        assertThat(sent.doubts()).isZero();
        assertThat(smtp.mails()).hasSize(1);
    }

    @Test
    void aMailRefusedForGoodHasFailedAndIsNotRepeated() throws Exception {
        smtp.next(Fate.DOT_554);
        UUID id = database.record();

        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(60));

        IntentStatus failed = awaitState(id, IntentState.FAILED);
        assertThat(failed.times().nextAt()).isNull();
        assertThat(failed.last()).startsWith("554 refused");
        assertThat(smtp.mails()).isEmpty();
    }

    @Test
    void underAtLeastOnceAMailInDoubtIsSentAgainAsTheSameMessage() throws Exception {
        smtp.next(Fate.DOT_KEPT_AND_RESET, Fate.DOT_LOST_AND_RESET);
        UUID id = database.record();

        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(60));

        IntentStatus sent = awaitState(id, IntentState.SENT);
        assertThat(sent.attempts()).isEqualTo(3);
        assertThat(sent.doubts()).isEqualTo(2);
        assertThat(smtp.mails()).hasSize(2);
        assertThat(smtp.mails().get(1)).isEqualTo(smtp.mails().get(0));
    }

    @Test
    void underAtMostOnceAMailInDoubtIsParkedForAPerson() throws Exception {
        smtp.next(Fate.DOT_KEPT_AND_RESET);
        UUID id = database.record();

        startWorker(StagedPolicy.AT_MOST_ONCE, Duration.ofSeconds(60));

        IntentStatus parked = awaitState(id, IntentState.IN_DOUBT);
        assertThat(parked.doubts()).isEqualTo(1);
        assertThat(parked.times().nextAt()).isNull();
        UUID next = database.record();
        awaitState(next, IntentState.SENT);
        assertThat(smtp.connections()).isEqualTo(2);
    }

    @Test
    void whatADeadWorkerLeftIsSentAgainUnderAtLeastOnce() throws Exception {
        UUID id = database.recordAbandoned();

        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(60));

        IntentStatus sent = awaitState(id, IntentState.SENT);
        assertThat(sent.attempts()).isEqualTo(2);
        assertThat(sent.doubts()).isEqualTo(1);
    }

    @Test
    void whatADeadWorkerLeftIsParkedUnderAtMostOnceAndNothingLeaves() throws Exception {
        UUID id = database.recordAbandoned();

        startWorker(StagedPolicy.AT_MOST_ONCE, Duration.ofSeconds(60));

        IntentStatus parked = awaitState(id, IntentState.IN_DOUBT);
        assertThat(parked.last()).isEqualTo("the attempt ended without a record");
        assertThat(smtp.connections()).isZero();
    }

    @Test
    void aDatabaseThatDiesBetweenTheDotAndTheRecordCausesNoSecondCopy() throws Exception {
        UUID id = database.record();
        smtp.beforeReply(() -> {
            smtp.beforeReply(() -> {});
            server.crash();
        });

        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(4));
        await().atMost(Duration.ofSeconds(60)).until(() -> smtp.mails().size() == 1);
        server.restart();

        IntentStatus sent = awaitState(id, IntentState.SENT);
        assertThat(sent.attempts()).isEqualTo(1);
        assertThat(smtp.mails()).hasSize(1);
    }

    @Test
    void stoppingEndsTheRunningAttemptAndRecordsIt() throws Exception {
        UUID id = database.record();
        smtp.beforeReply(() -> worker.wake());
        startWorker(StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(60));
        await().atMost(Duration.ofSeconds(60)).until(() -> smtp.connections() == 1);

        worker.close();

        assertThat(database.find(id).state()).isEqualTo(IntentState.SENT);
        UUID late = database.record();
        worker.wake();
        assertThat(database.find(late).state()).isEqualTo(IntentState.WAITING);
    }

    private void startWorker(StagedPolicy policy, Duration lease) {
        MailSettings settings = new MailSettings(
                "bank@mail.example",
                "mail.example",
                "nodoubt",
                policy,
                new MailSettings.Smtp(
                        "127.0.0.1",
                        smtp.port(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2)),
                new MailSettings.Worker(2, lease, Duration.ofMillis(50), Duration.ofDays(1)),
                new MailSettings.Waits(Duration.ofMillis(20), Duration.ofMillis(100), 0.1));
        sender = new SmtpSender(settings.smtp(), settings.domain());
        worker = new StagedWorker(
                database.store,
                settings.kind(),
                new MailEffect(sender),
                settings.worker().settings());
        worker.start();
    }

    private IntentStatus awaitState(UUID id, IntentState state) {
        return await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> database.find(id), found -> found.state() == state);
    }
}
