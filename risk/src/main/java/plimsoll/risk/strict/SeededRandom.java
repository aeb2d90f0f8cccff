package plimsoll.risk.strict;

import java.util.random.RandomGenerator;

/**
 * Chance that a manifest can repeat: xoroshiro128++ seeded by SplitMix64 from a seed and a stream number.
 * Different streams of one seed serve blocks of paths that may run anywhere in any order.
 * Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).
 */
public final class SeededRandom implements RandomGenerator {

    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long s0;
    private long s1;

    public SeededRandom(long seed, long stream) {
        var start = mix(seed) + GOLDEN * (2 * stream + 1);
        s0 = mix(start);
        s1 = mix(start + GOLDEN);
        if ((s0 | s1) == 0) {
            s1 = GOLDEN;
        }
    }

    public SeededRandom(long seed) {
        this(seed, 0);
    }

    @Override
    public long nextLong() {
        var a = s0;
        var b = s1;
        var result = Long.rotateLeft(a + b, 17) + a;
        b ^= a;
        s0 = Long.rotateLeft(a, 49) ^ b ^ (b << 21);
        s1 = Long.rotateLeft(b, 28);
        return result;
    }

    /** Uniform in the open interval (0, 1): 53 bits, moved by half a step so that neither end is hit. */
    @Override
    public double nextDouble() {
        return ((nextLong() >>> 11) + 0.5) * 0x1p-53;
    }

    /** Uniform over 0..size−1; the bias of at most size/2⁶⁴ is far below what a simulation can see. */
    public int nextIndex(int size) {
        return (int) Math.unsignedMultiplyHigh(nextLong(), size);
    }

    static long mix(long value) {
        var z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
