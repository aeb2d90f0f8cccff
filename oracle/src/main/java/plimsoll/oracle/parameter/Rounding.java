package plimsoll.oracle.parameter;

import java.util.List;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;

/** The door's own hinges: from a model's {@code double} to what a contract stores, to the safe side. */
final class Rounding {

    private static final int ONE = 10_000;

    /** Aave counts debt ceilings in cents; a base value has 8 decimals. */
    private static final long RAW_OF_A_CENT = 1_000_000;

    private Rounding() {}

    /** A share in 0..1, rounded down: safe for what lends. */
    static Bps down(double share, String name, List<String> reasons) {
        return Bps.ofRaw((long) StrictMath.floor(within(share, name, 1, reasons) * ONE));
    }

    /** A share in 0..most, rounded up: safe for what pays for losses. */
    static Bps up(double share, String name, double most, List<String> reasons) {
        return Bps.ofRaw((long) StrictMath.ceil(within(share, name, most, reasons) * ONE));
    }

    /** Whole tokens, rounded down: at least 1, because 0 is no cap. */
    static long cap(double tokens, String name, List<String> reasons) {
        double taken = within(tokens, name, CollateralParameters.LARGEST_CAP, reasons);
        return Math.max(1, (long) StrictMath.floor(taken));
    }

    /** Whole cents of the base currency, rounded down. */
    static BaseValue cents(double value, String name, List<String> reasons) {
        double cents = StrictMath.floor(within(value, name, 1e9, reasons) * 100);
        return BaseValue.ofRaw(((long) cents) * RAW_OF_A_CENT);
    }

    private static double within(double found, String name, double most, List<String> reasons) {
        if (!Double.isFinite(found)) {
            throw new IllegalArgumentException("The model's " + name + " is not a number: found=" + found);
        }
        double taken = Math.min(most, Math.max(0, found));
        if (taken != found) {
            reasons.add("The model's " + name + " lay outside 0.." + (most == 1 ? "1" : Double.toString(most))
                    + ": found=" + found + " taken=" + taken);
        }
        return taken;
    }
}
