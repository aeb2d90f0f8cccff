package plimsoll.oracle.report;

import java.util.List;
import java.util.stream.Collectors;

/** A document as Markdown for a forum; each chart is a file beside it. */
final class MarkdownPage {

    private MarkdownPage() {}

    /** @param charts prefix of the charts' file names */
    static String of(List<Block> blocks, String charts) {
        return blocks.stream().map(block -> block(block, charts)).collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String block(Block block, String charts) {
        return switch (block) {
            case Block.Heading heading -> "#".repeat(heading.level()) + " " + heading.text();
            case Block.Paragraph paragraph -> paragraph.text();
            case Block.Bullets bullets ->
                bullets.items().stream().map(item -> "- " + item).collect(Collectors.joining("\n"));
            case Block.Grid grid ->
                row(grid.header())
                        + "\n"
                        + row(grid.header().stream().map(name -> "---").toList())
                        + "\n"
                        + grid.rows().stream().map(MarkdownPage::row).collect(Collectors.joining("\n"));
            case Block.Figure figure ->
                "![" + figure.caption() + "](" + charts + figure.name() + ".svg)\n\n*" + figure.caption() + "*";
        };
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
