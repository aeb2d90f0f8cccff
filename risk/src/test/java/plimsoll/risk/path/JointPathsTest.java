package plimsoll.risk.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.path.Jump.Move;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.volatility.VarianceStep;

class JointPathsTest {

    private static final double NORMAL = Double.POSITIVE_INFINITY;
    private static final double VARIANCE = 1e-4;
    private static final VarianceStep GARCH = new VarianceStep.Quadratic(2e-6, 0.06, 0.06, 0.88);
    private static final VarianceStep STILL = new VarianceStep.Quadratic(0, 0, 0, 1);

    @Test
    void sameBitsWhateverTheThreadsTheOrderAndTheTwin() {
        var paths = stressed(7, 3_500, true);
        var task = new PathSums(paths);
        var one = new LocalBlocks(1).run(task);
        var two = new LocalBlocks(2).run(task);

        assertThat(two).containsExactlyElementsOf(one);
        var scalar = PathBlock.of(paths);
        var best = PathBlock.of(paths);
        for (var block = paths.blocks() - 1; block >= 0; block--) {
            paths.fill(block, scalar, Lanes.scalar());
            paths.fill(block, best);
            for (var asset = 0; asset < paths.assets(); asset++) {
                for (var step = 0; step < paths.steps(); step++) {
                    assertThat(scalar.price(asset, step)).isEqualTo(best.price(asset, step));
                }
            }
        }
    }

    @Test
    void sameBitsAfterAJourney() throws IOException, ClassNotFoundException {
        var paths = stressed(8, 1_024, false);
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new PathSums(paths));
        }
        PathSums arrived;
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (PathSums) in.readObject();
        }

        assertThat(arrived.open().apply(0)).isEqualTo(new PathSums(paths).open().apply(0));
    }

    @Test
    void anotherSeedDrawsOtherPathsAndMorePathsKeepTheFirst() {
        var few = block(stressed(1, 2_048, false), 1);

        assertThat(block(stressed(1, 9_000, false), 1).price(2, 3)).isEqualTo(few.price(2, 3));
        assertThat(block(stressed(2, 2_048, false), 1).price(2, 3)).isNotEqualTo(few.price(2, 3));
    }

    @Test
    void mirroredPathsOfSymmetricAssetsMirrorEachOther() {
        var assets = List.of(normal(STILL), normal(STILL));
        var paths = JointPaths.of(assets, copula(2, 0.5, 4), new PathSettings(3, 2_048, 1, true));
        var block = block(paths, 1);

        for (var path = 0; path < block.count(); path += 2) {
            var price = block.price(1, 2);
            assertThat(price[path] * price[path + 1]).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void returnsHaveTheCorrelationsAndTheVarianceOfTheModel() {
        var assets = List.of(normal(STILL), normal(STILL), normal(GARCH));
        var paths = JointPaths.of(assets, copula(3, 0.6, NORMAL), new PathSettings(5, 64 * 1024, 3, false));
        var moments = new Moments(paths, 4);

        // Standard errors: 0.64/256 = 0.0025 of a correlation, √2/256 = 0.6 % of a variance; about four of each.
        assertThat(moments.correlation(0, 1)).isCloseTo(0.6, within(0.011));
        assertThat(moments.variance(0)).isCloseTo(5 * VARIANCE, within(5 * VARIANCE * 0.022));
        // E h' = ω + (α + γ/2 + β)·E h = 2e-6 + 0.97·E h: 1e-4, 9.9e-5, 9.803e-5, 9.709e-5, 9.618e-5; kurtosis widens
        // the band.
        assertThat(moments.variance(2)).isCloseTo(4.9030e-4, within(4.9030e-4 * 0.03));
    }

    @Test
    void tCopulaBringsJointExtremesThatTheGaussianLacks() {
        var assets = List.of(normal(STILL), normal(STILL));
        var settings = new PathSettings(1, 200 * 1024, 4, false);
        var level = 0.001;

        var gaussian = jointFalls(JointPaths.of(assets, copula(2, 0.5, NORMAL), settings), level);
        var student = jointFalls(JointPaths.of(assets, copula(2, 0.5, 3), settings), level);

        // λ = 2·t₄(−√(4·0.5/1.5)) = 0.3125 for ν = 3; at the 0.1 % quantile the conditional chance is a little more.
        // Gaussian: P(both beyond −3.09 | one is) at ρ = 0.5 is 0.054. 205 expected falls: about ±0.1.
        assertThat(student).isBetween(0.24, 0.44);
        assertThat(gaussian).isLessThan(0.12);
    }

    @Test
    void residualsOfOneStepAreThoseOfTheMarginal() {
        // Skewed and fat: z = −1.5 with a probability of 10 %, else uniform between 0 and 1, tail as 1/u beyond 0.1 %.
        var asset =
                new PathAsset(0.01, VARIANCE, STILL, u -> u < 0.001 ? -0.0015 / u : u < 0.1 ? -1.5 : (u - 0.1) / 0.9);
        for (var nu : new double[] {NORMAL, 4}) {
            var paths = JointPaths.of(List.of(asset), copula(1, 1, nu), new PathSettings(1, 200 * 1024, 5, false));
            var z = residuals(paths);
            var size = z.length;

            assertThat(share(z, -1.49)).isCloseTo(0.1, within(4 * Math.sqrt(0.09 / size) + 0.002));
            assertThat(share(z, 0.5)).isCloseTo(0.55, within(4 * Math.sqrt(0.25 / size) + 0.002));
            assertThat(share(z, -3)).isCloseTo(0.0005, within(4 * Math.sqrt(0.0005 / size)));
            assertThat(share(z, -15)).isCloseTo(0.0001, within(4 * Math.sqrt(0.0001 / size)));
        }
    }

    @Test
    void everyRegimeHasItsShareOfEveryBlockAndOfItsFirstPaths() {
        var paths = stressed(1, 1_024, false);

        assertThat(paths.shares())
                .containsExactly(
                        java.util.Map.entry(Regime.BASE, 1_024 - 82 - 52),
                        java.util.Map.entry(Regime.BROAD_DOWNTURN, 82),
                        java.util.Map.entry(Regime.BROKEN_CORRELATION, 52));
        var stressedOnes = 0;
        for (var path = 0; path < 256; path++) {
            stressedOnes += paths.regime(path).equals(Regime.BASE) ? 0 : 1;
        }
        assertThat(stressedOnes).isBetween(32, 35); // 134/4 = 33.5
    }

    @Test
    void regimesMoveTheirOwnPathsOnly() {
        var paths = stressed(1, 32 * 1_024, false);
        var falls = new double[3];
        var depegs = new double[3];
        var counts = new int[3];
        var names = List.copyOf(paths.shares().keySet());
        var block = PathBlock.of(paths);
        for (var b = 0; b < paths.blocks(); b++) {
            paths.fill(b, block);
            for (var path = 0; path < block.count(); path++) {
                var regime = names.indexOf(paths.regime(path));
                counts[regime]++;
                falls[regime] += block.price(0, 0)[path] < 0.8 ? 1 : 0;
                depegs[regime] += block.price(3, 3)[path] < 0.93 ? 1 : 0;
            }
        }

        // A crash of 30 % has a chance of 0.1 in each step, a depeg of 10 % one of 0.05: 1 − 0.95⁴ = 0.1855 after four.
        assertThat(falls[1] / counts[1]).isCloseTo(0.1, within(0.025));
        assertThat(falls[0] + falls[2]).isZero();
        assertThat(depegs[2] / counts[2]).isCloseTo(0.1855, within(0.04));
        assertThat(depegs[0]).isZero();
    }

    @Test
    void constantStaysConstant() {
        var paths = JointPaths.of(
                List.of(normal(GARCH), PathAsset.constant()), copula(2, 0, 5), new PathSettings(4, 100, 1, false));

        assertThat(block(paths, 0).price(1, 3)).containsOnly(1);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new PathSettings(1, 3, 1, true)).hasMessageContaining("pairs");
        assertThatThrownBy(() ->
                        JointPaths.of(List.of(normal(STILL)), copula(2, 0.5, 4), new PathSettings(1, 2, 1, false)))
                .hasMessageContaining("correlations=2 assets=1");
        var paths = stressed(1, 1_025, false);
        assertThat(paths.count(1)).isEqualTo(1);
        assertThatThrownBy(() -> paths.fill(2, PathBlock.of(paths))).hasMessageContaining("found=2 blocks=2");
    }

    /** Four assets, the last one pegged; three regimes. */
    static JointPaths stressed(long seed, int count, boolean mirrored) {
        var assets = new ArrayList<PathAsset>();
        for (var a = 0; a < 3; a++) {
            assets.add(normal(a == 1 ? (h, z) -> 0.9 * h + 1e-5 * Math.abs(z) : GARCH));
        }
        assets.add(new PathAsset(0, 1e-6, STILL, JointPathsTest::quantile));
        var base = Regime.base(0.87, copula(4, 0.4, 5));
        return JointPaths.of(
                assets,
                List.of(
                        base,
                        base.broadDownturn(0.08, 0.9, 1.5, Jump.ofAll("crash", 0.1, 4, new Move(-0.36, 0))),
                        base.brokenCorrelation(
                                0.05, Set.of(3), 0, Jump.ofOne("depeg", 0.05, 3, 4, new Move(-0.105, 0.005)))),
                new PathSettings(4, count, seed, mirrored));
    }

    private static PathAsset normal(VarianceStep step) {
        return new PathAsset(0, VARIANCE, step, JointPathsTest::quantile);
    }

    private static double quantile(double u) {
        return Lanes.normal(u);
    }

    private static TCopula copula(int assets, double correlation, double nu) {
        return new TCopula(CorrelationMatrix.uniform(assets, correlation), nu);
    }

    private static PathBlock block(PathSource paths, int number) {
        var block = PathBlock.of(paths);
        paths.fill(number, block);
        return block;
    }

    private static double[] residuals(PathSource paths) {
        var z = new double[paths.paths()];
        var block = PathBlock.of(paths);
        for (var path = 0; path < z.length; path++) {
            if (path % PathSource.BLOCK == 0) {
                paths.fill(path / PathSource.BLOCK, block);
            }
            z[path] = (StrictMath.log(block.price(0, 0)[path % PathSource.BLOCK]) - 0.01) / 0.01;
        }
        return z;
    }

    private static double share(double[] values, double below) {
        var count = 0;
        for (var value : values) {
            count += value < below ? 1 : 0;
        }
        return (double) count / values.length;
    }

    /** How often the second asset is beyond its quantile where the first is. */
    private static double jointFalls(PathSource paths, double level) {
        var bound = StrictMath.exp(Math.sqrt(VARIANCE) * SpecialFunctions.normalQuantile(level));
        var one = 0;
        var both = 0;
        var block = PathBlock.of(paths);
        for (var b = 0; b < paths.blocks(); b++) {
            paths.fill(b, block);
            for (var path = 0; path < block.count(); path++) {
                if (block.price(0, 0)[path] < bound) {
                    one++;
                    both += block.price(1, 0)[path] < bound ? 1 : 0;
                }
            }
        }
        return (double) both / one;
    }

    /** Second moments of log prices at one step. */
    private static final class Moments {

        private final double[][] products;
        private final int count;

        Moments(PathSource paths, int step) {
            var assets = paths.assets();
            products = new double[assets][assets];
            count = paths.paths();
            var block = PathBlock.of(paths);
            for (var b = 0; b < paths.blocks(); b++) {
                paths.fill(b, block);
                for (var path = 0; path < block.count(); path++) {
                    for (var i = 0; i < assets; i++) {
                        for (var j = 0; j < assets; j++) {
                            products[i][j] += StrictMath.log(block.price(i, step)[path])
                                    * StrictMath.log(block.price(j, step)[path]);
                        }
                    }
                }
            }
        }

        double variance(int asset) {
            return products[asset][asset] / count;
        }

        double correlation(int i, int j) {
            return products[i][j] / Math.sqrt(products[i][i] * products[j][j]);
        }
    }
}
