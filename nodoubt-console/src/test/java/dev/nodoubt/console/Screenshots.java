package dev.nodoubt.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pictures of every page, for the documentation: {@code mvn -pl nodoubt-console -am test -Dtest=ScreenshotsTest
 * -Dconsole.screenshots=docs/console}.
 */
final class Screenshots {

    private final Path folder;

    Screenshots(Path folder) {
        this.folder = folder;
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
                take(browser.sized(1180, 700).preferring("light"), site, page, "");
                take(browser.preferring("dark"), site, page, "-dark");
            }
            for (String name : new String[] {"calls", "call", "overview"}) {
                take(browser.sized(360, 740).preferring("light"), site, Map.entry(name, pages.get(name)), "-phone");
            }
        }
        try (Browser browser = Browser.open("ko")) {
            for (String name : new String[] {"call", "overview"}) {
                take(browser.preferring("light"), site, Map.entry(name, pages.get(name)), "-ko");
            }
        }
    }

    private void take(Browser browser, Site site, Map.Entry<String, String> page, String suffix)
            throws IOException, InterruptedException {
        browser.show(site.url(page.getValue()));
        if (page.getKey().equals("overview")) {
            browser.awaitThat("document.querySelectorAll('.plot canvas').length === 5");
            for (int call = 0; call < 150; call++) {
                site.call();
            }
        }
        Files.write(folder.resolve(page.getKey() + suffix + ".png"), browser.picture());
    }
}
