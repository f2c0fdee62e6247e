package dev.nodoubt.demo.mailbox;

import dev.nodoubt.demo.page.Markup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The mailbox as a page, newest mail first; every text from outside is escaped. */
final class MailboxPage {

    private static final int ROWS = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final String FRAME = """
            <!doctype html>
            <html lang="{lang}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <header>
            <h1>{title}</h1>
            <p>{summary}</p>
            <form method="get" action="/">
            <label>{search} <input type="search" name="to" value="{to}" autocomplete="off"></label>
            <input type="hidden" name="lang" value="{lang}">
            <button>{find}</button>
            <a href="/api/messages{query}">JSON</a>
            <a href="/?lang={other}">{language}</a>
            </form>
            </header>
            <main>
            {rows}
            <nav>{pages}</nav>
            </main>
            </body>
            </html>
            """;

    private final ResourceBundle texts;
    private final String lang;

    MailboxPage(Locale locale) {
        this.texts = ResourceBundle.getBundle(
                "dev.nodoubt.demo.mailbox.page",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.lang = locale.getLanguage();
    }

    /**
     * The page as HTML.
     *
     * @param mails what was found, oldest first
     * @param to what was searched for
     * @param page counted from 1; beyond the last one the last one is shown
     */
    String html(List<Mailbox.Arrived> mails, String to, int page) {
        int pages = Math.max(1, (mails.size() + ROWS - 1) / ROWS);
        int shown = Math.min(Math.max(page, 1), pages);
        Map<String, String> values = Map.ofEntries(
                Map.entry("lang", lang),
                Map.entry("other", lang.equals("ko") ? "en" : "ko"),
                Map.entry("language", lang.equals("ko") ? "English" : "한국어"),
                Map.entry("title", text("title")),
                Map.entry("summary", Markup.escape(summary(mails))),
                Map.entry("search", text("search")),
                Map.entry("find", text("find")),
                Map.entry("to", Markup.escape(to)),
                Map.entry("query", to.isEmpty() ? "" : "?to=" + url(to)),
                Map.entry("rows", mails.isEmpty() ? "<p>" + text("empty") + "</p>" : table(mails, shown)),
                Map.entry("pages", pages == 1 ? "" : links(pages, shown, to)));
        return Markup.fill(FRAME, values);
    }

    private String summary(List<Mailbox.Arrived> mails) {
        List<String> ids = mails.stream()
                .map(arrived -> arrived.mail().transferId())
                .filter(id -> !id.isEmpty())
                .toList();
        Map<String, Long> copies = ids.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        long doubled = copies.values().stream().filter(count -> count > 1).count();
        return String.format(Locale.ROOT, texts.getString("summary"), mails.size(), copies.size(), doubled);
    }

    private String table(List<Mailbox.Arrived> mails, int page) {
        StringBuilder table = new StringBuilder("<table>\n<thead><tr>");
        for (String column : List.of("time", "to", "mail", "transfer")) {
            table.append("<th>").append(text("column." + column)).append("</th>");
        }
        table.append("</tr></thead>\n<tbody>\n");
        int newest = mails.size() - 1 - (page - 1) * ROWS;
        for (int i = newest; i > newest - ROWS && i >= 0; i--) {
            row(table, mails.get(i));
        }
        return table.append("</tbody>\n</table>").toString();
    }

    private void row(StringBuilder table, Mailbox.Arrived arrived) {
        Mail mail = arrived.mail();
        String copy = arrived.copy() == 1
                ? ""
                : " <strong>" + Markup.escape(String.format(Locale.ROOT, texts.getString("copy"), arrived.copy()))
                        + "</strong>";
        table.append("<tr><td>")
                .append(TIME.format(arrived.at().atZone(ZoneId.systemDefault())))
                .append("</td><td>")
                .append(Markup.escape(mail.to()))
                .append("</td><td><details><summary>")
                .append(Markup.escape(mail.subject()))
                .append("</summary><pre>")
                .append(Markup.escape(arrived.text()))
                .append("</pre><small>Message-ID: ")
                .append(Markup.escape(mail.messageId()))
                .append("</small></details></td><td><code>")
                .append(Markup.escape(mail.transferId()))
                .append("</code>")
                .append(copy)
                .append("</td></tr>\n");
    }

    private String links(int pages, int shown, String to) {
        StringBuilder links = new StringBuilder();
        for (int page = 1; page <= pages; page++) {
            if (page == shown) {
                links.append("<b>").append(page).append("</b> ");
            } else {
                links.append(
                        "<a href=\"/?lang=%s&amp;to=%s&amp;page=%d\">%d</a> ".formatted(lang, url(to), page, page));
            }
        }
        return links.toString();
    }

    private String text(String key) {
        return Markup.escape(texts.getString(key));
    }

    private static String url(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
