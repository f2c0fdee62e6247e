package dev.nodoubt.demo.page;

import dev.nodoubt.demo.network.Fault;
import java.util.Locale;

/** The run's result as one picture that stands alone, as in a README: an SVG that follows the reader's light or dark. */
public final class ResultPicture {

    private static final int WIDTH = 600;
    private static final int MARGIN = 24;
    private static final int TOP = 84;

    private final PageTexts texts;
    private final String language;

    public ResultPicture(Locale locale) {
        this.texts = new PageTexts(locale);
        this.language = locale.getLanguage();
    }

    /** The picture as an SVG document. */
    public String svg(Findings findings) {
        BarChart chart = new Plots(texts, findings.lanes()).flaws(WIDTH - 2 * MARGIN);
        int height = TOP + chart.height() + MARGIN;
        int faults = 100 - Fault.NONE.percent();
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                xml:lang="%3$s" role="img" aria-labelledby="title desc">
                <title id="title">%4$s</title>
                <desc id="desc">%5$s %6$s</desc>
                <style>
                %7$s</style>
                <rect class="card" x=".5" y=".5" width="%8$d" height="%9$d" rx="10"/>
                <text class="title" x="%10$d" y="38">%4$s</text>
                <text class="note" x="%10$d" y="60">%5$s</text>
                <g transform="translate(%10$d)">
                %11$s</g>
                </svg>
                """.formatted(
                        WIDTH,
                        height,
                        language,
                        Markup.escape(texts.get("plot.flaws")),
                        Markup.escape(texts.get("picture.note", findings.transfers(), faults)),
                        Markup.escape(chart.description()),
                        Sheet.read("plot.css"),
                        WIDTH - 1,
                        height - 1,
                        MARGIN,
                        chart.drawn(TOP));
    }
}
