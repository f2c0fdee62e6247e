package dev.nodoubt.bench.delivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class BarPlotTest {

    @Test
    void every_plot_is_well_formed_and_says_in_words_what_it_draws() throws Exception {
        Map<String, BarPlot> plots = Plots.of(List.of(Runs.small("")));

        assertThat(plots).containsOnlyKeys("throughput.svg", "latency.svg", "cpu.svg");
        for (BarPlot plot : plots.values()) {
            Element svg = parsed(plot.svg()).getDocumentElement();
            assertThat(svg.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
            assertThat(text(svg, "title")).isEqualTo(plot.title());
            assertThat(text(svg, "desc")).contains("transfer ", "nodoubt ", "this & <that> ");
            assertThat(text(svg, "style")).contains("prefers-color-scheme: dark");
        }
    }

    @Test
    void a_bar_is_as_long_as_its_value_and_has_it_beside() throws Exception {
        BarPlot plot = plot("throughput.svg");

        Element svg = parsed(plot.svg()).getDocumentElement();

        // from 0 to 1,200, which is the greatest, on 500 units
        assertThat(width(svg, "floor part0")).isEqualTo(1_100.0 / 1_200 * 500, within());
        assertThat(width(svg, "nodoubt part0")).isEqualTo(630.0 / 1_200 * 500, within());
        assertThat(text(svg, "desc"))
                .isEqualTo("calls a second, end to end. 32 producers: transfer 1,100, nodoubt 630, this & <that> 250.");
    }

    @Test
    void pieces_of_a_stacked_bar_stand_end_to_end() throws Exception {
        BarPlot plot = plot("cpu.svg");

        Element svg = parsed(plot.svg()).getDocumentElement();

        Element application = rect(svg, "peer part0");
        Element database = rect(svg, "peer part1");
        assertThat(number(database, "x")).isEqualTo(number(application, "x") + number(application, "width"), within());
        assertThat(number(database, "width")).isEqualTo(number(application, "width") / 2, within());
    }

    @Test
    void a_linear_scale_begins_at_zero_and_has_few_ticks() {
        for (double greatest : new double[] {0.03, 0.9, 1, 1.3, 2.9, 7, 10, 1_234, 9_999}) {
            Scale scale = Scale.linear(DoubleStream.of(0.01, greatest));

            assertThat(scale.ticks()).hasSizeBetween(3, 7).startsWith(0.0);
            assertThat(scale.position(0)).isZero();
            assertThat(scale.position(greatest)).isBetween(0.6, 1.0);
        }
    }

    @Test
    void a_logarithmic_scale_has_powers_of_ten_and_does_not_fail_for_zero() {
        Scale scale = Scale.logarithmic(DoubleStream.of(0, 0.1, 4.7));

        assertThat(scale.ticks()).containsExactly(0.01, 0.1, 1.0, 10.0);
        assertThat(scale.position(0)).isZero();
        assertThat(scale.position(1)).isEqualTo(2.0 / 3, within());
        assertThat(Scale.logarithmic(DoubleStream.empty()).ticks()).containsExactly(1.0, 10.0);
    }

    private static BarPlot plot(String file) {
        return Objects.requireNonNull(Plots.of(List.of(Runs.small(""))).get(file));
    }

    private static Offset<Double> within() {
        return Offset.offset(0.2);
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Element svg, String name) {
        return svg.getElementsByTagName(name).item(0).getTextContent();
    }

    private static double width(Element svg, String classes) {
        return number(rect(svg, classes), "width");
    }

    /** The first of these classes. */
    private static Element rect(Element svg, String classes) {
        var rects = svg.getElementsByTagName("rect");
        for (int i = 0; i < rects.getLength(); i++) {
            // A legend's is outside of the bars.
            if (rects.item(i) instanceof Element rect
                    && rect.getAttribute("class").equals(classes)
                    && !rect.getAttribute("height").equals("12")) {
                return rect;
            }
        }
        throw new AssertionError("no rect of class " + classes);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
