package plimsoll.oracle.report;

import java.util.List;

/** A piece of a document, whatever it is printed as. */
sealed interface Block {

    record Heading(int level, String text) implements Block {}

    record Paragraph(String text) implements Block {}

    record Bullets(List<String> items) implements Block {
        public Bullets {
            items = List.copyOf(items);
        }
    }

    /** The first column names the row; numbers elsewhere stand to the right. */
    record Grid(List<String> header, List<List<String>> rows) implements Block {
        public Grid {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A chart.
     *
     * @param name of a file for it, without an ending
     */
    record Figure(String name, String caption, String svg) implements Block {}
}
