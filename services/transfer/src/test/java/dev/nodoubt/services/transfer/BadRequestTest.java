package dev.nodoubt.services.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest extends ServiceTest {

    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    private List<String> before = List.of();

    @BeforeEach
    void look() {
        post("/api/accounts", "{\"id\":\"pays\",\"owner\":\"a\",\"email\":\"a@example.com\",\"balance\":\"100\"}");
        post("/api/accounts", "{\"id\":\"gets\",\"owner\":\"b\",\"email\":\"b@example.com\"}");
        before = state();
    }

    @AfterEach
    void nothing_was_changed() {
        assertThat(state()).isEqualTo(before);
    }

    private List<String> state() {
        return List.of(
                balance("pays"),
                balance("gets"),
                "transfers " + count("transfer"),
                "entries " + count("entry"),
                "calls " + calls());
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                body("{\"to\":\"gets\",\"amount\":\"1\"}", "from", "is required", null),
                body("{\"from\":null,\"to\":\"gets\",\"amount\":\"1\"}", "from", "is required", null),
                body("{\"from\":\"pays\",\"to\":\"gets\"}", "amount", "is required", null),
                amount("12.34", "must be a JSON string, as \"12.34\"", "a JSON number"),
                amount("1", "must be a JSON string, as \"12.34\"", "a JSON number"),
                amount("true", "must be a JSON string, as \"12.34\"", "a JSON boolean"),
                amount("[\"1\"]", "must be a JSON string, as \"12.34\"", "a JSON array"),
                amount("{}", "must be a JSON string, as \"12.34\"", "a JSON object"),
                amount("\"0\"", "must be more than 0", "0"),
                amount("\"-5\"", "must not be negative", "-5"),
                amount("\"1.005\"", "must have at most 2 digits after the point", "1.005"),
                amount("\"1e2\"", "must be a decimal number in a JSON string", "1e2"),
                amount("\"1234567890123456\"", "must have at most 15 digits before the point", "1234567890123456"),
                body("{\"from\":\"pays\",\"to\":\"pays\",\"amount\":\"1\"}", "to", "must be another account", "pays"),
                body(
                        "{\"from\":1001,\"to\":\"gets\",\"amount\":\"1\"}",
                        "from",
                        "must be a JSON string",
                        "a JSON number"),
                memo("\"" + "가".repeat(141) + "\"", "must have at most 140 characters", "141 characters"),
                memo("\"a\\u0000b\"", "must be one line without control characters", "U+0000"),
                memo("\"\\ud800\"", "must be valid Unicode", "U+D800"),
                body(
                        "{\"from\":\"pays\",\"to\":\"gets\",\"amount\":\"1\",\"currency\":\"KRW\"}",
                        "currency",
                        "is no field of this request",
                        null),
                body("{\"from\":\"pays\",\"from\":\"gets\"}", "request body", "must be valid JSON", null),
                body("{\"from\":\"pays\",", "request body", "must be valid JSON", null),
                body(order("pays", "gets", "1") + "x", "request body", "must be valid JSON", null),
                body("", "request body", "must be", null),
                body("null", "request body", "must be", null),
                body("[]", "request body", "must be one JSON object", "a JSON array"),
                body("\"text\"", "request body", "must be one JSON object", "a JSON string"),
                body("from=pays", "request body", "must be valid JSON", null),
                body("[".repeat(5_000), "request body", "must be", null));
    }

    private static Arguments body(String body, String field, String rule, @Nullable String value) {
        return Arguments.of(body, field, rule, value);
    }

    private static Arguments amount(String amount, String rule, String value) {
        return body("{\"from\":\"pays\",\"to\":\"gets\",\"amount\":" + amount + "}", "amount", rule, value);
    }

    private static Arguments memo(String memo, String rule, String value) {
        return body("{\"from\":\"pays\",\"to\":\"gets\",\"amount\":\"1\",\"memo\":" + memo + "}", "memo", rule, value);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_request_of_bad_form_gets_one_clear_problem_before_the_handler(
            String body, String field, String rule, @Nullable String value) {
        Answer refused = transfer(newKey(), body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.response().headers().firstValue("Nodoubt-Outcome")).hasValue("not-executed");
        assertThat(refused.text("type")).isEqualTo("urn:nodoubt:transfer:invalid-input");
        assertThat(refused.text("field")).startsWith(field);
        assertThat(refused.text("rule")).startsWith(rule);
        assertThat(refused.text("detail")).contains(refused.text("field")).contains(refused.text("rule"));
        if (value != null) {
            assertThat(refused.text("value")).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void an_unknown_account_is_a_recorded_refusal(String field) {
        boolean unknownPays = field.equals("from");

        Answer refused = transfer(unknownPays ? "nobody" : "pays", unknownPays ? "gets" : "nobody", "1");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text("type")).isEqualTo("urn:nodoubt:transfer:unknown-account");
        assertThat(refused.text("field")).isEqualTo(field);
        assertThat(refused.text("value")).isEqualTo("nobody");
        assertThat(refused.response().headers().firstValue("Nodoubt-Outcome")).hasValue("rejected");
    }

    @Test
    void a_transfer_without_a_key_is_not_executed() {
        Answer refused = post("/api/transfers", order("pays", "gets", "1"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.response().headers().firstValue("Nodoubt-Outcome")).hasValue("not-executed");
    }

    @Test
    void a_repeated_key_header_is_not_executed() {
        Answer refused = send(request("/api/transfers")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", '"' + newKey().value() + '"')
                .header("Idempotency-Key", '"' + newKey().value() + '"')
                .POST(BodyPublishers.ofString(order("pays", "gets", "1")))
                .build());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.response().headers().firstValue("Nodoubt-Outcome")).hasValue("not-executed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_of_ten_megabytes_is_refused_whether_its_length_is_announced_or_not(boolean announced) {
        byte[] body = order("pays", "gets", "1" + "0".repeat(TEN_MEGABYTES)).getBytes(UTF_8);

        Answer refused = send(request("/api/transfers")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", '"' + newKey().value() + '"')
                .POST(
                        announced
                                ? BodyPublishers.ofByteArray(body)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text("type")).isEqualTo("urn:nodoubt:transfer:body-too-large");
        assertThat(refused.text("rule")).isEqualTo("must have at most 65536 bytes");
        assertThat(refused.response().headers().firstValue("Nodoubt-Outcome")).hasValue("not-executed");
    }

    @Test
    void a_body_that_is_no_json_by_its_own_word_is_refused() {
        Answer refused = send(request("/api/transfers")
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", '"' + newKey().value() + '"')
                .POST(BodyPublishers.ofString(order("pays", "gets", "1")))
                .build());

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=-1", "page=x", "size=0", "size=101", "page=10000", "page=99999999999"})
    void a_page_that_cannot_be_is_refused(String query) {
        for (String list : List.of("/api/transfers?", "/api/accounts?")) {
            Answer refused = get(list + query);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("field")).isEqualTo(query.substring(0, 4));
            assertThat(refused.text("value")).isEqualTo(query.substring(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999", "0", "x", "99999999999999999999999999"})
    void an_unknown_transfer_is_not_found(String id) {
        Answer missing = get("/api/transfers/" + id);

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text("type")).isEqualTo("urn:nodoubt:transfer:unknown-transfer");
        assertThat(missing.text("value")).isEqualTo(id);
    }

    @Test
    void an_unknown_account_is_not_found() {
        Answer missing = get("/api/accounts/nobody");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text("type")).isEqualTo("urn:nodoubt:transfer:unknown-account");
    }
}
