package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MailMessageTest {

    private static final Session SESSION = Session.getInstance(new Properties());

    /** A repetition after an update of the service must be the same bytes too: these lines change never. */
    @Test
    void theBytesOfAnIntentAreTheseForEver() throws Exception {
        assertThat(text(bytes(mail("이체 완료", "12.34원을 보냈습니다.\n끝", "T-1"))))
                .isEqualTo("""
                Date: Mon, 23 Nov 2026 01:02:03 +0000
                From: bank@mail.example
                To: kim@example.com
                Message-ID: <01930000-0000-7000-8000-000000000001@mail.example>
                Subject: =?UTF-8?B?7J207LK0IOyZhOujjA==?=
                MIME-Version: 1.0
                Content-Type: text/plain; charset=UTF-8
                Content-Transfer-Encoding: base64
                X-Transfer-Id: T-1

                MTIuMzTsm5DsnYQg67O064OI7Iq164uI64ukLg0K64Gd
                """.stripTrailing().replace("\n", "\r\n"));
    }

    @Test
    void theHostsTimeZoneDoesNotTakePart() throws Exception {
        Mail mail = mail("subject", "text", null);
        byte[] before = bytes(mail);
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
        byte[] after;
        try {
            after = bytes(mail);
        } finally {
            TimeZone.setDefault(zone);
        }

        assertThat(after).isEqualTo(before);
    }

    @Test
    void aReaderSeesSubjectAndTextAsTheyWereWritten() throws Exception {
        String subject = "이체 완료 알림 — 보낸 분: 홍길동, 받는 분: 김철수, 금액: 1,234,567.89원, 메모: 생일 축하해! 🎂".repeat(2);
        String text = ".\r\n..\n긴 줄: " + "가나다라마바사 ".repeat(500) + "\rlast\n";

        MimeMessage read = new MimeMessage(SESSION, new ByteArrayInputStream(bytes(mail(subject, text, null))));

        assertThat(read.getSubject()).isEqualTo(subject);
        assertThat(read.getContent()).isEqualTo(text.replaceAll("\r\n|\r|\n", "\r\n"));
        assertThat(read.getHeader("X-Transfer-Id")).isNull();
    }

    @Test
    void everyLineIsShortAsciiAndNoneBeginsWithADot() throws Exception {
        String mail = text(bytes(mail("제목 ".repeat(60).strip(), ".\n".repeat(10) + "x".repeat(90_000), "T-1")));

        assertThat(mail.split("\r\n", -1)).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(78);
            assertThat(line).doesNotStartWith(".").matches("\\p{ASCII}*");
        });
    }

    private static Mail mail(String subject, String text, @Nullable String transferId) {
        return new Mail(
                "<01930000-0000-7000-8000-000000000001@mail.example>",
                "bank@mail.example",
                Instant.parse("2026-11-23T01:02:03.456789Z"),
                new Notification("kim@example.com", subject, text, transferId));
    }

    private static byte[] bytes(Mail mail) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MailMessage.of(SESSION, mail).writeTo(out);
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
