package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nodoubt.staged.Intent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class NotificationTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(strings = {"kim@example.com", "a@b", "first.last+tag@sub.example.co.kr", "o'hara@example.com"})
    void addressesAsPeopleHaveThemAreTaken(String to) {
        assertThat(new Notification(to, "s", "t", null).to()).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "kim",
                "kim@",
                "@example.com",
                "kim@@example.com",
                "kim@example.com,lee@example.com",
                "kim@exa mple.com",
                "kim@example.com\r\nBcc: lee@example.com",
                "Kim <kim@example.com>",
                "김@example.com",
                ".kim@example.com",
                "kim@-example.com",
                "kim@example..com"
            })
    void anythingElseIsNoAddress(String to) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification(to, "s", "t", null))
                .satisfies(e -> assertThat(e.field()).isEqualTo("to"))
                .withMessageStartingWith(
                        "to must be one ASCII address like name@example.com of at most 254 characters, was ");
    }

    @Test
    void theLongestAddressHas254CharactersAndALocalPartOf64() {
        String domain = ("d".repeat(63) + ".").repeat(2) + "d".repeat(61);

        assertThat(new Notification("a".repeat(64) + "@" + domain, "s", "t", null).to())
                .hasSize(254);
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("a".repeat(64) + "@" + domain + "d", "s", "t", null));
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("a".repeat(65) + "@example.com", "s", "t", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\u0000b", "a\tb", "a\u2028b", "a\ud800b"})
    void aSubjectIsOneReadableLine(String subject) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("kim@example.com", subject, "t", null))
                .withMessageStartingWith("subject must be one line without control characters, was U+")
                .withMessageEndingWith("at character 2");
    }

    @Test
    void lengthsHaveBoundsThatTheMessageNames() {
        assertThat(new Notification("kim@example.com", "s".repeat(200), "t".repeat(100_000), null).text())
                .hasSize(100_000);
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("kim@example.com", "s".repeat(201), "t", null))
                .withMessage("subject must have 1 to 200 characters and not only spaces, was 201 characters");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("kim@example.com", "s", "t".repeat(100_001), null))
                .withMessage("text must have 1 to 100000 characters and not only spaces, was 100001 characters");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("kim@example.com", "s", " ", null))
                .withMessage("text must have 1 to 100000 characters and not only spaces, was \" \"");
    }

    @Test
    void aTextMayHaveLinesAndTabsButNothingThatADatabaseOrAMailCannotHold() {
        assertThat(new Notification("kim@example.com", "s", "안녕\t하세요\r\n🎂", null).text())
                .hasSize(10);
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("kim@example.com", "s", "a\u0000", null))
                .withMessage(
                        "text must have no control characters but tabs and line breaks, was U+0000 at character 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nb", "번호"})
    void aTransferIdIsVisibleAscii(String transferId) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("kim@example.com", "s", "t", transferId))
                .withMessageStartingWith("X-Transfer-Id must be 1 to 128 visible ASCII characters, was ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                     | request body must be a JSON object with to, subject and text, was an array
            7                                                      | request body must be a JSON object with to, subject and text, was the number 7
            {}                                                     | to must be a string, is missing
            {"to":null,"subject":"s","text":"t"}                   | to must be a string, was null
            {"to":7,"subject":"s","text":"t"}                      | to must be a string, was the number 7
            {"to":"kim@example.com","subject":true,"text":"t"}     | subject must be a string, was true
            {"to":"kim@example.com","subject":"s"}                 | text must be a string, is missing
            {"to":"kim@example.com","subject":"s","text":{}}       | text must be a string, was an object
            {"to":"kim@example.com","subject":"s","text":"t","cc":"x"} | request body must have no other fields than to, subject, text and transferId, was "cc"
            """)
    void jsonIsReadStrictly(String json, String message) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> NotificationBody.read(JSON.readTree(json), null))
                .withMessage(message);
    }

    @Test
    void aLongValueIsShortenedInTheMessage() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Notification("x".repeat(500), "s", "t", null))
                .satisfies(e -> assertThat(e.value()).hasSizeLessThan(100));
    }

    @Test
    void neitherNotificationNorMailNorIntentShowsContentOrAddress() {
        Notification notification = new Notification("kim@example.com", "secret", "secret", null);
        Mail mail = new Mail("<m@x>", "bank@x", Instant.EPOCH, notification);
        Intent intent = new Intent(UUID.randomUUID(), "mail", "bank", MailPayload.of("<m@x>", "bank@x", notification));

        assertThat(notification + " " + mail + " " + intent + " " + intent.payload())
                .doesNotContain("secret", "kim");
    }

    @Test
    void theTransferIdMayStandInTheBodyWhereARecordedCallHasNoHeaders() {
        JsonNode body = JSON.readTree("""
                {"to":"kim@example.com","subject":"s","text":"t","transferId":"42"}""");

        assertThat(NotificationBody.read(body, null).transferId()).isEqualTo("42");
        assertThat(NotificationBody.read(body, "42").transferId()).isEqualTo("42");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> NotificationBody.read(body, "43"))
                .withMessage("transferId must be what the header X-Transfer-Id says, was \"42\"");
    }
}
