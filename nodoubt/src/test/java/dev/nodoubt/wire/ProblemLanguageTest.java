package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Messages;
import dev.nodoubt.Payload;
import dev.nodoubt.gate.Admission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemLanguageTest {

    private static final List<String> KOREAN = List.of("fr;q=0.1", "ko-KR");

    @ParameterizedTest
    @EnumSource(Problem.class)
    void aProblemsDetailIsInTheLanguageOfTheRequestAndTheRestStays(Problem problem) {
        WireResponse english = GateResponses.problem(problem, "in English");

        WireResponse korean = ProblemLanguage.of(english, KOREAN);

        String name = "problem." + problem.type().substring(Problem.TYPE.length());
        assertThat(text(korean))
                .isEqualTo(text(english)
                        .replace("in English", Messages.in(Locale.KOREAN).text(name)))
                .doesNotContain("in English");
        assertThat(korean.status()).isEqualTo(english.status());
        assertThat(korean.headers().first("Content-Language")).contains("ko");
        assertThat(korean.headers().first(Headers.OUTCOME))
                .isEqualTo(english.headers().first(Headers.OUTCOME));
    }

    @ParameterizedTest
    @EnumSource(Admission.Reason.class)
    void theEnglishOfTheCatalogueIsWhatTheGateSays(Admission.Reason reason) {
        String type = Problem.of(reason).type();
        Admission.Withheld withheld = (Admission.Withheld) Admission.withheld(reason);

        assertThat(Messages.in(Locale.ENGLISH).text("problem." + type.substring(Problem.TYPE.length())))
                .isEqualTo(withheld.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "en-GB,ko;q=0.5", "not a language;"})
    void englishIsLeftAsItIs(String accepted) {
        WireResponse english = GateResponses.problem(Problem.FENCED, "in English");

        assertThat(ProblemLanguage.of(english, List.of(accepted))).isSameAs(english);
        assertThat(ProblemLanguage.of(english, List.of())).isSameAs(english);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"urn:shop:problem:fenced\",\"detail\":\"mine\"}",
                "{\"type\":\"urn:nodoubt:problem:unheard-of\"}",
                "{\"type\":{\"x\":1},\"detail\":[1]}",
                "[1]",
                "{\"type\":",
                ""
            })
    void whatIsNoProblemOfNodoubtsOwnStaysAsItIs(String body) {
        WireResponse reply = new WireResponse(
                409, Headers.NONE, Payload.of(body.getBytes(StandardCharsets.UTF_8), "application/problem+json"));

        assertThat(ProblemLanguage.of(reply, KOREAN)).isSameAs(reply);
    }

    @Test
    void aReplyOfAnotherMediaTypeIsNotRead() {
        WireResponse reply =
                new WireResponse(200, Headers.NONE, Payload.json("{\"type\":\"urn:nodoubt:problem:fenced\"}"));

        assertThat(ProblemLanguage.of(reply, KOREAN)).isSameAs(reply);
    }

    private static String text(WireResponse response) {
        return new String(response.body().bytes(), StandardCharsets.UTF_8);
    }
}
