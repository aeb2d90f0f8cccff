package plimsoll.risk.calibration;

/**
 * A number and the interval that its data leave open: what a parameter would be if every measure it rests on stood at the
 * better or the worse end of its own interval.
 */
public record Estimate(double low, double value, double high) {

    public Estimate {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException(
                    "Interval does not hold its value: low=%s value=%s high=%s".formatted(low, value, high));
        }
    }

    /** A number that is taken as known. */
    public static Estimate exact(double value) {
        return new Estimate(value, value, value);
    }

    /** The estimate whose three numbers came out of the same computation, in whatever order its ends came. */
    static Estimate of(double oneEnd, double value, double otherEnd) {
        var low = Math.min(oneEnd, otherEnd);
        var high = Math.max(oneEnd, otherEnd);
        return new Estimate(Math.min(low, value), value, Math.max(high, value));
    }

    double at(End end) {
        return switch (end) {
            case LOW -> low;
            case VALUE -> value;
            case HIGH -> high;
        };
    }

    /** Which of the three numbers a computation takes; for measures of risk, HIGH is the cautious one. */
    enum End {
        LOW,
        VALUE,
        HIGH
    }
}
