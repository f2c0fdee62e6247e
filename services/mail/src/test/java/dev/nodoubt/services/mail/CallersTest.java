package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

final class CallersTest {

    private static final String BANK = "bank-token-0123456789";
    private static final String SHOP = "shop-token-0123456789";

    @Test
    void aCallerIsKnownByItsTokenAndByNothingElse() {
        Callers callers = new Callers(settings(Map.of("bank.token", BANK, "shop.token", SHOP), false));

        assertThat(callers.withToken(BANK)).hasValue("bank");
        assertThat(callers.withToken(SHOP)).hasValue("shop");
        assertThat(callers.withToken(BANK + " ")).isEmpty();
        assertThat(callers.withToken("")).isEmpty();
        assertThat(callers.anonymous()).isFalse();
    }

    @Test
    void whoeverMayCallMustBeSaid() {
        assertThatExceptionOfType(InvalidCallers.class)
                .isThrownBy(() -> new Callers(settings(Map.of(), false)))
                .satisfies(e -> assertThat(e.problem()).startsWith("Nobody may call"))
                .satisfies(e -> assertThat(e.action()).contains("mail.callers.<name>.token", "mail.anonymous=true"));
        assertThat(new Callers(settings(Map.of(), true)).anonymous()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fifteen-chars-x", "", "has a space in its middle", "=begins-with-equals", "tökén-0123456789"})
    void aTokenThatIsTooShortOrNoneOfRfc6750IsRefusedWithoutBeingShown(String token) {
        assertThatExceptionOfType(InvalidCallers.class)
                .isThrownBy(() -> new Callers(settings(Map.of("bank.token", token), false)))
                .satisfies(e -> assertThat(e.problem())
                        .startsWith("mail.callers.bank.token must be 16 to 512 characters")
                        .endsWith("had " + token.length() + " characters."))
                .satisfies(e -> assertThat(token.isEmpty()
                                || !String.valueOf(e.getMessage()).contains(token))
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "bank, mail.callers.bank is no property of a caller.",
        "bank.tokens, mail.callers.bank.tokens is no property of a caller.",
        "Bank.token, mail.callers.Bank.token is no property of a caller.",
        "a.b.token, mail.callers.a.b.token is no property of a caller.",
        ".token, mail.callers..token is no property of a caller.",
        "anonymous.token, A caller named anonymous would share its keys with everybody who has no token."
    })
    void aPropertyThatNamesNoCallerIsRefused(String property, String problem) {
        assertThatExceptionOfType(InvalidCallers.class)
                .isThrownBy(() -> new Callers(settings(Map.of(property, BANK), false)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(BANK));
    }

    @Test
    void twoCallersWithTheSameTokenCouldNotBeToldApart() {
        Map<String, String> same = new LinkedHashMap<>();
        same.put("bank.token", BANK);
        same.put("shop.token", BANK);

        assertThatExceptionOfType(InvalidCallers.class)
                .isThrownBy(() -> new Callers(settings(same, false)))
                .withMessageContaining("mail.callers.bank.token and mail.callers.shop.token are the same");
    }

    @Test
    void nothingThatIsPrintedShowsAToken() {
        CallerSettings settings = settings(Map.of("bank.token", BANK), true);

        assertThat(settings + " " + new Callers(settings)).doesNotContain(BANK).contains("bank");
    }

    @Test
    void aServiceThatNobodyMayCallDoesNotStartAndSaysWhatToDo() {
        assertThatThrownBy(() -> start()).satisfies(e -> {
            FailureAnalysis analysis = Objects.requireNonNull(new InvalidCallersAnalyzer().analyze(e));
            assertThat(analysis.getDescription()).startsWith("Nobody may call this service");
            assertThat(analysis.getAction()).contains("mail.callers.<name>.token");
        });
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {})))
                .anyMatch(InvalidCallersAnalyzer.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.callers.bank=x-secret-x", "mail.callers.bank.token=x-secret-x"})
    void aTokenThatIsConfiguredWronglyIsNotShownByTheStartThatFails(String property) {
        assertThatThrownBy(() -> start(property)).satisfies(e -> {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain("x-secret-x");
            }
            assertThat(new InvalidCallersAnalyzer().analyze(e)).isNotNull();
        });
    }

    private static void start(String... properties) {
        new SpringApplicationBuilder(CallerConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.location=optional:file:./none/")
                .run(Stream.of(properties).map(property -> "--" + property).toArray(String[]::new))
                .close();
    }

    private static CallerSettings settings(Map<String, String> callers, boolean anonymous) {
        return new CallerSettings(callers, anonymous);
    }
}
