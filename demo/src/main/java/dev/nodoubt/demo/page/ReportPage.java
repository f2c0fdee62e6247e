package dev.nodoubt.demo.page;

import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.network.Fault;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What a run showed as one page that needs nothing but itself: no script, and nothing from elsewhere. */
public final class ReportPage {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);
    private static final List<String> FIXED = List.of(
            "title",
            "lead",
            "figures.title",
            "counted",
            "plot.flaws",
            "plot.latency",
            "plot.settling",
            "lanes.title",
            "faults.title",
            "faults.note",
            "settings.title",
            "settings.note");

    private final PageTexts texts;
    private final String language;

    public ReportPage(Locale locale) {
        this.texts = new PageTexts(locale);
        this.language = locale.getLanguage();
    }

    /** The page as HTML. */
    public String html(Findings findings) {
        Plots plots = new Plots(texts, findings.lanes());
        Map<String, String> values = new LinkedHashMap<>();
        FIXED.forEach(key -> values.put(key, text(key)));
        values.put("language", language);
        values.put("style", Sheet.read("plot.css") + Sheet.read("report.css"));
        values.put("kind", findings.kept() ? "good" : "bad");
        values.put("kept", text("kept." + findings.kept()));
        values.put("verdict", Markup.escape(findings.verdict()));
        values.put("facts", facts(findings));
        values.put("figures", figures(findings.lanes()));
        values.put("flaws", plots.flaws().svg());
        values.put("latency", plots.latency().svg());
        values.put("settling", plots.settling().svg());
        values.put("lanes", lanes(findings.lanes()));
        values.put("faults", faults());
        values.put("settings", settings());
        return Markup.fill(Sheet.read("report.html"), values);
    }

    private String facts(Findings findings) {
        return fact("at", MINUTE.format(findings.at()))
                + fact("seed", Long.toString(findings.seed()))
                + fact("transfers", Integer.toString(findings.transfers()))
                + fact("memory", texts.get("fact.memory.value", findings.peakMemoryMb()));
    }

    private String fact(String key, String value) {
        return "<div><dt>" + text("fact." + key) + "</dt><dd>" + Markup.escape(value) + "</dd></div>\n";
    }

    /** A row for each figure, a column for each lane. */
    private String figures(List<LaneResult> lanes) {
        List<Map<String, Object>> columns = lanes.stream().map(Figures::of).toList();
        StringBuilder table = new StringBuilder();
        for (String key : columns.get(0).keySet()) {
            if (key.equals("lane")) {
                table.append("<thead>\n").append(head(columns)).append("</thead>\n<tbody>\n");
                continue;
            }
            table.append("<tr><th scope=\"row\">").append(text("figure." + key)).append("</th>");
            columns.forEach(column -> table.append(cell(key, String.valueOf(column.get(key)))));
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n").toString();
    }

    private String head(List<Map<String, Object>> columns) {
        StringBuilder head = new StringBuilder("<tr><th scope=\"col\">" + text("figure.lane") + "</th>");
        columns.forEach(column -> head.append("<th scope=\"col\">")
                .append(Markup.escape(String.valueOf(column.get("lane"))))
                .append("</th>"));
        return head.append("</tr>\n").toString();
    }

    private static String cell(String key, String value) {
        if (!Figures.FLAWS.contains(key)) {
            return "<td>" + value + "</td>";
        }
        return "<td class=\"" + (value.equals("0") ? "none" : "flaw") + "\">" + value + "</td>";
    }

    private String lanes(List<LaneResult> lanes) {
        StringBuilder list = new StringBuilder();
        for (LaneResult lane : lanes) {
            list.append("<dt>")
                    .append(Markup.escape(lane.lane()))
                    .append("</dt><dd>")
                    .append(Markup.escape(texts.ifAny("how." + lane.lane())))
                    .append("</dd>\n");
        }
        return list.toString();
    }

    private String faults() {
        List<List<String>> rows = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            rows.add(List.of(text("fault." + fault), fault.percent() + " %"));
        }
        return table(List.of("faults.fault", "faults.share"), rows);
    }

    private String settings() {
        return table(
                List.of("settings.limit", "settings.now", "settings.usual"),
                List.of(
                        setting("connect", pace -> millis(pace.connect())),
                        setting("response", pace -> millis(pace.response())),
                        setting("backoffFirst", pace -> millis(pace.backoffFirst())),
                        setting("backoffCap", pace -> millis(pace.backoffCap())),
                        setting("breakerWindow", pace -> text("setting.attempts", pace.breakerWindow())),
                        setting("breakerOpen", pace -> millis(pace.breakerOpen()))));
    }

    private List<String> setting(String key, Function<Pace, String> value) {
        return List.of(text("setting." + key), value.apply(Pace.SHORTENED), value.apply(Pace.DEFAULT));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** A table whose first column names its rows; the cells are markup already. */
    private String table(List<String> heads, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<thead>\n<tr>");
        heads.forEach(
                key -> table.append("<th scope=\"col\">").append(text(key)).append("</th>"));
        table.append("</tr>\n</thead>\n<tbody>\n");
        for (List<String> row : rows) {
            table.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> table.append("<td>").append(cell).append("</td>"));
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n").toString();
    }

    private String text(String key, Object... values) {
        return Markup.escape(texts.get(key, values));
    }
}
