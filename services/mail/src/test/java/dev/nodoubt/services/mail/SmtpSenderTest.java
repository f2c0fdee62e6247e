package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.services.mail.ScriptedSmtp.Fate;
import dev.nodoubt.staged.EffectResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SmtpSenderTest {

    private static final Mail MAIL = new Mail(
            "<01930000-0000-7000-8000-000000000001@mail.example>",
            "bank@mail.example",
            Instant.parse("2026-11-23T01:02:03.456789Z"),
            new Notification("kim@example.com", "이체 완료", "12.34원을 보냈습니다.\n.\n끝", "T-1"));

    @Test
    void anAcceptedMailIsSent() throws IOException {
        EffectResult result;
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            result = attempt(server.port());

            assertThat(server.mails()).hasSize(1);
        }

        assertThat(result).isEqualTo(new EffectResult.Done("250 2.0.0 queued"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"GREETED_WITH_421", "RECIPIENT_450", "DATA_RESET", "DATA_SILENT", "DOT_451", "DOT_421_AND_CLOSED"})
    void whatEndsBeforeTheDotOrWith4xxIsCertainlyNotSentAndWorthRepeating(Fate fate) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(fate)) {
            EffectResult result = attempt(server.port());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            EffectResult.NotDone.class,
                            notSent -> assertThat(notSent.permanent()).isFalse());
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void aRefusedConnectionIsCertainlyNotSent() {
        EffectResult result = attempt(ScriptedSmtp.closedPort());

        assertThat(result).isInstanceOfSatisfying(EffectResult.NotDone.class, notSent -> {
            assertThat(notSent.permanent()).isFalse();
            assertThat(notSent.reason()).startsWith("no SMTP session: ").contains("refused");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"RECIPIENT_550", "DOT_554"})
    void aMailRefusedWith5xxIsCertainlyNotSentForGood(Fate fate) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(fate)) {
            EffectResult result = attempt(server.port());

            assertThat(result).isInstanceOfSatisfying(EffectResult.NotDone.class, notSent -> {
                assertThat(notSent.permanent()).isTrue();
                assertThat(notSent.reason()).startsWith("55");
            });
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void aServerThatRefusesTheConnectionWith5xxSaysNothingOfTheMail() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(Fate.GREETED_WITH_554)) {
            EffectResult result = attempt(server.port());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            EffectResult.NotDone.class,
                            notSent -> assertThat(notSent.permanent()).isFalse());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {
                "DOT_KEPT_AND_SILENT",
                "DOT_KEPT_AND_RESET",
                "DOT_LOST_AND_RESET",
                "DOT_KEPT_AND_CLOSED",
                "DOT_KEPT_AND_GARBLED",
                "DOT_KEPT_AND_DRIPPING"
            })
    void withoutAnAnswerToTheDotTheMailIsInDoubt(Fate fate) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(fate)) {
            EffectResult result = attempt(server.port());

            assertThat(result).isInstanceOf(EffectResult.InDoubt.class);
            assertThat(result.reason()).startsWith("no answer after the final dot: ");
            assertThat(server.mails()).hasSize(fate == Fate.DOT_LOST_AND_RESET ? 0 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptOpensOneConnectionAndNothingIsRepeatedBehindOurBack(Fate fate) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(fate)) {
            attempt(server.port());

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void repetitionsAreIdenticalByteByByte() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(Fate.DOT_KEPT_AND_RESET)) {
            attempt(server.port());
            attempt(server.port());

            assertThat(server.mails()).hasSize(2);
            assertThat(server.mails().get(1)).isEqualTo(server.mails().get(0));
        }
    }

    private static EffectResult attempt(int port) {
        MailSettings.Smtp smtp = new MailSettings.Smtp(
                "127.0.0.1",
                port,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2));
        try (SmtpSender sender = new SmtpSender(smtp, "mail.example")) {
            return sender.send(MAIL);
        }
    }
}
