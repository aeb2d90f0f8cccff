package plimsoll.oracle.report;

import java.util.Locale;

/** Figures and words as a reader of a report wants them. */
final class Text {

    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    private Text() {}

    /** For HTML and SVG. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", fraction * 100) : "–";
    }

    /** Basis points as a share. */
    static String bps(double bps) {
        return percent(bps / 10_000);
    }

    static String money(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return size >= BILLION
                ? String.format(Locale.ROOT, "$%.2fB", value / BILLION)
                : size >= MILLION
                        ? String.format(Locale.ROOT, "$%.2fM", value / MILLION)
                        : size >= THOUSAND
                                ? String.format(Locale.ROOT, "$%.1fk", value / THOUSAND)
                                : String.format(Locale.ROOT, "$%.0f", value);
    }

    static String plain(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
    }

    static String whole(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : "–";
    }

    static String probability(double p) {
        return Double.isFinite(p) ? String.format(Locale.ROOT, "%.3f", p) : "–";
    }
}
