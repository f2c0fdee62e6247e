package dev.nodoubt.demo.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ResultPictureTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void thePictureIsASmallDocumentWithAllNumbers(String language) throws Exception {
        String svg = new ResultPicture(Locale.forLanguageTag(language)).svg(Samples.findings("naive", "v", true));

        Document picture = Samples.xml(svg);
        assertThat(picture.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        assertThat(svg).contains("prefers-color-scheme: dark");
        assertThat(texts(picture, "text")).contains("41", "31", "239", "228");
        assertThat(texts(picture, "desc"))
                .singleElement()
                .satisfies(desc -> assertThat(desc).contains("naive", "41", "31", "239", "228", "29", "1000"));
    }

    @Test
    void aHostileNameIsText() throws Exception {
        Document picture =
                Samples.xml(new ResultPicture(Locale.ENGLISH).svg(Samples.findings("</text><script>&", "v", true)));

        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
        assertThat(texts(picture, "text")).anyMatch(text -> text.startsWith("</text><script>&"));
    }

    @Test
    void barsAreAsLongAsTheirNumbersAndZeroHasNone() throws Exception {
        BarChart chart = new BarChart(
                "c",
                "t",
                500,
                List.of(new BarChart.Group(
                        "g",
                        "",
                        List.of(
                                new BarChart.Bar("a", 200, "200", "lost"),
                                new BarChart.Bar("b", 50, "50", "lost"),
                                new BarChart.Bar("c", 0.01, "0.01", "lost"),
                                new BarChart.Bar("d", 0, "0", "lost")))));

        NodeList bars = Samples.xml(chart.svg()).getElementsByTagName("rect");

        assertThat(bars.getLength()).isEqualTo(3);
        assertThat(width(bars, 0)).isEqualTo(4 * width(bars, 1));
        assertThat(width(bars, 2)).isEqualTo(1.5);
        assertThat(chart.description()).isEqualTo("g: a 200, b 50, c 0.01, d 0.");
    }

    private static double width(NodeList bars, int index) {
        return Double.parseDouble(((Element) bars.item(index)).getAttribute("width"));
    }

    private static List<String> texts(Document picture, String element) {
        NodeList nodes = picture.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
