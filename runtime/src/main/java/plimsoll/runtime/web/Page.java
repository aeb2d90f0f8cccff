package plimsoll.runtime.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One page of ours as HTML: the bar with the state of the live connection, the content, the scripts. Nothing is loaded from
 * another host.
 */
public final class Page {

    private static final String CHARTS = "/_static/echarts/6.0.0/dist/echarts.min.js";

    private final String title;
    private final String content;
    private final Map<String, String> links = new LinkedHashMap<>();
    private String scripts = "";

    private Page(String title, String content) {
        this.title = title;
        this.content = content;
    }

    /**
     * A page of this content.
     *
     * @param title plain text
     * @param content HTML sections, trusted: the application's own, with data left to {@code live.js}
     */
    public static Page of(String title, String content) {
        return new Page(title, content);
    }

    /** Adds a link to the bar. */
    public Page link(String text, String path) {
        links.put(text, path);
        return this;
    }

    /** Adds a script of the application, such as {@code /positions.js}, which may use {@code plimsoll.onData}. */
    public Page script(String path) {
        scripts += "<script src=\"" + escaped(path) + "\" defer></script>\n";
        return this;
    }

    /** Adds the chart library ({@code echarts}) before the scripts that follow. */
    public Page charts() {
        return script(CHARTS);
    }

    public String html() {
        StringBuilder navigation = new StringBuilder();
        links.forEach((text, path) -> navigation
                .append("<a href=\"")
                .append(escaped(path))
                .append("\">")
                .append(escaped(text))
                .append("</a>"));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/plimsoll/style.css">
                <script src="/plimsoll/live.js" defer></script>
                %2$s</head>
                <body>
                <a class="skip" href="#content">Skip to content</a>
                <header class="bar"><h1>%1$s</h1><nav aria-label="Pages">%3$s</nav>
                <span class="connection" role="status">connecting</span></header>
                <main id="content" class="columns">
                %4$s
                </main>
                <noscript><footer>This page is filled by a script; the same facts are in the JSON under /api.</footer></noscript>
                </body>
                </html>
                """.formatted(escaped(title), scripts, navigation, content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
