package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** In a real browser: what only one can tell. */
@EnabledIf(
        value = "dev.nodoubt.console.Browser#isInstalled",
        disabledReason = "no chromium with chromedriver is installed")
class BrowserTest {

    private static final String ATTACK =
            "\"><img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>{{7*7}}";

    private static Browser browser;
    private static Site site;

    private Seeds seeds;

    @BeforeAll
    static void open() {
        browser = Browser.open("en");
        site = newSite();
    }

    private static Site newSite() {
        return Site.start("nodoubt.console.access.loopback=act", "nodoubt.console.live.every=300ms");
    }

    @AfterAll
    static void close() {
        browser.close();
        site.close();
    }

    @BeforeEach
    void sow() {
        seeds = site.seedsOnly();
        browser.sized(1280, 900).preferring("light").complaints();
    }

    @AfterEach
    void leave() {
        browser.show("about:blank");
    }

    private static Map<String, String> pages(Seeds seeds) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("Overview", "");
        pages.put("Calls", "/calls");
        pages.put("Needs attention", "/attention");
        pages.put("Targets", "/targets");
        pages.put("Receiver", "/receiver");
        pages.put("Audit", "/audit");
        pages.put("Nodes", "/nodes");
        pages.put("Call to mail", "/calls/" + seeds.key("doubt").value());
        pages.put("Call to ledger", "/calls/" + seeds.key("person").value());
        return pages;
    }

    @Test
    void everyPageLoadsWithoutAComplaintOfTheBrowser() {
        pages(seeds).forEach((title, path) -> {
            browser.show(site.url(path));

            assertThat(browser.find("h1").getText()).isEqualTo(title);
            assertThat(browser.complaints()).as(title).isEmpty();
        });
    }

    @Test
    void everyPageHasLandmarksAndNamesEveryField() {
        pages(seeds).forEach((title, path) -> {
            browser.show(site.url(path));

            assertThat(browser.all("header, main, footer, header nav[aria-label]"))
                    .as(title)
                    .hasSize(4);
            assertThat(browser.all("h1")).hasSize(1);
            for (WebElement field : browser.all("input:not([type=hidden]), select, textarea, button, a, meter")) {
                if (field.isDisplayed()) {
                    assertThat(field.getAccessibleName())
                            .as("%s in %s", field.getTagName(), title)
                            .isNotBlank();
                }
            }
        });
    }

    @Test
    void noPageScrollsSidewaysOnAPhone() {
        browser.sized(360, 740);
        pages(seeds).forEach((title, path) -> {
            browser.show(site.url(path));

            assertThat(browser.run("return document.documentElement.scrollWidth"))
                    .as(title)
                    .isEqualTo(360L);
        });
    }

    @Test
    void textOfStrangersStaysText() {
        // Among it is a pause, which a node that has heard of it keeps for a while.
        try (Site own = newSite()) {
            textStaysText(own, own.seeds());
            browser.show("about:blank");
        }
    }

    private static void textStaysText(Site site, Seeds seeds) {
        seeds.write(ATTACK);
        List<String> places = new ArrayList<>(pages(seeds).values());
        places.add("/calls?q=" + Site.encoded(ATTACK));
        places.add("/calls?said=" + Site.encoded(ATTACK));
        places.add("/receiver?scope=" + Site.encoded(ATTACK) + "&key=" + Site.encoded(ATTACK));
        places.add("/audit?actor=" + Site.encoded(ATTACK));
        places.add("/calls/" + seeds.key("late").value());
        places.add("/calls/bulk?action=give-up&q=" + Site.encoded(ATTACK));
        int shown = 0;
        for (String path : places) {
            browser.show(site.url(path));

            assertThat(browser.run("return window.broken === undefined"))
                    .as(path)
                    .isEqualTo(true);
            assertThat(browser.all("img, body script"))
                    .as(path)
                    .allMatch(tag -> String.valueOf(tag.getDomAttribute("src")).startsWith("/nodoubt/assets/"));
            assertThat(browser.complaints()).as(path).noneMatch(line -> line.contains("Content Security Policy"));
            shown += browser.text().contains("<img src=x") ? 1 : 0;
        }
        browser.show(site.url("/calls/" + seeds.key("doubt").value()));
        browser.find("form[action$='/reveal'] button").click();
        browser.awaitText("has noted that you looked");
        assertThat(browser.find(".payload").getText()).contains("<img src=x");
        assertThat(browser.run("return window.broken === undefined")).isEqualTo(true);
        assertThat(shown).isGreaterThanOrEqualTo(8);
    }

    @Test
    void darkModeFollowsTheSystemUntilSomebodyChooses() {
        browser.show(site.url(""));
        assertThat(background()).isEqualTo("rgb(251, 251, 249)");

        browser.preferring("dark");
        assertThat(background()).isEqualTo("rgb(16, 19, 23)");

        browser.leaveBy("button[name=theme]"); // dark, whatever the system prefers
        browser.preferring("light");
        assertThat(background()).isEqualTo("rgb(16, 19, 23)");
        browser.leaveBy("button[name=theme]"); // light
        browser.preferring("dark");
        assertThat(background()).isEqualTo("rgb(251, 251, 249)");
        browser.leaveBy("button[name=theme]"); // the system's again
    }

    private static @Nullable Object background() {
        return browser.run("return getComputedStyle(document.documentElement).backgroundColor");
    }

    @Test
    void languageIsChosenOnceForAllPages() {
        browser.show(site.url("/calls?q=" + Site.encoded("state:in-doubt")));
        browser.leaveBy("button[name=language]");

        assertThat(browser.find("h1").getText()).isEqualTo("호출");
        assertThat(browser.url()).endsWith("/calls?q=state%3Ain-doubt");
        browser.show(site.url("/calls/" + seeds.key("doubt").value()));
        assertThat(browser.text()).contains("미확정", "응답 유실", "미전송", "봉쇄");

        browser.leaveBy("button[name=language]");
        assertThat(browser.find("h1").getText()).isEqualTo("Call to mail");
    }

    @Test
    void keyboardFiltersMovesAndOpens() {
        browser.show(site.url(""));
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Skip to the content");

        browser.press("gc");
        browser.awaitThat("document.title.startsWith('Calls')");
        browser.press("/");
        browser.press("state:in-doubt target:bank", Keys.ENTER);
        browser.awaitThat("document.querySelectorAll('tbody tr').length === 1");
        assertThat(browser.url()).contains("q=state%3Ain-doubt%20target%3Abank");

        browser.show(site.url("/calls"));
        browser.press("jj");
        String second = browser.all("[data-row]").get(1).getDomAttribute("href");
        assertThat(browser.focused().getDomAttribute("href")).isEqualTo(second);
        browser.press("k");
        browser.press("x");
        assertThat(browser.all("tbody input:checked")).hasSize(1);
        browser.press(Keys.ENTER);
        browser.awaitThat("document.title.startsWith('Call to')");

        browser.press("?");
        assertThat(browser.find("dialog").isDisplayed()).isTrue();
    }

    @Test
    void overviewFollowsWhatHappens() {
        browser.show(site.url(""));
        browser.awaitText("connected");
        browser.awaitThat("document.querySelectorAll('.plot canvas').length === 5");

        seeds.jdbc().update("UPDATE nodoubt_call SET state = 'waiting', doubt_since = NULL WHERE state = 'in-doubt'");

        browser.awaitThat("document.querySelector('[data-live=doubt]').textContent === '0'");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void callIsFencedByTypingItsKey() {
        String key = seeds.key("old-doubt").value();
        browser.show(site.url("/calls/" + key));
        openForm("/fence");
        browser.find("#fence-key").sendKeys(key.substring(key.length() - 12));
        browser.find("#fence-reason").sendKeys("too late for the customer");
        browser.find("form[action$='/fence'] button").click();

        browser.awaitText("a fence is the next step");
        assertThat(browser.text()).contains("It is given up").contains("too late for the customer");
    }

    @Test
    void callIsSettledByHandWithEvidence() {
        browser.show(site.url("/calls/" + seeds.key("person").value()));
        openForm("/settle");
        browser.find("input[value=never]").click();
        browser.find("#settle-reason").sendKeys("their ledger has no such booking");
        browser.find("form[action$='/settle'] button").click();

        browser.awaitText("The call is settled by your word");
        assertThat(browser.text()).contains("A person settled it as never", "their ledger has no such booking");
    }

    @Test
    void waitingCallIsCancelledAndAnotherAttempted() {
        browser.show(site.url("/calls/" + seeds.key("delayed").value()));
        openForm("/cancel");
        browser.find("#cancel-reason").sendKeys("typed twice");
        browser.find("form[action$='/cancel'] button").click();
        browser.awaitText("The call is given up");

        browser.show(site.url("/calls/" + seeds.key("waiting").value()));
        browser.find("form[action$='/attempt'] button").click();
        browser.awaitText("The next step is due now");
        browser.awaitText("It happened exactly once"); // the page follows by itself
    }

    @Test
    void callInDoubtIsAskedAbout() {
        browser.show(site.url("/calls/" + seeds.key("doubt").value()));
        browser.find("form[action$='/ask'] button").click();

        browser.awaitText("A query is due now");
    }

    @Test
    void targetIsPausedAndResumed() {
        try (Site own = newSite()) { // elsewhere an attempt may have found the target unusable, which offers no pause
            browser.show(own.url("/targets"));
            openForm("/bank/pause");
            browser.find("#pause-bank").sendKeys("maintenance");
            browser.find("form[action$='/bank/pause'] button").click();
            browser.awaitText("The target is paused");

            browser.find("form[action$='/bank/resume'] button").click();
            browser.awaitText("The target goes on");
            browser.show("about:blank");
        }
    }

    @Test
    void chosenRowsAreGivenUpAfterAPreview() {
        browser.show(site.url("/calls?q=" + Site.encoded("state:in-doubt")));
        browser.find("input[value='" + seeds.key("old-doubt").value() + "']").click();
        browser.find("button[value=give-up]").click();
        browser.awaitText("This call is given up");
        browser.find("#reason").sendKeys("bank closed");
        browser.find("form.act button").click();

        browser.awaitText("Done to 1 call");
        browser.show(site.url("/audit"));
        assertThat(browser.text()).contains("bank closed", "fence", "loopback");
    }

    private static void openForm(String action) {
        browser.run("document.querySelector(\"form[action$='" + action + "']\").closest('details').open = true");
    }
}
