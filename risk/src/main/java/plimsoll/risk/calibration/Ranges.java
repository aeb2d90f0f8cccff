package plimsoll.risk.calibration;

/** Refuses inputs outside the range in which the formulas mean anything; NaN lies in no range. */
final class Ranges {

    private Ranges() {}

    static void within(String name, double found, double from, double to) {
        if (!(found >= from && found <= to)) {
            throw new IllegalArgumentException(
                    "%s is out of range: found=%s allowed=[%s, %s]".formatted(name, found, from, to));
        }
    }

    static void atLeast(String name, double found, double from) {
        within(name, found, from, Double.MAX_VALUE);
    }

    static void positive(String name, double found) {
        within(name, found, Double.MIN_VALUE, Double.MAX_VALUE);
    }
}
