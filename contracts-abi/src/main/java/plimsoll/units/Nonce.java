package plimsoll.units;

/** The number of a transaction of one account, counted from 0. Range 0..2⁶³−1. */
public record Nonce(long value) implements Comparable<Nonce> {

    public Nonce {
        if (value < 0) {
            throw new IllegalArgumentException("Nonce is negative: found=" + value);
        }
    }

    public Nonce next() {
        return new Nonce(value + 1);
    }

    @Override
    public int compareTo(Nonce other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
