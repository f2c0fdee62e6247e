package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page over HTTP, on PostgreSQL with calls in every state. */
class PagesTest {

    private static Site site;
    private static Seeds seeds;

    @BeforeAll
    static void start() {
        site = Site.start("nodoubt.console.access.loopback=act");
        seeds = site.seeds();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/calls", "/attention", "/targets", "/receiver", "/audit", "/nodes"})
    void everyPageIsThereInBothLanguagesWithoutARawKey(String path) {
        for (String language : new String[] {"en", "ko"}) {
            HttpResponse<String> page = site.get(path, "Accept-Language", language);

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<html lang=\"" + language + "\"");
            assertThat(page.headers().firstValue("Content-Language")).contains(language);
            Texts.of(language).keys().stream()
                    .filter(key -> key.contains("."))
                    .forEach(key -> assertThat(page.body()).doesNotContain(">" + key + "<"));
        }
    }

    @Test
    void callIsShownAsASentenceWithItsAttempts() {
        String page = site.get("/calls/" + seeds.key("doubt").value()).body();

        assertThat(page).contains("nobody knows whether it happened").contains("4 attempts");
        assertThat(page).contains("result lost").contains("result not-sent").contains("result answered");
        assertThat(page).contains("<rect class=\"lost\"");
    }
}
