package plimsoll.units;

/** The height of a block. Range 0..2⁶³−1. */
public record BlockNumber(long value) implements Comparable<BlockNumber> {

    public BlockNumber {
        if (value < 0) {
            throw new IllegalArgumentException("BlockNumber is negative: found=" + value);
        }
    }

    public BlockNumber next() {
        return new BlockNumber(value + 1);
    }

    public BlockNumber plus(long blocks) {
        return new BlockNumber(Math.addExact(value, blocks));
    }

    @Override
    public int compareTo(BlockNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
