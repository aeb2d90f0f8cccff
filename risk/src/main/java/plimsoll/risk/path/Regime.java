package plimsoll.risk.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.TCopula;

/**
 * One way in which markets can hang together, and how much weight it has among the paths.
 *
 * @param weight share of the paths; the weights of all regimes need not sum to one, they are compared
 * @param volatility every asset's √h is multiplied by it
 */
public record Regime(String name, double weight, TCopula dependence, double volatility, List<Jump> jumps) {

    public static final String BASE = "base";
    public static final String BROAD_DOWNTURN = "broad downturn";
    public static final String BROKEN_CORRELATION = "broken correlation";

    public Regime {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)
                || !(volatility > 0 && volatility < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "regime cannot be: name=%s weight=%s volatility=%s".formatted(name, weight, volatility));
        }
        var assets = dependence.correlation().size();
        for (var jump : jumps) {
            if (jump.moves().size() != assets) {
                throw new IllegalArgumentException(
                        "jump and regime have different assets: regime=%s jump=%s assets=%d/%d"
                                .formatted(name, jump.name(), jump.moves().size(), assets));
            }
        }
        jumps = List.copyOf(jumps);
    }

    /** Markets as they were fitted. */
    public static Regime base(double weight, TCopula dependence) {
        return new Regime(BASE, weight, dependence, 1, List.of());
    }

    /**
     * Everything falls together: correlations moved towards one, volatility multiplied, and the given jump, if any, besides.
     *
     * @param towardsOne 0 leaves the correlations, 1 makes all of them 1
     */
    public Regime broadDownturn(double share, double towardsOne, double timesVolatility, Jump... crashes) {
        var together = CorrelationMatrix.uniform(dependence.correlation().size(), 1);
        return new Regime(
                BROAD_DOWNTURN,
                share,
                new TCopula(dependence.correlation().mixedWith(together, towardsOne), dependence.nu()),
                volatility * timesVolatility,
                with(crashes));
    }

    /**
     * Pegs break: assets that follow another (liquid-staking tokens, stablecoins) lose their correlation with all others, and
     * jump as given.
     *
     * @param pegged indices of those assets
     * @param remaining what is left of their correlations: 0 nothing, 1 all
     */
    public Regime brokenCorrelation(double share, Set<Integer> pegged, double remaining, Jump... depegs) {
        var rows = dependence.correlation().rows();
        var alone = dependence.correlation().rows();
        for (var i = 0; i < rows.length; i++) {
            for (var j = 0; j < rows.length; j++) {
                if (i != j && (pegged.contains(i) || pegged.contains(j))) {
                    alone[i][j] = 0;
                }
            }
        }
        var broken = CorrelationMatrix.of(alone).mixedWith(dependence.correlation(), remaining);
        return new Regime(BROKEN_CORRELATION, share, new TCopula(broken, dependence.nu()), volatility, with(depegs));
    }

    private List<Jump> with(Jump... more) {
        var all = new ArrayList<>(jumps);
        all.addAll(List.of(more));
        return all;
    }
}
