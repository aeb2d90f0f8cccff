package plimsoll.protocol.morpho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.protocol.morpho.SampleMorpho.BORROWER;
import static plimsoll.protocol.morpho.SampleMorpho.LLTV;
import static plimsoll.protocol.morpho.SampleMorpho.NOW;
import static plimsoll.protocol.morpho.SampleMorpho.OPENED;
import static plimsoll.protocol.morpho.SampleMorpho.RATE;
import static plimsoll.protocol.morpho.SampleMorpho.shares;
import static plimsoll.protocol.morpho.SampleMorpho.stored;
import static plimsoll.protocol.morpho.SampleMorpho.usdc;
import static plimsoll.protocol.morpho.SampleMorpho.weth;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.protocol.morpho.MorphoLiquidation.Healthy;
import plimsoll.protocol.morpho.MorphoLiquidation.InconsistentInput;
import plimsoll.protocol.morpho.MorphoLiquidation.MoreThanCollateral;
import plimsoll.protocol.morpho.MorphoLiquidation.MoreThanOwed;
import plimsoll.protocol.morpho.MorphoLiquidation.NoPrice;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.protocol.morpho.MorphoTotals.Accrual;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Vectors computed with Python's integers from the rules in morpho-blue 1.0.0; the sums stand above the expected numbers. */
class MorphoValuationTest {

    @Test
    void accruesInterestAndTheFeeAsNewShares() {
        Accrual accrual = stored().accruedTo(NOW, RATE);

        // x = 1 585 489 599 · 86 400; taylor = x + x²/2e18 + …; 800 000 USDC · taylor = 109.596547
        // fee 10.959654; · (1e18 + 1e6) / (1 000 109.596547 − 10.959654 + 1e-6) = 10 958 573 080 399 shares
        assertThat(accrual.interest()).isEqualTo(usdc("109.596547"));
        assertThat(accrual.feeShares()).isEqualTo(shares("10958573080399"));
        assertThat(accrual.totals())
                .isEqualTo(new MorphoTotals(
                        usdc("1000109.596547"),
                        shares("1000010958573080399"),
                        usdc("800109.596547"),
                        shares("780000000000000000"),
                        NOW,
                        Wad.parse("0.1")));
    }

    @Test
    void nothingAccruesWithinABlock() {
        assertThat(stored().accruedTo(OPENED, RATE).totals()).isEqualTo(stored());
        assertThatThrownBy(() -> stored().accruedTo(OPENED.minusSeconds(1), RATE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2400, 10320, 1.006062173760474208, false",
        "2390, 10277, 1.001870248036472233, false",
        "2380, 10234, 0.997678322312470257, true",
        "2300, 9890, 0.964142916520454450, true",
    })
    void countsWhatMayBeOwedAgainstWhatIs(String price, String most, String health, boolean liquidatable) {
        MorphoStanding standing = SampleMorpho.at(price).standing(BORROWER);

        // ⌈1e16 · 800 109.596548 / (78e16 + 1e6)⌉ = 10 257.815341; 5 WETH · price · 0.86
        assertThat(standing.borrowed()).isEqualTo(usdc("10257.815341"));
        assertThat(standing.mostBorrowed()).isEqualTo(usdc(most));
        assertThat(standing.healthFactor()).contains(HealthFactor.parse(health));
        assertThat(standing.isLiquidatable()).isEqualTo(liquidatable);
    }

    @Test
    void owingJustWhatMayBeOwedIsHealthy() {
        MorphoStanding even = new MorphoStanding(usdc("2"), usdc("1"), usdc("1"));
        MorphoStanding below = new MorphoStanding(usdc("2"), usdc("1.000001"), usdc("1"));

        assertThat(even.isLiquidatable()).isFalse();
        assertThat(below.isLiquidatable()).isTrue();
        assertThat(below.healthFactor().orElseThrow().isBelow(HealthFactor.ONE)).isTrue();
    }

    @Test
    void withoutDebtThereIsNoHealthFactor() {
        MorphoPosition saver = new MorphoPosition(weth("5"), Shares.ZERO);

        MorphoStanding standing = SampleMorpho.at("1").standing(saver);

        assertThat(standing.healthFactor()).isEmpty();
        assertThat(standing.isLiquidatable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0.86, 1.043841336116910229",
        "0.915, 1.026167265264238070",
        "0.945, 1.016776817488561260",
        "0.98, 1.006036217303822937",
        "0.77, 1.074113856068743286",
        "0.385, 1.15",
        "0, 1.15",
    })
    void theIncentiveGrowsWithTheDistanceAndIsCapped(String lltv, String factor) {
        MorphoValuation valuation = MorphoValuation.of(Wad.parse(lltv), stored(), SampleMorpho.price("2400"));

        assertThat(valuation.incentiveFactor()).isEqualTo(Wad.parse(factor));
    }

    @Test
    void closesInFullByShares() {
        MorphoLiquidation liquidation = SampleMorpho.at("2300").largest(BORROWER);

        // ⌊1e16 shares⌋ = 10 257.815340 · 1.043841336116910229 = 10 707.531669 / 2300 = 4.655448552173913043 WETH
        assertThat(liquidation).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.request()).isEqualTo(new Repay(BORROWER.borrowShares()));
            assertThat(seizure.repaid()).isEqualTo(usdc("10257.815341"));
            assertThat(seizure.seized()).isEqualTo(weth("4.655448552173913043"));
            assertThat(seizure.badDebt().isZero()).isTrue();
            assertThat(seizure.position()).isEqualTo(new MorphoPosition(weth("0.344551447826086957"), Shares.ZERO));
        });
    }

    @Test
    void seizesAPartForWhatItCostsRoundedUp() {
        MorphoLiquidation liquidation = SampleMorpho.at("2300").liquidation(BORROWER, new Seize(weth("2")));

        // 4 600 / 1.0438… = 4 406.800001 up; 4 296 041 461 837 656 shares up; 4 406.800002 repaid, up again
        assertThat(liquidation).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.repaidShares()).isEqualTo(shares("4296041461837656"));
            assertThat(seizure.repaid()).isEqualTo(usdc("4406.800002"));
            assertThat(seizure.position().collateral()).isEqualTo(weth("3"));
        });
    }

    @Test
    void whatNoCollateralIsLeftForIsTakenFromTheLenders() {
        MorphoLiquidation liquidation = SampleMorpho.at("2000").largest(BORROWER);

        // All shares would seize 5.353… WETH of 5. 10 000 / 1.0438… = 9 580.000001 for all 5; 660 779 431 932 113
        // shares are left:
        // ⌈… · 790 529.596546 / (770 660 779 431 932 113 + 1e6)⌉ = 677.815340
        assertThat(liquidation).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.request()).isEqualTo(new Seize(weth("5")));
            assertThat(seizure.repaidShares()).isEqualTo(shares("9339220568067887"));
            assertThat(seizure.repaid()).isEqualTo(usdc("9580.000002"));
            assertThat(seizure.badDebtShares()).isEqualTo(shares("660779431932113"));
            assertThat(seizure.badDebt()).isEqualTo(usdc("677.815340"));
            assertThat(seizure.totals().supplied()).isEqualTo(usdc("999431.781207"));
            assertThat(seizure.totals().borrowed()).isEqualTo(usdc("789851.781205"));
            assertThat(seizure.totals().borrowShares()).isEqualTo(shares("770000000000000000"));
        });
    }

    @Test
    void coversNoMoreThanItIsTold() {
        MorphoValuation valuation = SampleMorpho.at("2300");

        TokenAmount some = usdc("1234.567891");
        MorphoLiquidation part = valuation.covering(BORROWER, some);
        MorphoLiquidation all = valuation.covering(BORROWER, usdc("999999"));

        assertThat(part).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.repaid()).isLessThanOrEqualTo(some);
            assertThat(some.minus(seizure.repaid()).raw()).isLessThanOrEqualTo(BigInteger.TWO);
        });
        assertThat(all).isEqualTo(valuation.largest(BORROWER));
    }

    @Test
    void refusesAsTheContractDoes() {
        MorphoValuation low = SampleMorpho.at("2300");
        MorphoValuation worthless = MorphoValuation.of(LLTV, low.totals(), OraclePrice.ofRaw(BigInteger.ZERO));
        Repay everything = new Repay(BORROWER.borrowShares());

        assertThat(SampleMorpho.at("2400").liquidation(BORROWER, everything)).isInstanceOf(Healthy.class);
        assertThat(low.liquidation(BORROWER, new Repay(Shares.ZERO))).isInstanceOf(InconsistentInput.class);
        assertThat(low.liquidation(BORROWER, new Repay(shares("10000000000000001"))))
                .isInstanceOf(MoreThanOwed.class);
        assertThat(SampleMorpho.at("2000").liquidation(BORROWER, everything)).isInstanceOf(MoreThanCollateral.class);
        assertThat(worthless.liquidation(BORROWER, everything)).isInstanceOf(NoPrice.class);
        assertThat(worthless.largest(BORROWER))
                .isInstanceOfSatisfying(
                        Seizure.class,
                        seizure -> assertThat(seizure.repaid().isZero()).isTrue());
    }

    @Test
    void aPriceThatNoProductHoldsIsAnOverflow() {
        MorphoValuation valuation = MorphoValuation.of(
                LLTV, stored(), OraclePrice.ofRaw(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));

        assertThatThrownBy(() -> valuation.standing(BORROWER)).isInstanceOf(ArithmeticException.class);
        assertThat(valuation.liquidation(BORROWER, new Repay(shares("1")))).isEqualTo(new MorphoLiquidation.Overflow());
    }
}
