package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.calibration.MarginView.Holding;
import plimsoll.risk.calibration.Reserves.Recipe;
import plimsoll.risk.strict.SeededRandom;

class ProtocolViewsTest {

    /** LT* = 0.9 · 0.995 / 1.05 = 0.852857, LTV* = LT* · 0.8 = 0.682286, b* = 0.018 / 0.9 = 0.02, b = 0.05. */
    private static final ReserveInputs INPUTS = inputs(0.10);

    private static final ReserveParameters MADE = ReserveCalibration.of(INPUTS);

    private static ReserveInputs inputs(double fall) {
        var plain = Recipe.random(new SeededRandom(1)).inputs();
        return new ReserveInputs(
                new ReserveInputs.Falls(
                        horizon -> Estimate.exact(fall),
                        horizon -> Estimate.exact(0.20),
                        plain.falls().stressed()),
                plain.lags(),
                new ReserveInputs.Sizes(1, 1e6, 0.2, 1e6),
                Reserves.depth(1e8, plain.collateral().recovery()),
                plain.debt(),
                new ReserveInputs.Costs(Estimate.exact(0.005), 0.001, 0.002, 1),
                new ReserveInputs.Current(0.05, 0.10, 0.10, 0.8),
                plain.income(),
                plain.facts(),
                plain.rules());
    }

    @Test
    void givesCompoundOneFactorAndVenusTwo() {
        var view = CompoundView.of(MADE);

        assertThat(view.collateralFactor()).isCloseTo(0.8528571429, within(1e-10));
        assertThat(view.venusCollateralFactor()).isCloseTo(0.6822857143, within(1e-10));
        assertThat(view.venusLiquidationThreshold()).isEqualTo(view.collateralFactor());
        assertThat(view.collateralFactor() * view.incentive()).isLessThanOrEqualTo(1);
        // 1 - X of 0.99 gives 0.938; the contract ends at 0.9.
        assertThat(CompoundView.of(ReserveCalibration.of(inputs(0.01))).collateralFactor())
                .isEqualTo(0.9);
    }

    @Test
    void givesCometItsPairToFourDecimals() {
        var view = CometView.of(MADE, 0.6);

        // b/(1+b) = 0.0476190; LF = 1 - 0.0476190/0.6 = 0.92063; discount 0.6 * (1 - 0.9206) = 0.04764.
        assertThat(view.liquidationFactor()).isEqualTo(0.9206);
        assertThat(view.storefrontDiscount()).isCloseTo(0.04764, within(1e-10));
        assertThat(view.liquidateCollateralFactor()).isEqualTo(0.8528);
        assertThat(view.borrowCollateralFactor()).isEqualTo(0.6822);
    }

    @Test
    void keepsCometsPairApartAndBelowTheLiquidationFactor() {
        // Half of the penalty becomes discount: LF = 1 - 2 * 0.0476190 = 0.90476; LT* with X = 1 % is 0.938.
        var view = CometView.of(ReserveCalibration.of(inputs(0.01)), 0.5);

        assertThat(view.liquidationFactor()).isEqualTo(0.9047);
        assertThat(view.liquidateCollateralFactor()).isEqualTo(0.9046);
        assertThat(view.borrowCollateralFactor()).isLessThan(view.liquidateCollateralFactor());
    }

    /** risk.md's buffers 1 − LLTV·LIF, from Morpho's incentive formula. */
    @Test
    void isMorphosIncentive() {
        assertThat(1 - 0.77 * MorphoView.incentive(0.77)).isCloseTo(0.173, within(5e-4));
        assertThat(1 - 0.86 * MorphoView.incentive(0.86)).isCloseTo(0.102, within(5e-4));
        assertThat(1 - 0.915 * MorphoView.incentive(0.915)).isCloseTo(0.061, within(5e-4));
        assertThat(1 - 0.945 * MorphoView.incentive(0.945)).isCloseTo(0.039, within(5e-4));
        assertThat(1 - 0.965 * MorphoView.incentive(0.965)).isCloseTo(0.025, within(5e-4));
        assertThat(1 - 0.98 * MorphoView.incentive(0.98)).isCloseTo(0.014, within(5e-4));
        assertThat(MorphoView.incentive(0.385)).isEqualTo(1.15);
    }

    @Test
    void takesTheLargestLltvOfTheMenuThatIsSafe() {
        // 1 - X: 0.9 * 0.995 = 0.8955. 0.86 * 1.04384 = 0.89770 exceeds it, 0.77 * 1.07411 = 0.82707 does not.
        var view = MorphoView.of(INPUTS, MADE, MorphoView.MENU);

        assertThat(view.lltv()).hasValue(0.77);
        assertThat(view.reasons())
                .anyMatch(reason -> reason.startsWith("98.00 % pays liquidators 0.60 % where they need 1.80 %"))
                .anyMatch(reason -> reason.startsWith("86.00 % and an incentive of 4.38 % exceed the 89.55 %"));
        assertThat(MorphoView.of(inputs(0.6), ReserveCalibration.of(inputs(0.6)), MorphoView.MENU)
                        .lltv())
                .isEmpty();
    }

    @Test
    void isTheWeightedIsolatedMarginWhereAllFallTogether() {
        var other = ReserveCalibration.of(inputs(0.3));
        var holdings = List.of(new Holding(0.25, MADE), new Holding(0.75, other));

        var cross = MarginView.cross(holdings, new double[][] {{1, 1}, {1, 1}});

        assertThat(cross.maintenance())
                .isCloseTo(
                        0.25 * MarginView.isolated(MADE).maintenance()
                                + 0.75 * MarginView.isolated(other).maintenance(),
                        within(1e-12));
        assertThat(cross.initial())
                .isCloseTo(
                        0.25 * MarginView.isolated(MADE).initial()
                                + 0.75 * MarginView.isolated(other).initial(),
                        within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void crossIsNeverMoreThanIsolatedAndGrowsWithCorrelation(long seed) {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 50; round++) {
            var weight = random.nextDouble();
            var holdings = List.of(
                    new Holding(
                            weight, ReserveCalibration.of(Recipe.random(random).inputs())),
                    new Holding(
                            1 - weight,
                            ReserveCalibration.of(Recipe.random(random).inputs())));
            var low = -1 + 2 * random.nextDouble();
            var high = low + (1 - low) * random.nextDouble();

            var loose = MarginView.cross(holdings, new double[][] {{1, low}, {low, 1}});
            var tight = MarginView.cross(holdings, new double[][] {{1, high}, {high, 1}});
            var sum = holdings.stream()
                    .mapToDouble(holding -> holding.weight()
                            * MarginView.isolated(holding.parameters()).maintenance())
                    .sum();

            assertThat(loose.maintenance()).isLessThanOrEqualTo(tight.maintenance() + 1e-12);
            assertThat(tight.maintenance()).isLessThanOrEqualTo(sum + 1e-12);
            assertThat(loose.initial()).isGreaterThanOrEqualTo(loose.maintenance() - 1e-12);
        }
    }
}
