package plimsoll.risk.path;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.strict.ChiSquared;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;

/**
 * A regime made ready for drawing: its pairs of paths in each block, the rows of L, and its tables (equation 4).
 * Source: docs/models/joint-paths.md, equations 1, 2 and 4.
 */
final class PreparedRegime implements Serializable {

    /** Scores of a normal lie within 1 + |x| = 2⁴, those of a t with few degrees of freedom within 2²⁰. */
    private static final int NORMAL_DOUBLINGS = 4;

    private static final int STUDENT_DOUBLINGS = 20;
    private static final double LEAST = 0x1p-54;
    private static final double MOST = 1 - 0x1p-53;

    final String name;
    /** The pairs of paths {@code from} to {@code to} of each block, inside, are its own. */
    final int from;

    final int to;
    /** Row i of L up to its diagonal. */
    final double[][] lower;
    /** Q_a∘t_ν of every asset. */
    final ScoreTable[] residual;
    /** √(ν/w) of a normal score; none where the copula is Gaussian. */
    final ScoreTable[] mixing;

    final double volatility;
    final Jump[] jumps;

    private PreparedRegime(Regime regime, int from, int to, ScoreTable[] residual) {
        name = regime.name();
        this.from = from;
        this.to = to;
        lower = rows(regime.dependence());
        this.residual = residual;
        mixing = regime.dependence().isGaussian()
                ? new ScoreTable[0]
                : new ScoreTable[] {mixing(regime.dependence().nu())};
        volatility = regime.volatility();
        jumps = regime.jumps().toArray(Jump[]::new);
    }

    /** Regimes with the same ν share their tables of residuals. */
    static PreparedRegime[] of(List<Regime> regimes, List<PathAsset> assets) {
        var shares = RegimeShares.of(regimes);
        var tables = new HashMap<Double, ScoreTable[]>();
        var prepared = new PreparedRegime[regimes.size()];
        for (var r = 0; r < prepared.length; r++) {
            var regime = regimes.get(r);
            prepared[r] = new PreparedRegime(
                    regime,
                    shares[r],
                    shares[r + 1],
                    tables.computeIfAbsent(regime.dependence().nu(), nu -> residuals(assets, nu)));
        }
        return prepared;
    }

    boolean isMixed() {
        return mixing.length > 0;
    }

    private static double[][] rows(TCopula dependence) {
        var lower = dependence.correlation().lower();
        for (var i = 0; i < lower.length; i++) {
            lower[i] = Arrays.copyOf(lower[i], i + 1);
        }
        return lower;
    }

    /** The t's probabilities at the nodes serve all assets. */
    private static ScoreTable[] residuals(List<PathAsset> assets, double nu) {
        var isNormal = Double.isInfinite(nu);
        var doublings = isNormal ? NORMAL_DOUBLINGS : STUDENT_DOUBLINGS;
        var tails = new HashMap<Double, Double>();
        DoubleUnaryOperator tail = x -> tails.computeIfAbsent(
                x, s -> isNormal ? SpecialFunctions.normalProbability(-s) : StudentT.survival(s, nu));
        return assets.stream()
                .map(asset -> ScoreTable.of(doublings, (size, sign) -> {
                    var beyond = tail.applyAsDouble(size);
                    return asset.residual()
                            .applyAsDouble(sign < 0 ? Math.max(beyond, LEAST) : Math.min(1 - beyond, MOST));
                }))
                .toArray(ScoreTable[]::new);
    }

    private static ScoreTable mixing(double nu) {
        return ScoreTable.of(NORMAL_DOUBLINGS, (size, sign) -> {
            var p = SpecialFunctions.normalProbability(sign * size);
            return Math.sqrt(nu / ChiSquared.quantile(Math.min(Math.max(p, LEAST), MOST), nu));
        });
    }
}
