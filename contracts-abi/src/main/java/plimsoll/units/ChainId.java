package plimsoll.units;

/** The number by which a chain tells its transactions from those of others (EIP-155). */
public record ChainId(long value) implements Comparable<ChainId> {

    public ChainId {
        if (value < 0) {
            throw new IllegalArgumentException("ChainId is negative: found=" + value);
        }
    }

    @Override
    public int compareTo(ChainId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
