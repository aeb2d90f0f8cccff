package plimsoll.risk.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.strict.SeededRandom;

class PoolTest {

    /** D and amounts by the contract's integer algorithm (get_D, get_y at 18 decimals), run in Python. */
    @Test
    void stableSwapEqualsTheContractsIntegers() {
        var steth = new StableSwap(50, 0, 503_780, 128_361);
        var three = new StableSwap(2000, 0, 664_135_280, 185_590_291, 183_709_929);

        assertThat(steth.invariant()).isCloseTo(628816.628756553, within(1e-6));
        assertThat(steth.amountOut(0, 1, 1)).isCloseTo(0.9480816532639654, within(1e-9));
        assertThat(steth.amountOut(0, 1, 1000)).isCloseTo(947.6875643497182, within(1e-8));
        assertThat(steth.amountOut(0, 1, 50_000)).isCloseTo(45986.16554472036, within(1e-7));
        assertThat(steth.amountOut(0, 1, 100_000)).isCloseTo(85559.34323975879, within(1e-7));
        assertThat(three.invariant()).isCloseTo(1033296944.6938893, within(1e-4));
        assertThat(three.amountOut(0, 2, 1000)).isCloseTo(998.7783510512893, within(1e-5));
        assertThat(three.amountOut(0, 2, 150_000_000)).isCloseTo(148970148.45696905, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noRoundTripEarnsAndALargerSaleIsNeverCheaper(long seed) {
        var random = new SeededRandom(seed);
        var balances = random.doubles(3).map(u -> 1e6 * (0.1 + u)).toArray();
        var amplification = 10 + 500 * random.nextDouble();
        var pool = new StableSwap(amplification, 0.0004, balances);

        var before = 0.0;
        for (var size = 100.0; size < 1e7; size *= 2) {
            var out = pool.amountOut(0, 1, size);
            var after = new StableSwap(amplification, 0.0004, balances[0] + size, balances[1] - out, balances[2]);

            assertThat(out).isLessThan(balances[1]);
            assertThat(after.amountOut(1, 0, out)).isLessThan(size);
            assertThat(after.invariant()).isGreaterThanOrEqualTo(pool.invariant() * (1 - 1e-12));
            assertThat(pool.impactOf(0, 1, size)).isGreaterThanOrEqualTo(before - 1e-9);
            before = pool.impactOf(0, 1, size);
        }
    }

    @Test
    void equalBalancesTradeAtPar() {
        assertThat(new StableSwap(100, 0, 5e6, 5e6).price(0, 1)).isCloseTo(1, within(1e-6));
        assertThat(new StableSwap(100, 0, 5e6, 5e6).invariant()).isCloseTo(1e7, within(1e-6));
    }

    @Test
    void constantProductByHand() {
        var pool = new ConstantProduct(1000, 2_000_000, 0.003);

        // 0.997·10 = 9.97 in: 2,000,000·9.97/1009.97 = 19743.160688…; loss 9.97/1009.97
        assertThat(pool.amountOut(10)).isCloseTo(19743.160688, within(1e-6));
        assertThat(pool.impactOf(10)).isCloseTo(9.97 / 1009.97, within(1e-15));
        assertThat(pool.sizeWithin(pool.impactOf(10))).isCloseTo(10, within(1e-12));
    }

    @Test
    void concentrationByHand() {
        var accounts = Concentration.of(new double[] {10, 60, 0, 30});

        // 0.6² + 0.3² + 0.1² = 0.46
        assertThat(accounts.topShare(1)).isCloseTo(0.6, within(1e-15));
        assertThat(accounts.topShare(2)).isCloseTo(0.9, within(1e-15));
        assertThat(accounts.topShare(10)).isEqualTo(1);
        assertThat(accounts.herfindahl()).isCloseTo(0.46, within(1e-15));
        assertThat(accounts.effectiveAccounts()).isCloseTo(1 / 0.46, within(1e-12));
        assertThatThrownBy(() -> Concentration.of(new double[] {0, 0})).hasMessageContaining("nobody holds anything");
    }

    @Test
    void smartLtvEqualsTheGoldenVector() {
        var market = new SmartLtv(21.8, 100_000, 700_000, 0.05);

        // The contract computes in fixed point, hence not the last digits.
        assertThat(market.ltv(0.007)).isCloseTo(0.6178166293581396, within(1e-11));
        assertThat(market.impliedRisk(0.6178166293581396)).isCloseTo(1 / 0.007, within(1e-8));
        assertThat(market.ltv(1)).isZero();
        assertThat(market.impliedRisk(0.96)).isInfinite();
    }
}
