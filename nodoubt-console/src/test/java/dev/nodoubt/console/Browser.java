package dev.nodoubt.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser without a window. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Where both Chromium and its driver are installed. */
    static boolean isInstalled() {
        return binary().isPresent() && program("chromedriver").isPresent();
    }

    private static Optional<Path> binary() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> program(name).stream())
                .findFirst();
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param language that it asks pages for */
    static Browser open(String language) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(binary().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--lang=" + language);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE);
        return new Browser(driver).sized(1280, 900);
    }

    /** What the page itself sees of width and height. */
    Browser sized(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        return this;
    }

    /** As a system that prefers dark pages, or light ones. */
    Browser preferring(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    Browser show(String url) {
        driver.get(url);
        return this;
    }

    String url() {
        return driver.getCurrentUrl();
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The element that a key would go to. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    /** Presses what leads to another page, and waits until that one is there. */
    void leaveBy(String selector) {
        run("window.isLeft = true");
        find(selector).click();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions() // between two pages there is none to ask
                .until(() -> Boolean.TRUE.equals(
                        run("return window.isLeft === undefined && document.readyState === 'complete'")));
    }

    @Nullable
    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Waits until the page says so. */
    void awaitText(String text) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> text().contains(text));
    }

    void awaitThat(String script) {
        Awaitility.await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(run("return " + script)));
    }

    /** What the browser complained of since it was last asked: broken scripts, refused by the policy, not found. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** On a busy machine a frame may not come in time: then it is asked for again. */
    byte[] picture() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(TimeoutException.class)
                .until(() -> driver.getScreenshotAs(OutputType.BYTES), picture -> picture.length > 0);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
