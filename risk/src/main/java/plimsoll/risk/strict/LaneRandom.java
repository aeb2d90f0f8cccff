package plimsoll.risk.strict;

/**
 * Chance for columns: eight interleaved xoroshiro128++ generators, so that eight numbers can be drawn at once.
 * Seed, block and column decide every bit, wherever the block runs; lane i serves the draws i, i + 8, i + 16, ...
 * Seeding and generator as in {@link SeededRandom}. Source: docs/models/elementary-functions.md; Blackman and Vigna,
 * ACM TOMS 47 (2021).
 */
public final class LaneRandom {

    public static final int LANES = 8;

    private static final long BLOCK_STEP = 0xD1342543DE82EF95L;

    final long[] s0 = new long[LANES];
    final long[] s1 = new long[LANES];

    /** @param column what the numbers are for within the block, such as the number of an asset */
    public LaneRandom(long seed, int block, int column) {
        var start = SeededRandom.mix(SeededRandom.mix(seed) + BLOCK_STEP * (block + 1L));
        start = SeededRandom.mix(start + SeededRandom.GOLDEN * (column + 1L));
        for (var lane = 0; lane < LANES; lane++) {
            s0[lane] = SeededRandom.mix(start + SeededRandom.GOLDEN * (2L * lane + 1));
            // An odd word cannot leave both words zero, the one state that a generator never leaves.
            s1[lane] = SeededRandom.mix(start + SeededRandom.GOLDEN * (2L * lane + 2)) | 1;
        }
    }

    static void requireWhole(int n) {
        if (n < 0 || n % LANES != 0) {
            throw new IllegalArgumentException("uniforms come in eights: found=" + n);
        }
    }
}
