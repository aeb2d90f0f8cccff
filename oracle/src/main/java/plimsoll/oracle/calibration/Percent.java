package plimsoll.oracle.calibration;

/** Fractions in words: two decimals by integer arithmetic, so that a manifest's words depend on no formatter's locale. */
final class Percent {

    private Percent() {}

    static String of(double fraction) {
        long hundredths = (long) Math.floor(Math.abs(fraction) * 10_000 + 0.5);
        long rest = hundredths % 100;
        return (fraction < 0 && hundredths > 0 ? "-" : "") + hundredths / 100 + (rest < 10 ? ".0" : ".") + rest + " %";
    }
}
