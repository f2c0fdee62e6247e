package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTargetTest {

    private static final URI BASE = URI.create("https://mail.example/api");

    @Test
    void aTargetHasDefaults() {
        HttpTarget target = HttpTarget.of("mail", BASE);

        assertThat(target.timeouts())
                .isEqualTo(new HttpTarget.Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(200)));
        assertThat(target.maxConnections()).isEqualTo(16);
        assertThat(target.maxBody()).isEqualTo(1_048_576);
        assertThat(target.tls()).isEqualTo(Tls.SYSTEM);
        assertThat(target.credentials()).isSameAs(Credentials.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://mail.example            | target mail: base must be http://host or https://host with a path at most, was ftp://mail.example
            mail.example                  | target mail: base must be http://host or https://host with a path at most, was mail.example
            http:///path                  | target mail: base must be http://host or https://host with a path at most, was http:///path
            http://a_b                    | target mail: base must be http://host or https://host with a path at most, was http://a_b
            http://user:secret@m.example  | target mail: base must be without user info, query and fragment (credentials have a port of their own), was http://…
            http://mail.example/?q=1      | target mail: base must be without user info, query and fragment (credentials have a port of their own), was http://…
            http://mail.example/#f        | target mail: base must be without user info, query and fragment (credentials have a port of their own), was http://…
            http://mail.example:99999     | target mail: base must be of port 1 to 65535, was http://mail.example:99999
            """)
    void anAddressThatIsNoneIsRefused(String base, String message) {
        assertThatThrownBy(() -> HttpTarget.of("mail", URI.create(base)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mail", "-mail", "mail service", "ma/il"})
    void aNameThatNoRequestCouldCarryIsRefused(String name) {
        assertThatThrownBy(() -> HttpTarget.of(name, BASE))
                .hasMessage("target " + name + ": name must be 1 to 64 characters of a-z 0-9 . -, was " + name);
    }

    @Test
    void numbersOutsideTheirBoundsAreRefused() {
        HttpTarget target = HttpTarget.of("mail", BASE);

        assertThatThrownBy(() -> target.withMaxConnections(0))
                .hasMessage("target mail: maxConnections must be 1 to 10000, was 0");
        assertThatThrownBy(() -> target.withMaxBody(0))
                .hasMessage("target mail: maxBody must be 1 to 1073741824 bytes, was 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000001S", "PT1H0.001S"})
    void aTimeoutOutsideItsBoundsIsRefused(String value) {
        Duration bad = Duration.parse(value);
        Duration good = Duration.ofSeconds(1);
        String rule = " must be > 0 (at least PT0.001S) and at most PT1H, was " + bad;

        assertThatThrownBy(() -> new HttpTarget.Timeouts(bad, good, good, good)).hasMessage("timeouts: connect" + rule);
        assertThatThrownBy(() -> new HttpTarget.Timeouts(good, bad, good, good)).hasMessage("timeouts: socket" + rule);
        assertThatThrownBy(() -> new HttpTarget.Timeouts(good, good, bad, good))
                .hasMessage("timeouts: response" + rule);
        assertThatThrownBy(() -> new HttpTarget.Timeouts(good, good, good, bad))
                .hasMessage("timeouts: poolWait" + rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Transfer-Encoding", "Idempotency-Key", "nodoubt-deadline", "", "a b"})
    void credentialsCannotTakeAHeaderThatIsTaken(String name) {
        assertThatThrownBy(() -> new Credentials.Header(name, "x"))
                .hasMessage(
                        "credentials: header name must be one that HTTP and nodoubt leave free, such as Authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " secret", "secret\r\nX: y", "비밀"})
    void aCredentialIsOneLineAndItsRefusalDoesNotRepeatIt(String value) {
        assertThatThrownBy(() -> new Credentials.Header("Authorization", value))
                .hasMessage("credentials: value of Authorization must be one line of visible ASCII, is not");
    }

    @Test
    void secretsAreNotShown() {
        Tls.Store store = new Tls.Store(Path.of("keys.p12"), "secret");
        HttpTarget target = HttpTarget.of("mail", BASE)
                .withTls(Tls.trusting(store))
                .withCredentials(Credentials.basic("user", "secret"));

        assertThat(target.toString() + new Credentials.Header("Authorization", "secret"))
                .doesNotContain("secret");
    }
}
