package plimsoll.risk.path;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.volatility.VarianceStep;

/**
 * Where can the prices of many assets go together over the next steps?
 *
 * <pre>
 * y  = L·ζ·√(ν/w),  ζ independent N(0, 1), w ~ χ²_ν, one for all assets of a step (ν = ∞: y = L·ζ)                (1)
 * z  = Q_a(t_ν(y)),  Q_a the quantile of the asset's filtered residuals with their Pareto tails                  (2)
 * r  = μ_a + v·√h·z,  h ← f_a(h, z),  ln P ← ln P + r + J                                                        (3)
 * </pre>
 *
 * J are the jumps of the path's regime, v its multiple of volatility and L the factor of its correlations. Each regime
 * has a fixed share of the paths of every block, spread evenly over it. Q_a∘t_ν and √(ν/w) are tables (equation 4).
 * Seed and block number decide every bit of a block.
 *
 * <p>Source: docs/models/joint-paths.md, equations 1 to 4.
 */
public final class JointPaths implements PathSource, Serializable {

    final PathSettings settings;
    final double[] mu;
    final double[] variance;
    final VarianceStep[] step;
    final PreparedRegime[] regimes;

    private JointPaths(
            PathSettings settings, double[] mu, double[] variance, VarianceStep[] step, PreparedRegime[] regimes) {
        this.settings = settings;
        this.mu = mu;
        this.variance = variance;
        this.step = step;
        this.regimes = regimes;
    }

    /** Paths of these assets under one regime. */
    public static JointPaths of(List<PathAsset> assets, TCopula dependence, PathSettings settings) {
        return of(assets, List.of(Regime.base(1, dependence)), settings);
    }

    /** Paths of these assets; each regime has its share of them. */
    public static JointPaths of(List<PathAsset> assets, List<Regime> regimes, PathSettings settings) {
        if (assets.isEmpty()) {
            throw new IllegalArgumentException("no assets to draw paths of");
        }
        for (var regime : regimes) {
            var found = regime.dependence().correlation().size();
            if (found != assets.size()) {
                throw new IllegalArgumentException("regime and assets do not fit: regime=%s correlations=%d assets=%d"
                        .formatted(regime.name(), found, assets.size()));
            }
        }
        return new JointPaths(
                settings,
                assets.stream().mapToDouble(PathAsset::mu).toArray(),
                assets.stream().mapToDouble(PathAsset::variance).toArray(),
                assets.stream().map(PathAsset::step).toArray(VarianceStep[]::new),
                PreparedRegime.of(regimes, assets));
    }

    @Override
    public int assets() {
        return mu.length;
    }

    @Override
    public int steps() {
        return settings.steps();
    }

    @Override
    public int paths() {
        return settings.paths();
    }

    @Override
    public void fill(int block, PathBlock out) {
        fill(block, out, Lanes.best());
    }

    void fill(int block, PathBlock out, Lanes lanes) {
        out.holds(count(block));
        new BlockDraft(this, block, lanes).fill(out);
    }

    /** The name of the regime that a path of any block is drawn from. */
    public String regime(int pathOfBlock) {
        var pair = BlockDraft.pairBehind(pathOfBlock / 2);
        for (var regime : regimes) {
            if (pair < regime.to) {
                return regime.name;
            }
        }
        throw new IllegalArgumentException("no such path in a block: found=" + pathOfBlock);
    }

    /** Paths of a whole block by regime, in the order of the regimes. */
    public Map<String, Integer> shares() {
        var shares = new LinkedHashMap<String, Integer>();
        for (var regime : regimes) {
            shares.merge(regime.name, 2 * (regime.to - regime.from), Integer::sum);
        }
        return shares;
    }
}
