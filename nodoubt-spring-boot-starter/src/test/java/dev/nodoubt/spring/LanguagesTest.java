package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;

class LanguagesTest {

    @Test
    void aProblemIsToldInTheLanguageThatTheRequestPrefers() {
        try (ConfigurableApplicationContext application = OrdersApplication.start()) {
            Caller caller = new Caller(OrdersApplication.port(application));

            HttpResponse<String> korean = caller.send(
                    "POST", "/orders", "application/json", "{\"item\":\"x\"}", "Accept-Language", "ko-KR,en;q=0.5");
            HttpResponse<String> english = caller.send("POST", "/orders", "application/json", "{\"item\":\"x\"}");
            HttpResponse<String> query =
                    caller.send("GET", "/nodoubt/outcome", "text/plain", "", "Accept-Language", "ko");

            assertThat(korean.body())
                    .contains("\"type\":\"urn:nodoubt:problem:key-required\"", "\"title\":\"Idempotency key required\"")
                    .contains("이 요청에는 Idempotency-Key 헤더가 필요합니다");
            assertThat(korean.headers().firstValue("Content-Language")).contains("ko");
            assertThat(english.body()).contains("this request needs the header Idempotency-Key");
            assertThat(query.body()).contains("Idempotency-Key 헤더가 필요합니다");
        }
    }

    @Test
    void whatStopsTheStartIsToldInTheLanguageOfTheMachineWithTheSameCode() {
        StartupException failure = new StartupException("ND-0408", "POST /x");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.KOREA);

            FailureAnalysis analysis = Objects.requireNonNull(new StartupFailureAnalyzer().analyze(failure));

            assertThat(analysis.getDescription()).startsWith("ND-0408 POST /x이(가) @Async라서");
            assertThat(analysis.getAction()).contains("@Idempotent를 없애세요");
            assertThat(failure).hasMessageStartingWith("ND-0408 POST /x is @Async");
        } finally {
            Locale.setDefault(before);
        }
    }
}
