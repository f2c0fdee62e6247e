package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Awaited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pictures of every page, for the documentation: {@code mvn -pl nodoubt-console -am test -Dtest=ScreenshotsTest
 * -Dconsole.screenshots=docs/console}.
 */
final class Screenshots {

    private final Path folder;
    private final Duration busy;

    /** @param busy how long there are requests before a picture with plots is taken */
    Screenshots(Path folder, Duration busy) {
        this.folder = folder;
        this.busy = busy;
    }

    void take(Site site, Seeds seeds) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("calls", "/calls");
        pages.put("calls-filtered", "/calls?q=" + Site.encoded("state:in-doubt,unresolved target:bank age:>5m oops:1"));
        pages.put("call", "/calls/" + seeds.key("doubt").value());
        pages.put("call-settled", "/calls/" + seeds.key("late").value());
        pages.put("attention", "/attention");
        pages.put("targets", "/targets");
        pages.put("receiver", "/receiver");
        pages.put("audit", "/audit");
        pages.put("nodes", "/nodes");
        // last, as the calls that make its plots live would fill the others
        pages.put("overview", "");
        try (Browser browser = Browser.open("en")) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                take(browser.sized(1180, height(page.getKey())).preferring("light"), site, page, "");
                take(browser.preferring("dark"), site, page, "-dark");
            }
            for (String name : new String[] {"calls", "call", "overview"}) {
                take(browser.sized(360, 740).preferring("light"), site, Map.entry(name, pages.get(name)), "-phone");
            }
        }
        try (Browser browser = Browser.open("ko")) {
            for (String name : new String[] {"call", "receiver", "overview"}) {
                Browser sized = browser.sized(1280, Math.max(900, height(name))).preferring("light");
                take(sized, site, Map.entry(name, pages.get(name)), "-ko");
            }
        }
    }

    private static int height(String page) {
        return switch (page) {
            case "overview" -> 1_000;
            case "receiver" -> 880;
            default -> 700;
        };
    }

    /** Few keys, so that they leave room for the others in the list; now and then a request belongs to another one. */
    private void keepBusy(Site site, boolean calls) throws InterruptedException {
        long begin = System.nanoTime();
        IdempotencyKey key = IdempotencyKey.create(Instant.now());
        int answered = 0;
        for (int i = 1; answered < 10 || System.nanoTime() - begin < busy.toNanos(); i++) {
            // the first calls wait until the target was asked for its protocol
            answered += !calls || site.call() instanceof Awaited.Known ? 1 : 0;
            site.mail(key, i % 23 == 0 ? "{\"to\":\"lee\"}" : "{\"to\":\"kim\"}");
            if (i % 300 == 0) {
                key = IdempotencyKey.create(Instant.now());
            }
            Thread.sleep(20); // a rate that people would have
        }
    }

    private void take(Browser browser, Site site, Map.Entry<String, String> page, String suffix)
            throws IOException, InterruptedException {
        browser.show(site.url(page.getValue()));
        boolean overview = page.getKey().equals("overview");
        if (overview || page.getKey().equals("receiver")) {
            browser.awaitThat("document.querySelectorAll('.plot canvas').length === " + (overview ? 5 : 1));
            keepBusy(site, overview);
        }
        Files.write(folder.resolve(page.getKey() + suffix + ".png"), browser.picture());
    }
}
