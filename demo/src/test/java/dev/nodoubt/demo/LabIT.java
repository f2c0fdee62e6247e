package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The lab in a real browser, with the packaged services behind it. Pictures go where {@code lab.screenshots} says. */
@EnabledIf(
        value = "dev.nodoubt.demo.LabBrowser#isInstalled",
        disabledReason = "no chromium with chromedriver is installed")
@Timeout(900)
class LabIT {

    private static final String ATTACK = "\"><img src=x onerror=\"window.broken=1\">";

    @TempDir
    private static Path data;

    private static ReservedPorts ports;
    private static LabRun lab;
    private static String page;
    private static LabBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        ports = new ReservedPorts();
        Options options = new Options(
                ports.ports(),
                Optional.of(data),
                0,
                new Options.Transfers(Optional.empty(), 1),
                List.of("naive", "retry", "nodoubt"),
                "key",
                Optional.empty(),
                false,
                true,
                true);
        lab = LabRun.on(Home.find(), Workspace.make(options.data()), options);
        page = lab.start().toString();
        browser = new LabBrowser();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (lab != null) {
            lab.stage().close();
        }
        ports.close();
    }

    @BeforeEach
    void load() {
        browser.seeing(1280, 1000, "light").load(page + "?lang=en");
        browser.complaints();
    }

    /** Four in each build; all where {@code lab.every-fault} is true. */
    private static List<String> faults() {
        return Boolean.getBoolean("lab.every-fault")
                ? List.of(
                        "DROP_ANSWER",
                        "RESET",
                        "DELAY",
                        "LOSE_REQUEST",
                        "LATE",
                        "DUPLICATE",
                        "REFUSED",
                        "SLOW",
                        "FROZEN",
                        "KILLED")
                : List.of("DROP_ANSWER", "LOSE_REQUEST", "REFUSED", "SLOW");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whateverGoesWrongNodoubtKnowsOfOneMailInTheEnd(String fault) throws Exception {
        choose(fault);

        browser.send("#remedy-all");

        assertThat(browser.verdict("nodoubt")).isEqualTo("FLAWLESS");
        assertThat(browser.text("[data-lane=nodoubt] .verdict"))
                .isEqualTo("One transfer, one mail, and the caller knows it.");
        if (fault.equals("DROP_ANSWER")) {
            assertThat(browser.verdict("naive")).isEqualTo("ROLLED_BACK_BUT_SENT");
            assertThat(browser.verdict("retry")).isEqualTo("DOUBLED");
            takePictures();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsSentAgainWhileTheFirstIsStillRunningIsHeldBackByTheGateOnly() {
        browser.send("#remedy-again");

        assertThat(browser.verdict("nodoubt")).isEqualTo("FLAWLESS");
        assertThat(browser.text("[data-lane=nodoubt] .steps")).contains("You get the answer: 409 in-progress.");
        assertThat(browser.verdict("retry")).isEqualTo("DOUBLED");
        assertThat(browser.verdict("naive")).isEqualTo("ROLLED_BACK_BUT_DOUBLED");
    }

    @Test
    void aDoubtLastsUntilTheNetworkIsMended() {
        sendLost();

        browser.find("#mend").click();

        await("nodoubt", "verdict", "FLAWLESS");
    }

    @Test
    void aFenceMakesItNever() {
        sendLost();

        hand("ASK");
        browser.await("document.querySelector('[data-lane=nodoubt] .steps').textContent.includes('200 absent')");
        hand("FENCE");
        browser.await("document.querySelector('[data-lane=nodoubt] .steps').textContent.includes('200 fenced')");
        browser.find("#mend").click();

        await("nodoubt", "verdict", "NEVER");
        assertThat(browser.text("[data-lane=nodoubt] .facts")).contains("0 mails");
    }

    @Test
    void sameRequestOnceMoreIsAnotherMailWithoutAKeyOnly() {
        choose("NONE");
        browser.send("#remedy-all");
        for (String lane : List.of("retry", "nodoubt")) {
            browser.find("[data-lane=" + lane + "] [data-hand=AGAIN]").click();
            browser.await("document.querySelector('[data-lane=" + lane
                    + "] .steps').textContent.includes('You get the answer: 202')");
        }

        await("retry", "verdict", "DOUBLED");
        await("nodoubt", "verdict", "FLAWLESS");
    }

    @Test
    void textOfStrangersStaysText() {
        choose("NONE");
        type("#to", ATTACK);
        type("#memo", "<script>window.broken=1</script>{0}");

        browser.send("#remedy-all");
        browser.find("[data-lane=retry] summary").click();

        assertThat(browser.text("[data-lane=retry] .subject")).contains(ATTACK, "<script>window.broken=1</script>{0}");
        assertThat(browser.text("[data-lane=retry] .past")).contains(ATTACK);
        assertThat(browser.run("return window.broken === undefined")).isEqualTo(true);
        assertThat(browser.all("img, body script")).isEmpty();
        assertThat(browser.verdict("nodoubt")).isEqualTo("FLAWLESS");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsRefusedIsSaidInWords() {
        type("#to", "a#1");
        browser.find("#remedy-all").click();

        browser.await("document.querySelector('#problem').textContent.includes('without #')");
        assertThat(browser.find("#problem").getDomAttribute("role")).isEqualTo("alert");
    }

    @Test
    void keyboardAloneSuffices() {
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Skip to the lanes");
        browser.press(Keys.TAB);
        browser.press(Keys.TAB);
        browser.press(Keys.TAB);
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("to");
        browser.press(Keys.TAB);
        browser.press(Keys.TAB);
        assertThat(browser.focused().getDomAttribute("value")).isEqualTo("DROP_ANSWER");
        browser.press(Keys.ARROW_LEFT);
        assertThat(browser.text("#about-fault")).contains("The request arrives and the answer comes back.");
        while (!"remedy-nodoubt".equals(browser.focused().getDomAttribute("id"))) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.ENTER);

        browser.await("document.querySelector('[data-lane=nodoubt] .subject').textContent.includes('Nothing')");
        await("nodoubt", "verdict", "FLAWLESS");
    }

    @Test
    void languageIsChosenOnThePageAndKept() {
        browser.load(page);
        browser.find("[data-language=ko]").click();
        browser.await("document.documentElement.lang === 'ko'");
        browser.load(page);

        assertThat(browser.text("h1")).isEqualTo("nodoubt · 실험실");
        assertThat(browser.text("#remedy-again")).isEqualTo("첫 요청이 실행 중일 때 다시 보내기");
        browser.find("[data-language=en]").click();
        browser.await("document.documentElement.lang === 'en'");
    }

    @Test
    void pageIsDarkWhereTheSystemIsAndNeverWiderThanAPhone() {
        assertThat(background()).isEqualTo("rgb(246, 247, 248)");
        browser.seeing(360, 740, "dark");

        assertThat(background()).isEqualTo("rgb(18, 23, 26)");
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
    }

    @Test
    void everythingToOperateHasAName() {
        for (WebElement one : browser.all("button, input, select, section, ol.steps, #lanes")) {
            if (one.isDisplayed()) {
                assertThat(one.getAccessibleName()).as(one.getTagName()).isNotBlank();
            }
        }
        assertThat(browser.all("[data-lane] [role=status]")).hasSize(3);
    }

    private static void takePictures() throws IOException {
        String wanted = System.getProperty("lab.screenshots");
        Path place = wanted == null ? data : Path.of(wanted);
        browser.seeing(1280, 1250, "light").picture(place.resolve("light.png"));
        browser.seeing(1280, 1250, "dark").picture(place.resolve("dark.png"));
        browser.seeing(390, 1500, "light").run("document.querySelector('[data-lane=nodoubt]').scrollIntoView()");
        browser.picture(place.resolve("phone.png"));
        browser.seeing(1280, 1250, "light").load(page + "?lang=ko").picture(place.resolve("korean.png"));
        assertThat(place).isDirectoryContaining("glob:**/{light,dark,phone,korean}.png");
    }

    private static void sendLost() {
        choose("LOSE_REQUEST");
        browser.find("#attempts option:last-child").click();
        browser.find("#remedy-nodoubt").click();
        await("nodoubt", "belief", "IN_DOUBT");
    }

    private static void choose(String fault) {
        browser.find("input[value=" + fault + "]").click();
    }

    private static void type(String field, String text) {
        browser.find(field).clear();
        browser.find(field).sendKeys(text);
    }

    private static void hand(String hand) {
        browser.find("[data-lane=nodoubt] [data-hand=" + hand + "]").click();
    }

    private static void await(String lane, String what, String value) {
        browser.await("document.querySelector('[data-lane=" + lane + "]').dataset." + what + " === '" + value + "'");
    }

    private static String background() {
        return String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor"));
    }
}
