package plimsoll.risk.path;

import java.util.Arrays;
import plimsoll.risk.strict.LaneRandom;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.volatility.VarianceStep;

/**
 * One block of {@link JointPaths} being drawn, column by column. Inside, the paths of a regime lie together; on the way out
 * pairs are spread, so that the first paths of a block have the regimes' shares too.
 * Source: docs/models/joint-paths.md, equations 1 to 3.
 */
final class BlockDraft {

    private static final int BLOCK = PathSource.BLOCK;
    private static final int MIXING = -1;
    private static final int FIRST_JUMP = -2;
    /** Streams that nobody else counts up to. */
    private static final long JUMP_SIZES = 1L << 62;

    private final JointPaths model;
    private final int block;
    private final Lanes lanes;
    private final boolean mirrored;
    private final LaneRandom[] chance;
    private final LaneRandom mixingChance;
    private final SeededRandom sizes;
    private final double[][] normals;
    private final double[][] logPrice;
    private final double[][] variance;
    private final double[] uniforms = new double[BLOCK];
    private final double[] mixing = new double[BLOCK];
    private final double[] z = new double[BLOCK];
    private LaneRandom[] jumpChance = {};

    BlockDraft(JointPaths model, int block, Lanes lanes) {
        this.model = model;
        this.block = block;
        this.lanes = lanes;
        var assets = model.assets();
        var seed = model.settings.seed();
        mirrored = model.settings.antithetic();
        chance = new LaneRandom[assets];
        normals = new double[assets][BLOCK];
        logPrice = new double[assets][BLOCK];
        variance = new double[assets][BLOCK];
        for (var a = 0; a < assets; a++) {
            chance[a] = new LaneRandom(seed, block, a);
            Arrays.fill(variance[a], model.variance[a]);
        }
        mixingChance = new LaneRandom(seed, block, MIXING);
        sizes = new SeededRandom(seed, JUMP_SIZES + block);
    }

    /** The pair inside that stands behind a pair outside: its number with the bits reversed, so that any first few lie spread. */
    static int pairBehind(int pair) {
        return Integer.reverse(pair) >>> Integer.numberOfLeadingZeros(RegimeShares.PAIRS - 1);
    }

    void fill(PathBlock out) {
        seedJumps();
        var isMixed = Arrays.stream(model.regimes).anyMatch(PreparedRegime::isMixed);
        for (var step = 0; step < model.steps(); step++) {
            for (var a = 0; a < model.assets(); a++) {
                normals(chance[a], normals[a]);
            }
            if (isMixed) {
                normals(mixingChance, mixing);
                if (mirrored) {
                    // The pair shares its mixing: only directions are mirrored.
                    for (var i = 0; i < BLOCK; i += 2) {
                        mixing[i + 1] = mixing[i];
                    }
                }
            }
            var jump = 0;
            for (var regime : model.regimes) {
                move(regime);
                for (var event : regime.jumps) {
                    jump(event, jumpChance[jump++], 2 * regime.from, 2 * regime.to);
                }
            }
            for (var a = 0; a < model.assets(); a++) {
                lanes.exp(logPrice[a], z, BLOCK);
                spread(z, out.price(a, step));
            }
        }
    }

    private void seedJumps() {
        var count = Arrays.stream(model.regimes)
                .mapToInt(regime -> regime.jumps.length)
                .sum();
        jumpChance = new LaneRandom[count];
        for (var jump = 0; jump < count; jump++) {
            jumpChance[jump] = new LaneRandom(model.settings.seed(), block, FIRST_JUMP - jump);
        }
    }

    /** Standard normals for all paths; with mirrors, one for each pair and its opposite. */
    private void normals(LaneRandom random, double[] out) {
        if (!mirrored) {
            lanes.uniform(random, uniforms, BLOCK);
            lanes.normal(uniforms, out, BLOCK);
            return;
        }
        lanes.uniform(random, uniforms, BLOCK / 2);
        lanes.normal(uniforms, z, BLOCK / 2);
        for (var pair = 0; pair < BLOCK / 2; pair++) {
            out[2 * pair] = z[pair];
            out[2 * pair + 1] = -z[pair];
        }
    }

    private void move(PreparedRegime regime) {
        var from = 2 * regime.from;
        var to = 2 * regime.to;
        for (var table : regime.mixing) {
            table.apply(mixing, mixing, from, to);
        }
        for (var a = 0; a < model.assets(); a++) {
            lanes.combine(regime.lower[a], normals, z, from, to);
            if (regime.isMixed()) {
                for (var i = from; i < to; i++) {
                    z[i] *= mixing[i];
                }
            }
            regime.residual[a].apply(z, z, from, to);
            var own = model.step[a];
            if (own instanceof VarianceStep.Quadratic quadratic) {
                quadratic(quadratic, a, regime.volatility, from, to);
            } else {
                general(own, a, regime.volatility, from, to);
            }
        }
    }

    /** Equation 3, its commonest form written out so that it runs through several paths at once. */
    private void quadratic(VarianceStep.Quadratic f, int asset, double volatility, int from, int to) {
        var mu = model.mu[asset];
        var x = logPrice[asset];
        var h = variance[asset];
        var omega = f.omega();
        var good = f.alpha();
        var bad = f.alpha() + f.gamma();
        var beta = f.beta();
        for (var i = from; i < to; i++) {
            var e = z[i];
            var news = e < 0 ? bad : good;
            x[i] += Math.fma(volatility * Math.sqrt(h[i]), e, mu);
            h[i] = Math.fma(Math.fma(news * e, e, beta), h[i], omega);
        }
    }

    private void general(VarianceStep f, int asset, double volatility, int from, int to) {
        var mu = model.mu[asset];
        var x = logPrice[asset];
        var h = variance[asset];
        for (var i = from; i < to; i++) {
            x[i] += Math.fma(volatility * Math.sqrt(h[i]), z[i], mu);
            h[i] = f.next(h[i], z[i]);
        }
    }

    /** Equation 3's J. Events are rare: their sizes are drawn one by one. */
    private void jump(Jump event, LaneRandom random, int from, int to) {
        lanes.uniform(random, uniforms, BLOCK);
        for (var i = from; i < to; i++) {
            if (uniforms[i] < event.probability()) {
                for (var a = 0; a < model.assets(); a++) {
                    var move = event.moves().get(a);
                    if (!move.isNone()) {
                        logPrice[a][i] += Math.fma(move.deviation(), Lanes.normal(sizes.nextDouble()), move.mean());
                    }
                }
            }
        }
    }

    private static void spread(double[] inside, double[] outside) {
        for (var pair = 0; pair < BLOCK / 2; pair++) {
            var behind = 2 * pairBehind(pair);
            outside[2 * pair] = inside[behind];
            outside[2 * pair + 1] = inside[behind + 1];
        }
    }
}
