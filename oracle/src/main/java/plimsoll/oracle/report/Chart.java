package plimsoll.oracle.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A chart of lines, points and bars over one pair of axes, as an SVG picture that needs nothing beside itself. */
final class Chart {

    private static final double WIDTH = 720;
    private static final double HEIGHT = 300;
    private static final double LEFT = 74;
    private static final double RIGHT = 14;
    private static final double TOP = 12;
    private static final double BOTTOM = 44;
    private static final int TICKS = 5;

    private final String xTitle;
    private final String yTitle;
    private final DoubleFunction<String> xLabel;
    private final DoubleFunction<String> yLabel;
    private final List<Layer> layers = new ArrayList<>();
    private double lowX = Double.POSITIVE_INFINITY;
    private double highX = Double.NEGATIVE_INFINITY;
    private double lowY = Double.POSITIVE_INFINITY;
    private double highY = Double.NEGATIVE_INFINITY;

    Chart(String xTitle, DoubleFunction<String> xLabel, String yTitle, DoubleFunction<String> yLabel) {
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    private enum Kind {
        LINE,
        POINTS,
        BARS,
        ERRORS
    }

    /** What is drawn; {@code top} is where an error bar ends. */
    private static final class Layer {

        private final Kind kind;
        private final String name;
        private final String colour;
        private final double[] x;
        private final double[] y;
        private final double[] top;

        Layer(Kind kind, String name, String colour, double[] x, double[] y, double[] top) {
            this.kind = kind;
            this.name = name;
            this.colour = colour;
            this.x = x;
            this.y = y;
            this.top = top;
        }
    }

    Chart line(String name, String colour, double[] x, double[] y) {
        return add(new Layer(Kind.LINE, name, colour, x, y, y));
    }

    Chart points(String name, String colour, double[] x, double[] y) {
        return add(new Layer(Kind.POINTS, name, colour, x, y, y));
    }

    Chart bars(String name, String colour, double[] x, double[] y) {
        include(x.length == 0 ? 0 : x[0], 0);
        return add(new Layer(Kind.BARS, name, colour, x, y, y));
    }

    /** Vertical lines from low to high. */
    Chart errors(String name, String colour, double[] x, double[] low, double[] high) {
        return add(new Layer(Kind.ERRORS, name, colour, x, low, high));
    }

    private Chart add(Layer layer) {
        for (int i = 0; i < layer.x.length; i++) {
            include(layer.x[i], layer.y[i]);
            include(layer.x[i], layer.top[i]);
        }
        layers.add(layer);
        return this;
    }

    private void include(double x, double y) {
        if (Double.isFinite(x) && Double.isFinite(y)) {
            lowX = Math.min(lowX, x);
            highX = Math.max(highX, x);
            lowY = Math.min(lowY, y);
            highY = Math.max(highY, y);
        }
    }

    String svg(String description) {
        if (!(highX >= lowX)) {
            lowX = 0;
            highX = 1;
            lowY = 0;
            highY = 1;
        }
        pad();
        StringBuilder out = new StringBuilder(4096);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append((int) WIDTH)
                .append(' ')
                .append((int) HEIGHT)
                .append("\" role=\"img\" font-family=\"system-ui,sans-serif\" font-size=\"11\"><title>")
                .append(Text.escaped(description))
                .append("</title>");
        axes(out);
        layers.forEach(layer -> draw(out, layer));
        legend(out);
        return out.append("</svg>").toString();
    }

    /** A flat series still needs a height, and the highest point some air above it. */
    private void pad() {
        if (highX == lowX) {
            lowX -= 0.5;
            highX += 0.5;
        }
        double air = highY == lowY ? Math.max(1e-9, Math.abs(highY) * 0.1) : (highY - lowY) * 0.05;
        lowY = lowY >= 0 && lowY - air < 0 ? 0 : lowY - air;
        highY += air;
    }

    private double px(double x) {
        return LEFT + (x - lowX) / (highX - lowX) * (WIDTH - LEFT - RIGHT);
    }

    private double py(double y) {
        return HEIGHT - BOTTOM - (y - lowY) / (highY - lowY) * (HEIGHT - TOP - BOTTOM);
    }

    private void axes(StringBuilder out) {
        for (int i = 0; i <= TICKS; i++) {
            double y = lowY + (highY - lowY) * i / TICKS;
            double x = lowX + (highX - lowX) * i / TICKS;
            out.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#8886\" stroke-width=\".6\"/>"
                            + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" fill=\"#888\">%s</text>"
                            + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#888\">%s</text>",
                    LEFT,
                    WIDTH - RIGHT,
                    py(y),
                    py(y),
                    LEFT - 5,
                    py(y) + 4,
                    Text.escaped(yLabel.apply(y)),
                    px(x),
                    HEIGHT - BOTTOM + 14,
                    i == TICKS ? "end" : "middle",
                    Text.escaped(xLabel.apply(x))));
        }
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#888\">%s</text><text"
                        + " transform=\"translate(13 %.1f) rotate(-90)\" text-anchor=\"middle\" fill=\"#888\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 6,
                Text.escaped(xTitle),
                (TOP + HEIGHT - BOTTOM) / 2,
                Text.escaped(yTitle)));
    }

    private void draw(StringBuilder out, Layer layer) {
        switch (layer.kind) {
            case LINE -> {
                out.append("<polyline fill=\"none\" stroke-width=\"1.3\" stroke=\"")
                        .append(layer.colour)
                        .append("\" points=\"");
                for (int i = 0; i < layer.x.length; i++) {
                    if (Double.isFinite(layer.y[i])) {
                        out.append(String.format(Locale.ROOT, "%.1f,%.1f ", px(layer.x[i]), py(layer.y[i])));
                    }
                }
                out.append("\"/>");
            }
            case POINTS -> {
                for (int i = 0; i < layer.x.length; i++) {
                    out.append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\" fill=\"%s\"/>",
                            px(layer.x[i]),
                            py(layer.y[i]),
                            layer.colour));
                }
            }
            case BARS -> {
                double width = Math.max(1, 0.7 * (WIDTH - LEFT - RIGHT) / Math.max(1, layer.x.length));
                for (int i = 0; i < layer.x.length; i++) {
                    double y = py(Math.max(0, layer.y[i]));
                    out.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                            px(layer.x[i]) - width / 2,
                            y,
                            width,
                            Math.abs(py(0) - y),
                            layer.colour));
                }
            }
            case ERRORS -> {
                for (int i = 0; i < layer.x.length; i++) {
                    out.append(String.format(
                            Locale.ROOT,
                            "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
                                    + " stroke-width=\"1.6\"/>",
                            px(layer.x[i]),
                            px(layer.x[i]),
                            py(layer.y[i]),
                            py(layer.top[i]),
                            layer.colour));
                }
            }
        }
    }

    private void legend(StringBuilder out) {
        double x = LEFT + 8;
        for (Layer layer : layers) {
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\" fill=\"%s\"/><text x=\"%.1f\" y=\"%.1f\""
                            + " fill=\"#888\">%s</text>",
                    x,
                    TOP + 1,
                    layer.colour,
                    x + 13,
                    TOP + 9,
                    Text.escaped(layer.name)));
            x += 26 + 6.2 * layer.name.length();
        }
    }
}
