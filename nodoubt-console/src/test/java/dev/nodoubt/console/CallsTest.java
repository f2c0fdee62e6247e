package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of calls over HTTP: what the line finds, and its pages. */
class CallsTest {

    private static final Pattern ROW = Pattern.compile("class=\"key\" href=\"/nodoubt/calls/([0-9a-f-]+)\"");
    private static final Pattern NEXT = Pattern.compile("href=\"/nodoubt(/calls[^\"]+)\" rel=\"next\"");
    private static final Pattern PREVIOUS = Pattern.compile("href=\"/nodoubt(/calls[^\"]+)\" rel=\"prev\"");

    private static Site site;
    private static Seeds seeds;

    @BeforeAll
    static void start() {
        site = Site.start();
        seeds = site.seeds();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state:in-doubt|doubt,old-doubt",
                "state:in-doubt,unresolved target:bank|old-doubt",
                "ref:transfer-late|late",
                "transfer-late|late",
                "tag:vip state:waiting|waiting,delayed",
                "error:REFUSED|delayed",
                "attempts:>5|old-doubt,fenced",
                "state:in-doubt age:>1h|old-doubt",
                "state:in-doubt age:<1h|doubt",
                "state:rejected|refused"
            })
    void lineFindsExactlyWhatItAsksFor(String line, String names) {
        String page = site.get("/calls?q=" + Site.encoded(line)).body();

        List<String> expected =
                Stream.of(names.split(",")).map(name -> seeds.key(name).value()).toList();
        assertThat(rows(page)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(page).contains("value=\"" + line.replace("<", "&lt;") + "\"");
    }

    @Test
    void keyFindsItsCall() {
        String key = seeds.key("refused").value();

        assertThat(rows(site.get("/calls?q=" + key).body())).containsExactly(key);
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndLeadBack() {
        String first = site.get("/calls").body();
        String second = site.get(link(NEXT, first)).body();

        List<String> all = new ArrayList<>(rows(first));
        all.addAll(rows(second));
        assertThat(rows(first)).hasSize(PageController.ROWS);
        assertThat(all).hasSize(71).doesNotHaveDuplicates();
        assertThat(NEXT.matcher(second).find()).isFalse();
        assertThat(rows(site.get(link(PREVIOUS, second)).body())).isEqualTo(rows(first));
    }

    @Test
    void termThatIsNotUnderstoodIsSaid() {
        String page = site.get("/calls?q=" + Site.encoded("oops:1 state:maybe")).body();

        assertThat(page)
                .contains("<code>oops:1</code> is no qualifier")
                .contains("<code>state:maybe</code> is no state");
    }

    private static List<String> rows(String page) {
        return ROW.matcher(page).results().map(row -> row.group(1)).toList();
    }

    private static String link(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replace("&amp;", "&");
    }
}
