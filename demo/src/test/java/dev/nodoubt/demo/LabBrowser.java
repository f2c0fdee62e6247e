package dev.nodoubt.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The lab's page in a real browser without a window. */
final class LabBrowser implements AutoCloseable {

    /** For what a killed service needs to be back, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChromeDriver driver;

    LabBrowser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed(BROWSERS).get(0).toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        this.driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(
                                installed(List.of("chromedriver")).get(0).toFile())
                        .build(),
                options);
    }

    /** Where both a browser and its driver are on the path. */
    static boolean isInstalled() {
        return !installed(BROWSERS).isEmpty()
                && !installed(List.of("chromedriver")).isEmpty();
    }

    private static List<Path> installed(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .toList();
    }

    /** Loads the page anew and waits for its lanes. */
    LabBrowser load(String address) {
        driver.get(address);
        await("document.querySelectorAll('[data-lane]').length > 0");
        return this;
    }

    /** What the page sees of its window and its system. */
    LabBrowser seeing(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** To the element that has the focus. */
    void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    @Nullable
    Object run(String script) {
        return driver.executeScript(script);
    }

    void await(String condition) {
        Awaitility.await(condition).atMost(PATIENCE).until(() -> Boolean.TRUE.equals(run("return " + condition)));
    }

    /** Sends to all lanes by this button, and waits until each lane's story has its end. */
    void send(String button) {
        Object before = run("return Math.max(0, ...[...document.querySelectorAll('.subject')]"
                + ".map(one => Number(one.textContent.match(/\\d+/) ?? 0)))");
        find(button).click();
        String subjects = "[...document.querySelectorAll('.subject')]";
        await(subjects + ".every(one => Number(one.textContent.match(/\\d+/)) > " + before + ")"
                + " && [...document.querySelectorAll('[data-lane]')].every(one => one.dataset.verdict)");
    }

    String verdict(String lane) {
        return String.valueOf(find("[data-lane='" + lane + "']").getDomAttribute("data-verdict"));
    }

    /** What the browser complained of since it was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    void picture(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
