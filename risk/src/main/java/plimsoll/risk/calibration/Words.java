package plimsoll.risk.calibration;

import java.time.Duration;

/** Figures in sentences, by integer arithmetic: the words in a manifest depend on no formatter and no locale. */
final class Words {

    private Words() {}

    /** A fraction as a percentage with two decimals. */
    static String percent(double fraction) {
        var hundredths = (long) Math.floor(Math.abs(fraction) * 10_000 + 0.5);
        var rest = hundredths % 100;
        var sign = fraction < 0 && hundredths > 0 ? "-" : "";
        return sign + hundredths / 100 + (rest < 10 ? ".0" : ".") + rest + " %";
    }

    /** An amount of money or tokens as whole units in groups of three; what no long holds keeps its scientific form. */
    static String amount(double found) {
        if (!(Math.abs(found) < 1e15)) {
            return Double.toString(found);
        }
        var digits = Long.toString((long) Math.floor(Math.abs(found) + 0.5));
        var grouped = new StringBuilder();
        for (var i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                grouped.append(' ');
            }
            grouped.append(digits.charAt(i));
        }
        return (found <= -0.5 ? "-" : "") + grouped;
    }

    /** A time in days, hours and minutes, whichever it has; rounded up, as a horizon is. */
    static String time(Duration found) {
        var minutes = Math.ceilDiv(found.toSeconds(), 60);
        var days = minutes / (24 * 60);
        var hours = minutes / 60 % 24;
        var words = (days > 0 ? days + " d " : "")
                + (hours > 0 ? hours + " h " : "")
                + (minutes % 60 > 0 ? minutes % 60 + " min" : "");
        return words.isEmpty() ? "0 min" : words.strip();
    }
}
