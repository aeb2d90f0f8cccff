package plimsoll.oracle.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import plimsoll.oracle.report.Block.Bullets;
import plimsoll.oracle.report.Block.Figure;
import plimsoll.oracle.report.Block.Grid;
import plimsoll.oracle.report.Block.Heading;
import plimsoll.oracle.report.Block.Paragraph;

/** One reserve: its reasons, how its price falls, whether the model's forecasts held, what moves the answer. */
final class AssetSection {

    private static final String BLUE = "#1c7ed6";
    private static final String RED = "#e03131";
    private static final String GREY = "#868e96";
    private static final String TEAL = "#0b7285";

    private final Fields asset;
    private final String symbol;
    private final List<Block> blocks = new ArrayList<>();

    AssetSection(Fields asset) {
        this.asset = asset;
        this.symbol = asset.text("symbol");
    }

    List<Block> blocks() {
        blocks.add(new Heading(2, symbol));
        blocks.add(new Bullets(asset.texts("reasons")));
        views();
        asset.object("measures").ifPresent(this::measures);
        backtest();
        sensitivity();
        return blocks;
    }

    /** The same answer as other protocols take it, and what people should carry out besides. */
    private void views() {
        asset.object("views")
                .ifPresent(views -> blocks.add(new Grid(
                        List.of("elsewhere", ""),
                        List.of(
                                List.of(
                                        "Compound v2 collateral factor",
                                        Text.percent(views.number("compound.collateralFactor"))),
                                List.of(
                                        "Comet borrow / liquidate factor",
                                        Text.percent(views.number("comet.borrowCollateralFactor")) + " / "
                                                + Text.percent(views.number("comet.liquidateCollateralFactor"))),
                                List.of("Morpho LLTV", Text.percent(views.number("morpho.lltv"))),
                                List.of(
                                        "initial / maintenance margin",
                                        Text.percent(views.number("margin.initial")) + " / "
                                                + Text.percent(views.number("margin.maintenance")))))));
        asset.object("advice").ifPresent(advice -> {
            if (!advice.texts("reasons").isEmpty()) {
                blocks.add(new Paragraph("Advice: " + String.join("; ", advice.texts("reasons")) + "."));
            }
        });
    }

    private void measures(Fields measures) {
        blocks.add(new Heading(3, "How its price falls"));
        blocks.add(new Paragraph("Model " + measures.text("model") + ", " + Text.whole(measures.number("observations"))
                + " returns of " + time(measures.number("periodSeconds"))
                + ", annual volatility forecast " + Text.percent(measures.number("annualVolatility"))
                + ". Falls of the price with 95 % intervals:"));
        List<List<String>> rows = new ArrayList<>();
        for (Fields risk : measures.objects("risk")) {
            rows.add(List.of(
                    time(risk.number("horizon") * measures.number("periodSeconds")),
                    Text.percent(risk.number("level")),
                    estimate(risk, "fallAtRisk"),
                    estimate(risk, "fallShortfall")));
        }
        if (!rows.isEmpty()) {
            blocks.add(new Grid(List.of("horizon", "level", "value at risk", "expected shortfall"), rows));
        }
        measures.object("tail").ifPresent(tail -> tail(measures, tail));
    }

    private static String time(double seconds) {
        double hours = seconds / Duration.ofHours(1).toSeconds();
        return (hours == Math.rint(hours) ? Text.whole(hours) : Text.plain(hours)) + " h";
    }

    private static String estimate(Fields risk, String name) {
        return Text.percent(risk.number(name + ".value")) + " (" + Text.percent(risk.number(name + ".low")) + " to "
                + Text.percent(risk.number(name + ".high")) + ")";
    }

    /** Exceedance probability of standardised losses: fitted against found. */
    private void tail(Fields measures, Fields tail) {
        double threshold = tail.number("threshold");
        double xi = tail.number("xi");
        double beta = tail.number("beta");
        double share = tail.number("exceedances") / tail.number("observations");
        List<Fields> worst = measures.objects("worstResiduals");
        double most =
                worst.stream().mapToDouble(point -> point.number("loss")).max().orElse(threshold + 10 * beta);
        double[] x = new double[80];
        double[] y = new double[80];
        for (int i = 0; i < x.length; i++) {
            x[i] = threshold + (most - threshold) * i / (x.length - 1);
            double beyond = Math.abs(xi) < 1e-9
                    ? StrictMath.exp(-(x[i] - threshold) / beta)
                    : StrictMath.pow(Math.max(0, 1 + xi * (x[i] - threshold) / beta), -1 / xi);
            y[i] = beyond <= 0 ? Double.NaN : StrictMath.log10(share * beyond);
        }
        double[] foundX =
                worst.stream().mapToDouble(point -> point.number("loss")).toArray();
        double[] foundY = worst.stream()
                .mapToDouble(point -> StrictMath.log10(point.number("exceeded")))
                .toArray();
        blocks.add(new Figure(
                symbol + "-tail",
                symbol + ": how often standardised losses are exceeded; generalised Pareto tail with xi "
                        + Text.plain(xi) + ", beta " + Text.plain(beta) + " above " + Text.plain(threshold),
                new Chart("standardised loss", Text::plain, "exceeded, power of ten", Text::plain)
                        .line("fitted", BLUE, x, y)
                        .points("found", GREY, foundX, foundY)
                        .svg(symbol + " tail fit")));
    }

    private void backtest() {
        List<List<String>> rows = new ArrayList<>();
        asset.object("backtest").ifPresent(levels -> {
            for (String level : levels.names()) {
                Fields test = levels.member(level).orElseThrow();
                rows.add(List.of(
                        level,
                        Text.whole(test.number("observations")),
                        Text.whole(test.number("exceptions")),
                        Text.plain(test.number("expected")),
                        Text.probability(test.number("kupiecP")),
                        Text.probability(test.number("christoffersenP")),
                        Text.probability(test.number("conditionalCoverageP")),
                        Text.whole(test.number("trafficLight.green")) + " / "
                                + Text.whole(test.number("trafficLight.yellow")) + " / "
                                + Text.whole(test.number("trafficLight.red"))));
            }
        });
        if (rows.isEmpty()) {
            return;
        }
        blocks.add(new Heading(3, "Would its forecasts have held?"));
        blocks.add(new Grid(
                List.of(
                        "level",
                        "days",
                        "exceptions",
                        "expected",
                        "Kupiec p",
                        "Christoffersen p",
                        "conditional coverage p",
                        "green / yellow / red"),
                rows));
        band(asset.objects("recent"));
    }

    /** The price, set to 100 at the first day, and what each day's value at risk left of the day before's. */
    private void band(List<Fields> recent) {
        if (recent.isEmpty()) {
            return;
        }
        double[] x = new double[recent.size()];
        double[] price = new double[x.length];
        double[] floor = new double[x.length];
        List<Integer> exceptions = new ArrayList<>();
        double level = 100;
        for (int i = 0; i < x.length; i++) {
            Fields point = recent.get(i);
            x[i] = Instant.parse(point.text("time")).getEpochSecond() / 86_400.0;
            floor[i] = level * StrictMath.exp(-point.number("valueAtRisk"));
            level *= StrictMath.exp(-point.number("loss"));
            price[i] = level;
            if (point.truth("exception")) {
                exceptions.add(i);
            }
        }
        blocks.add(new Figure(
                symbol + "-band",
                symbol + ": price (first day 100) above the floor that one day's value at risk left; exceptions in red",
                new Chart("", AssetSection::month, "price", Text::plain)
                        .line("floor at 99 %", GREY, x, floor)
                        .line("price", BLUE, x, price)
                        .points(
                                "exception",
                                RED,
                                exceptions.stream().mapToDouble(i -> x[i]).toArray(),
                                exceptions.stream().mapToDouble(i -> price[i]).toArray())
                        .svg(symbol + " price and value at risk")));
    }

    private static String tipping(Fields bar) {
        double below = bar.number("changesBelow");
        double above = bar.number("changesAbove");
        return Double.isFinite(below) || Double.isFinite(above)
                ? (Double.isFinite(below) ? "below " + Text.plain(below) + " " : "")
                        + (Double.isFinite(above) ? "above " + Text.plain(above) : "")
                : "nowhere";
    }

    private static String month(double days) {
        LocalDate day = LocalDate.ofEpochDay((long) days);
        return day.atStartOfDay(ZoneOffset.UTC).toLocalDate().toString().substring(0, 7);
    }

    private void sensitivity() {
        asset.object("sensitivity").ifPresent(found -> {
            blocks.add(new Heading(3, "What moves the threshold"));
            List<Fields> bars = found.objects("tornado");
            List<List<String>> rows = new ArrayList<>();
            for (Fields bar : bars) {
                rows.add(List.of(
                        bar.text("input"),
                        Text.plain(bar.number("low")) + " to " + Text.plain(bar.number("high")),
                        Text.percent(bar.number("outputAtLow")),
                        Text.percent(bar.number("outputAtHigh")),
                        Text.percent(bar.number("firstOrder")),
                        tipping(bar)));
            }
            blocks.add(new Grid(
                    List.of(
                            "input",
                            "from, to",
                            "threshold at the first",
                            "at the second",
                            "first-order Sobol index",
                            "recommendation changes at"),
                    rows));
            double[] y = new double[bars.size()];
            double[] x = new double[bars.size()];
            for (int i = 0; i < x.length; i++) {
                x[i] = i + 1;
                y[i] = Math.abs(bars.get(i).number("outputAtHigh") - bars.get(i).number("outputAtLow"));
            }
            blocks.add(new Figure(
                    symbol + "-tornado",
                    symbol + ": swing of the threshold by input, in the table's order",
                    new Chart("input", value -> Integer.toString((int) Math.rint(value)), "swing", Text::percent)
                            .bars("swing", TEAL, x, y)
                            .svg(symbol + " sensitivity")));
        });
    }
}
