package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a real browser: a receiver's live numbers, and forms that do not arrive as they were sent. */
@EnabledIf(
        value = "dev.nodoubt.console.Browser#isInstalled",
        disabledReason = "no chromium with chromedriver is installed")
class ReceiverBrowserTest {

    private static final String[] SETTINGS = {"nodoubt.console.access.loopback=act", "nodoubt.console.live.every=300ms"
    };

    private Site site;

    @BeforeEach
    void start() {
        site = Site.receiver(SETTINGS);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"en, light, connected, Gate decisions a second, mismatched", "ko, dark, 연결됨, 초당 멱등 게이트 판정, 요청 불일치"})
    void receiversNumbersFollowWhatHappens(String language, String scheme, String on, String plot, String series) {
        try (Browser browser = Browser.open(language)) {
            browser.preferring(scheme).show(site.url(""));
            browser.awaitText(on);
            browser.awaitThat("document.querySelectorAll('.plot canvas').length === 1");
            assertThat(browser.text()).contains(plot, series);

            IdempotencyKey key = IdempotencyKey.create(Instant.now());
            site.mail(key, "{\"to\":\"kim\"}");
            site.mail(key, "{\"to\":\"kim\"}");
            site.mail(key, "{\"to\":\"lee\"}");

            browser.awaitThat(shows("count-executed", 1));
            browser.awaitThat(shows("count-replayed", 1));
            browser.awaitThat(shows("count-mismatched", 1));
            browser.sized(360, 740).awaitThat("document.documentElement.scrollWidth === 360"); // the plot follows
            assertThat(browser.complaints()).isEmpty();
            browser.show("about:blank");
        }
    }

    private static String shows(String figure, int count) {
        return "document.querySelector('[data-live=" + figure + "]').textContent === '" + count + "'";
    }

    @Test
    void keysOfTheKeyboardLeadToWhatIsThere() {
        try (Browser browser = Browser.open("en")) {
            browser.show(site.url("/receiver"));
            browser.press("gu");
            browser.awaitThat("document.title.startsWith('Audit')");
            browser.press("gr");
            browser.awaitThat("document.title.startsWith('Receiver')");
            browser.press("/");

            assertThat(browser.focused().getDomAttribute("name")).isEqualTo("scope");
        }
    }

    @Test
    void replyIsRevealedFromTheRowOfItsKey() {
        site.seeds();
        try (Browser browser = Browser.open("en")) {
            browser.show(site.url("/receiver?scope=transfer"));
            browser.leaveBy("tbody button[name=of]");

            assertThat(browser.find(".payload").getText()).isEqualTo("{}");
            assertThat(browser.text()).contains("The audit has noted that you looked");
            browser.leaveBy("button[name=language]");
            assertThat(browser.find("h1").getText()).isEqualTo("수신 측");
        }
    }

    @Test
    void formThroughAProxyThatRenamesTheHostSaysWhy() throws IOException {
        try (Browser browser = Browser.open("en");
                Site caller = Site.start(SETTINGS);
                HostlessProxy proxy = HostlessProxy.of(caller)) {
            String call = "/calls/" + caller.seeds().key("doubt").value();
            browser.show(proxy.url(call));
            browser.leaveBy("button[name=theme]");
            assertThat(browser.find("h1").getText()).isEqualTo("The form was not accepted");
            assertThat(browser.text()).contains("proxy_set_header Host $http_host", "server.forward-headers-strategy");

            browser.show(proxy.url(call));
            browser.leaveBy("form[action$='/reveal'] button"); // sent by the script first
            assertThat(browser.find("h1").getText()).isEqualTo("The form was not accepted");
            browser.show("about:blank");
        }
    }
}
