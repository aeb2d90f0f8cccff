package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.protocol.aave.SampleMarket.DAI;
import static plimsoll.protocol.aave.SampleMarket.USDC;
import static plimsoll.protocol.aave.SampleMarket.WETH;
import static plimsoll.protocol.aave.SampleMarket.borrowed;
import static plimsoll.protocol.aave.SampleMarket.borrower;
import static plimsoll.protocol.aave.SampleMarket.supplied;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;

/** Vectors worked by hand from the formulas of aave-v3-origin 3.6.0; the sums stand above the expected numbers. */
class AaveAccountDataTest {

    @Test
    void valuesAnAccountAsThePoolDoes() {
        AaveAccountData data = SampleMarket.at("2000").accountData(borrower(0));

        // 10e18 · 1.05 = 10.5 WETH · 2 000 = 21 000
        assertThat(data.totalCollateral()).isEqualTo(BaseValue.parse("21000"));
        // ⌈15 000e6 · (1.1 + 1e-27)⌉ = 16 500 000 001 · 1e8 / 1e6
        assertThat(data.totalDebt()).isEqualTo(BaseValue.parse("16500.000001"));
        // 21 000 · 0.805 − 16 500.000001 = 404.999999
        assertThat(data.availableBorrows()).isEqualTo(BaseValue.parse("404.999999"));
        assertThat(data.ltv()).isEqualTo(new Bps(8050));
        assertThat(data.liquidationThreshold()).isEqualTo(new Bps(8300));
        // 2 100 000 000 000 · 8 300 · 1e18 / 1 650 000 000 100, half up, / 10 000, down
        assertThat(data.healthFactor()).contains(HealthFactor.parse("1.056363636299614325"));
        assertThat(data.isLiquidatable()).isFalse();
    }

    @Test
    void eModeReplacesTheTermsOfTheReservesItCovers() {
        AaveAccountData data = SampleMarket.at("2000").accountData(borrower(1));

        assertThat(data.ltv()).isEqualTo(new Bps(9000));
        assertThat(data.liquidationThreshold()).isEqualTo(new Bps(9300));
        // 21 000 · 0.9 − 16 500.000001
        assertThat(data.availableBorrows()).isEqualTo(BaseValue.parse("2399.999999"));
    }

    @Test
    void averagesRoundDown() {
        AaveAccount account =
                new AaveAccount(0, List.of(supplied(WETH, "1000000000000000000"), supplied(USDC, "1000000")));

        AaveAccountData data = SampleMarket.at("2000").accountData(account);

        // 2 100 WETH at 8 300 and 1 USDC at 7 800: 17 437 800 / 2 101 = 8 299.76; at the LTV 8 049.74
        assertThat(data.liquidationThreshold()).isEqualTo(new Bps(8299));
        assertThat(data.ltv()).isEqualTo(new Bps(8049));
        assertThat(data.healthFactor()).isEmpty();
    }

    @Test
    void supplyThatIsNoCollateralDoesNotCount() {
        AaveHolding idle = new AaveHolding(WETH, ScaledAmount.ofRaw(BigInteger.TEN.pow(18)), false, ScaledAmount.ZERO);

        AaveAccountData data = SampleMarket.at("2000").accountData(new AaveAccount(0, List.of(idle)));

        assertThat(data.totalCollateral()).isEqualTo(BaseValue.ZERO);
        assertThat(data.liquidationThreshold()).isEqualTo(Bps.ZERO);
    }

    @Test
    void debtWithoutCollateralHasHealthZero() {
        AaveAccountData data = SampleMarket.at("2000").accountData(new AaveAccount(0, List.of(borrowed(DAI, "1"))));

        // One wei of DAI is worth 1e-10 units of base currency: debt rounds up to one
        assertThat(data.totalDebt()).isEqualTo(BaseValue.ofRaw(1));
        assertThat(data.healthFactor()).contains(HealthFactor.parse("0"));
        assertThat(data.isLiquidatable()).isTrue();
    }

    @Test
    void anUnknownReserveCategoryPriceOrRevisionIsRefused() {
        AaveValuation noWeth = SampleMarket.at(Map.of(USDC, Price.parse("1")));
        AaveAccount elsewhere = new AaveAccount(0, List.of(supplied(9, "1")));

        assertThatThrownBy(() -> noWeth.accountData(borrower(0))).hasMessage("Reserve has no price: reserve=0");
        assertThatThrownBy(() -> noWeth.accountData(elsewhere)).hasMessageContaining("no such reserve");
        assertThatThrownBy(() -> noWeth.accountData(borrower(2))).hasMessageContaining("unknown eMode category");
        assertThatThrownBy(() -> AaveRevision.ofPoolRevision(12))
                .hasMessageContaining("found=12 known=5,6,7,8,9,10,11");
        assertThat(AaveRevision.ofPoolRevision(10)).isEqualTo(AaveRevision.V3_6);
    }

    @Test
    void throwsWhereThePoolWouldOverflow() {
        AaveValuation absurd =
                SampleMarket.at(Map.of(WETH, Price.ofRaw(BigInteger.TWO.pow(255)), USDC, Price.parse("1")));

        assertThatThrownBy(() -> absurd.accountData(borrower(0))).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void moreDebtNeverMakesAPositionSaferNorMoreCollateralRiskier(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 2_000; i++) {
            AaveValuation valuation = SampleMarket.at(Integer.toString(1 + random.nextInt(5_000)));
            BigInteger supply = new BigInteger(random.nextInt(1, 90), new java.util.Random(random.nextLong()));
            BigInteger debt =
                    new BigInteger(random.nextInt(1, 60), new java.util.Random(random.nextLong())).add(BigInteger.ONE);
            BigInteger more = BigInteger.valueOf(random.nextLong(1, 1L << random.nextInt(1, 40)));

            HealthFactor base = health(valuation, supply, debt);

            assertThat(health(valuation, supply, debt.add(more)))
                    .as("seed " + seed)
                    .isLessThanOrEqualTo(base);
            assertThat(health(valuation, supply.add(more), debt))
                    .as("seed " + seed)
                    .isGreaterThanOrEqualTo(base);
        }
    }

    private static HealthFactor health(AaveValuation valuation, BigInteger supply, BigInteger debt) {
        AaveAccount account =
                new AaveAccount(0, List.of(supplied(WETH, supply.toString()), borrowed(USDC, debt.toString())));
        return valuation.accountData(account).healthFactor().orElseThrow();
    }
}
