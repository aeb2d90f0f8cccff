package plimsoll.units;

/** An amount of gas, in units. Range 0..2⁶³−1. */
public record Gas(long units) implements Comparable<Gas> {

    public Gas {
        if (units < 0) {
            throw new IllegalArgumentException("Gas is negative: found=" + units);
        }
    }

    /** This amount with a margin on top: 2 000 bps make it a fifth more. Rounded up. */
    public Gas plusMargin(Bps margin) {
        return new Gas(Math.addExact(units, Math.ceilDiv(Math.multiplyExact(units, (long) margin.raw()), 10_000L)));
    }

    @Override
    public int compareTo(Gas other) {
        return Long.compare(units, other.units);
    }

    @Override
    public String toString() {
        return Long.toString(units);
    }
}
