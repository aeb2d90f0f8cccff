package plimsoll.oracle.report;

import java.util.ArrayList;
import java.util.List;
import plimsoll.oracle.report.Block.Bullets;
import plimsoll.oracle.report.Block.Figure;
import plimsoll.oracle.report.Block.Grid;
import plimsoll.oracle.report.Block.Heading;
import plimsoll.oracle.report.Block.Paragraph;

/** The market's own book: live and recommended parameters on the same paths, what else was tried, what would break them. */
final class BookSection {

    private static final String BLUE = "#1c7ed6";
    private static final String ORANGE = "#e8590c";
    private static final String GREY = "#868e96";

    private final Fields book;
    private final List<Block> blocks = new ArrayList<>();

    BookSection(Fields book) {
        this.book = book;
    }

    List<Block> blocks() {
        blocks.add(new Heading(2, "On the book"));
        blocks.add(
                new Paragraph(Text.whole(book.number("accounts")) + " accounts owe " + Text.money(book.number("debt"))
                        + ". " + Text.whole(book.number("live.paths")) + " joint paths of "
                        + Text.whole(book.number("live.steps"))
                        + " steps, the same for every vector. Most expected shortfall of bad debt allowed: "
                        + Text.money(book.number("budget")) + "."));
        if (!book.texts("still").isEmpty()) {
            blocks.add(new Paragraph(
                    "Without a price model, held at their price: " + String.join(", ", book.texts("still")) + "."));
        }
        blocks.add(new Grid(
                List.of("", "live", "recommended"),
                List.of(
                        row("bad debt, mean", "badDebt.mean"),
                        row("bad debt, 95 % value at risk", "badDebt.var95"),
                        row("bad debt, 99 % expected shortfall", "badDebt.es99"),
                        row("liquidated, mean", "liquidated.mean"),
                        row("liquidated, 99 % value at risk", "liquidated.var99"),
                        List.of(
                                "paths with bad debt",
                                Text.percent(book.number("live.pathsWithBadDebt.value")),
                                Text.percent(book.number("recommended.pathsWithBadDebt.value"))),
                        List.of(
                                "borrowing power",
                                Text.money(book.number("live.borrowingPower")),
                                Text.money(book.number("recommended.borrowingPower"))),
                        List.of(
                                "liquidatable before any price moves",
                                Text.money(book.number("live.atStart.debt")),
                                Text.money(book.number("recommended.atStart.debt"))))));
        byStep();
        frontier();
        refinement();
        stress();
        dependence();
        return blocks;
    }

    private List<String> row(String name, String path) {
        return List.of(name, figure("live." + path), figure("recommended." + path));
    }

    private String figure(String path) {
        return Text.money(book.number(path + ".value")) + " ± " + Text.money(book.number(path + ".standardError"));
    }

    private void byStep() {
        List<Fields> steps = book.objects("recommended.byStep");
        double[] x = steps.stream().mapToDouble(step -> step.number("step")).toArray();
        double[] y =
                steps.stream().mapToDouble(step -> step.number("liquidated")).toArray();
        blocks.add(new Figure(
                "book-steps",
                "Value liquidated by step under the recommended parameters, mean over the paths",
                new Chart("step", Text::whole, "liquidated", Text::money)
                        .bars("liquidated", BLUE, x, y)
                        .svg("liquidations by step")));
    }

    private void frontier() {
        book.object("frontier").ifPresent(frontier -> {
            for (String symbol : frontier.names()) {
                List<Fields> points = frontier.objects(symbol);
                double[] x = points.stream()
                        .mapToDouble(point -> point.number("threshold"))
                        .toArray();
                double[] y = points.stream()
                        .mapToDouble(point -> point.number("badDebtEs99.value"))
                        .toArray();
                double[] low = points.stream()
                        .mapToDouble(point -> point.number("badDebtEs99.interval.low"))
                        .toArray();
                double[] high = points.stream()
                        .mapToDouble(point -> point.number("badDebtEs99.interval.high"))
                        .toArray();
                double budget = book.number("budget");
                blocks.add(new Figure(
                        "frontier-" + symbol,
                        "Expected shortfall of bad debt by the threshold of " + symbol
                                + ", all else as recommended; bars are 95 % Monte-Carlo intervals",
                        new Chart("liquidation threshold", Text::percent, "bad debt, ES 99 %", Text::money)
                                .errors("interval", GREY, x, low, high)
                                .line("ES 99 %", BLUE, x, y)
                                .line("budget", ORANGE, x, x.length == 0 ? x : filled(x.length, budget))
                                .svg("frontier of " + symbol)));
            }
        });
    }

    private static double[] filled(int size, double value) {
        double[] column = new double[size];
        java.util.Arrays.fill(column, value);
        return column;
    }

    private void refinement() {
        List<Fields> steps = book.objects("refinement.steps");
        if (steps.isEmpty()) {
            return;
        }
        blocks.add(new Heading(3, "How the thresholds were found"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Fields step = steps.get(i);
            rows.add(List.of(
                    (i == (int) book.number("refinement.chosen") ? "→ " : "") + (i + 1),
                    step.text("move"),
                    Text.money(step.number("evaluation.shortfallOfBadDebt")) + " ± "
                            + Text.money(step.number("evaluation.standardError")),
                    Text.money(step.number("evaluation.borrowingPower")),
                    Text.percent(step.number("evaluation.forcedShare")),
                    step.text("verdict")));
        }
        blocks.add(
                new Grid(List.of("vector", "move", "bad debt, ES 99 %", "borrowing power", "forced", "verdict"), rows));
    }

    private void stress() {
        book.object("stress").ifPresent(stress -> {
            blocks.add(new Heading(3, "Stress tests"));
            List<List<String>> rows = new ArrayList<>();
            for (Fields scenario : stress.objects("scenarios")) {
                rows.add(List.of(
                        scenario.text("scenario"),
                        scenario.text("kind"),
                        cost(scenario, "live"),
                        cost(scenario, "recommended"),
                        scenario.text("recommended.worstAsset"),
                        scenario.text("what")));
            }
            blocks.add(new Grid(
                    List.of(
                            "scenario",
                            "kind",
                            "live: bad debt of liquidated",
                            "recommended",
                            "mostly behind",
                            "what happens"),
                    rows));
            blocks.add(new Heading(3, "What would break the budget"));
            blocks.add(new Bullets(stress.objects("reverse").stream()
                    .map(BookSection::breaking)
                    .toList()));
        });
    }

    private static String cost(Fields scenario, String vector) {
        return Text.money(scenario.number(vector + ".badDebt")) + " of "
                + Text.money(scenario.number(vector + ".liquidated"));
    }

    private static String breaking(Fields reverse) {
        double severity = reverse.number("severity");
        return reverse.text("struck") + ": "
                + (Double.isFinite(severity)
                        ? "a fall of " + Text.percent(severity) + " at once costs "
                                + Text.money(reverse.number("badDebt"))
                        : "no fall does; even the worst costs " + Text.money(reverse.number("badDebt")));
    }

    private void dependence() {
        List<String> assets = book.texts("dependence.assets");
        List<List<Double>> matrix = book.matrix("dependence.correlation");
        blocks.add(new Heading(3, "How prices fall together"));
        blocks.add(
                new Paragraph("t copula with " + Text.plain(book.number("dependence.nu")) + " degrees of freedom over "
                        + Text.whole(book.number("dependence.rows")) + " rows; rank correlations:"));
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(assets);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < assets.size() && i < matrix.size(); i++) {
            List<String> row = new ArrayList<>(List.of(assets.get(i)));
            matrix.get(i).forEach(value -> row.add(String.format(java.util.Locale.ROOT, "%.2f", value)));
            rows.add(row);
        }
        blocks.add(new Grid(header, rows));
        if (!book.texts("dependence.notes").isEmpty()) {
            blocks.add(new Bullets(book.texts("dependence.notes")));
        }
    }
}
