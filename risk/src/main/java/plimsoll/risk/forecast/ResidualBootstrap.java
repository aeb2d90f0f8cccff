package plimsoll.risk.forecast;

import java.util.stream.IntStream;
import plimsoll.risk.strict.SeededRandom;

/**
 * The stationary bootstrap of residuals: blocks of geometric length, mean n^⅓, from anywhere in a history that is bent to a
 * circle. What a volatility filter leaves is nearly independent; blocks keep the little that is not, such as busy hours.
 * Source: Politis and Romano, JASA 89 (1994); docs/models/risk-measures.md, equation 2.
 */
final class ResidualBootstrap {

    private final int[] ranks;
    private final double endProbability;

    ResidualBootstrap(double[] residuals) {
        var n = residuals.length;
        var order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(residuals[a], residuals[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        ranks = new int[n];
        for (var rank = 0; rank < n; rank++) {
            ranks[order[rank]] = rank;
        }
        endProbability = 1 / StrictMath.cbrt(n);
    }

    /** How often each residual is in one replication, from the least on. */
    int[] draw(SeededRandom random) {
        var n = ranks.length;
        var counts = new int[n];
        var t = random.nextIndex(n);
        for (var drawn = 0; drawn < n; drawn++) {
            counts[ranks[t]]++;
            t = random.nextDouble() < endProbability ? random.nextIndex(n) : t + 1 < n ? t + 1 : 0;
        }
        return counts;
    }
}
