package plimsoll.oracle.report;

import java.util.List;

/** A document as one HTML page without anything outside itself: styles and charts are in it, no script. */
final class HtmlPage {

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8885;--soft:#8882;--accent:#0b7285}
            body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.4rem;border-bottom:2px solid var(--accent);padding-bottom:.2rem}
            h3{margin-top:1.8rem}table{border-collapse:collapse;width:100%;font-size:.86rem;margin:.8rem 0;display:block;overflow-x:auto}
            th,td{border-bottom:1px solid var(--line);padding:.25rem .55rem;text-align:right;white-space:nowrap}
            th:first-child,td:first-child{text-align:left}thead th{background:var(--soft)}
            td.words{white-space:normal;text-align:left;min-width:16rem}
            figure{margin:1rem 0}figcaption{font-size:.85rem;opacity:.8}svg{max-width:100%;height:auto}
            code{font-size:.85em;overflow-wrap:anywhere}
            """;

    private HtmlPage() {}

    static String of(String title, List<Block> blocks) {
        StringBuilder out = new StringBuilder(1 << 16);
        out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
                .append(Text.escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>");
        blocks.forEach(block -> write(out, block));
        return out.append("</body></html>\n").toString();
    }

    private static void write(StringBuilder out, Block block) {
        switch (block) {
            case Block.Heading heading ->
                out.append("<h")
                        .append(heading.level())
                        .append('>')
                        .append(Text.escaped(heading.text()))
                        .append("</h")
                        .append(heading.level())
                        .append('>');
            case Block.Paragraph paragraph ->
                out.append("<p>").append(inline(paragraph.text())).append("</p>");
            case Block.Bullets bullets -> {
                out.append("<ul>");
                bullets.items()
                        .forEach(item -> out.append("<li>").append(inline(item)).append("</li>"));
                out.append("</ul>");
            }
            case Block.Grid grid -> grid(out, grid);
            case Block.Figure figure ->
                out.append("<figure>")
                        .append(figure.svg())
                        .append("<figcaption>")
                        .append(Text.escaped(figure.caption()))
                        .append("</figcaption></figure>");
        }
    }

    private static void grid(StringBuilder out, Block.Grid grid) {
        out.append("<table><thead><tr>");
        grid.header()
                .forEach(name -> out.append("<th>").append(Text.escaped(name)).append("</th>"));
        out.append("</tr></thead><tbody>");
        for (List<String> row : grid.rows()) {
            out.append("<tr>");
            row.forEach(cell -> out.append(cell.length() > 40 ? "<td class=\"words\">" : "<td>")
                    .append(inline(cell))
                    .append("</td>"));
            out.append("</tr>");
        }
        out.append("</tbody></table>");
    }

    /** Code between backticks. */
    private static String inline(String text) {
        String[] parts = Text.escaped(text).split("`", -1);
        StringBuilder out = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            out.append(i % 2 == 1 ? "<code>" : "</code>").append(parts[i]);
        }
        return parts.length % 2 == 0 ? out.append("</code>").toString() : out.toString();
    }
}
