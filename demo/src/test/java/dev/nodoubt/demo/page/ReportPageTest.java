package dev.nodoubt.demo.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {

    private static final Pattern SVG = Pattern.compile("<svg .*?</svg>", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("%[.0-9]*[a-z%]");

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void everyFigureStandsInTheTableUnderItsLane(String language) {
        String page = page(language, Samples.findings("naive", "v", true));
        String table = page.substring(page.indexOf("<table class=\"figures\">"), page.indexOf("</table>"));

        for (Map.Entry<String, Object> figure :
                Figures.of(Samples.naive("naive")).entrySet()) {
            if (!figure.getKey().equals("lane")) {
                String other = String.valueOf(Figures.of(Samples.nodoubt()).get(figure.getKey()));
                assertThat(table)
                        .containsPattern("<th scope=\"row\">[^<]+</th><td[^>]*>" + figure.getValue() + "</td><td[^>]*>"
                                + other + "</td></tr>");
            }
        }
        assertThat(table).contains("<th scope=\"col\">naive</th><th scope=\"col\">nodoubt</th>");
    }

    @Test
    void seedDateFaultsAndLimitsAreTold() {
        String page = page("en", Samples.findings("naive", "the verdict", true));

        assertThat(page)
                .contains("the verdict", "Promise kept", "20261123", "2026-11-23 02:10 Asia/Seoul", "1834 MB")
                .contains("<th scope=\"row\">The request is lost</th><td>4 %</td>")
                .contains("<th scope=\"row\">Response timeout</th><td>500 ms</td><td>3000 ms</td>");
        assertThat(page("en", Samples.findings("naive", "v", false))).contains("Promise broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void thePlotsAreWellFormedAndTellTheirNumbersInWords(String language) throws Exception {
        Matcher plots = SVG.matcher(page(language, Samples.findings("naive", "v", true)));

        int count = 0;
        while (plots.find()) {
            assertThat(Samples.xml(plots.group())
                            .getElementsByTagName("desc")
                            .item(0)
                            .getTextContent())
                    .contains("naive", "nodoubt");
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void thePageNeedsNothingButItself() {
        assertThat(page("en", Samples.findings("naive", "v", true)))
                .doesNotContain("<script", "<link", "<img", "http:", "https:", "url(", "@import");
    }

    @Test
    void whatComesFromElsewhereIsNoMarkup() {
        String page = page("en", Samples.findings("<script>\"&'\u0001", "<b>{title}</b>", false));

        assertThat(page).doesNotContain("<script", "<b>", "\u0001");
        assertThat(page)
                .contains("<th scope=\"col\">&lt;script&gt;&quot;&amp;&#39;\uFFFD</th>")
                .contains("&lt;b&gt;{title}&lt;/b&gt;");
    }

    @Test
    void bothLanguagesSayTheSame() {
        ResourceBundle english = bundle("en");
        ResourceBundle korean = bundle("ko");

        assertThat(Collections.list(korean.getKeys()))
                .containsExactlyInAnyOrderElementsOf(Collections.list(english.getKeys()));
        for (String key : Collections.list(english.getKeys())) {
            assertThat(places(korean.getString(key))).as(key).isEqualTo(places(english.getString(key)));
            assertThat(korean.getString(key)).as(key).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"naive", "separate", "retry", "nodoubt"})
    void everyLaneIsExplained(String lane) {
        assertThat(bundle("en").getString("how." + lane)).hasSizeGreaterThan(80);
        assertThat(bundle("en").getString("lane." + lane)).hasSizeLessThan(45);
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(place -> place.group()).toList();
    }

    private static ResourceBundle bundle(String language) {
        return ResourceBundle.getBundle("dev.nodoubt.demo.page.report", Locale.forLanguageTag(language));
    }

    private static String page(String language, Findings findings) {
        return new ReportPage(Locale.forLanguageTag(language)).html(findings);
    }
}
