package plimsoll.protocol.morpho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.protocol.morpho.SampleMorpho.BORROWER;
import static plimsoll.protocol.morpho.SampleMorpho.LLTV;
import static plimsoll.protocol.morpho.SampleMorpho.shares;
import static plimsoll.protocol.morpho.SampleMorpho.usdc;
import static plimsoll.protocol.morpho.SampleMorpho.weth;

import org.junit.jupiter.api.Test;
import plimsoll.protocol.morpho.MorphoLiquidation.BeyondCloseFactor;
import plimsoll.protocol.morpho.MorphoLiquidation.Liquidatable;
import plimsoll.protocol.morpho.MorphoLiquidation.NotPreLiquidatable;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.protocol.morpho.MorphoLiquidation.WouldStayUnhealthy;
import plimsoll.units.Wad;

/**
 * Unproven on chain: no package ships the contract. Vectors computed with Python's integers from the rules of
 * morpho-org/pre-liquidation 9e8b7f4; the sums stand above the expected numbers.
 */
class PreLiquidationValuationTest {

    private static final PreLiquidationTerms TERMS = new PreLiquidationTerms(
            Wad.parse("0.8"), Wad.parse("0.1"), Wad.parse("0.5"), Wad.parse("1.01"), Wad.parse("1.03"));

    @Test
    void isOpenBetweenTheTwoThresholdsAlone() {
        // 10 257.815341 owed: 0.76 of 13 500, 0.8206 of 12 500, 0.862 of 11 900
        assertThat(at("2700").largest(BORROWER)).isEqualTo(new NotPreLiquidatable(usdc("10257.815341")));
        assertThat(at("2500").isOpen(BORROWER)).isTrue();
        assertThat(at("2380").largest(BORROWER)).isEqualTo(new Liquidatable(usdc("10257.815341")));
    }

    @Test
    void repaysWhatTheCloseFactorAllowsForAnIncentiveOnTheWay() {
        MorphoLiquidation liquidation = at("2500").largest(BORROWER);

        // ltv 0.82062522728; q = 0.02062522728 / 0.06 = 0.343753788; preLIF 1.01687507576, preLCF 0.2375015152
        // 2 375 015 152 000 000 shares: 2 436.246685 · preLIF / 2 500
        assertThat(liquidation).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.repaidShares()).isEqualTo(shares("2375015152000000"));
            assertThat(seizure.repaid()).isEqualTo(usdc("2436.246686"));
            assertThat(seizure.seized()).isEqualTo(weth("0.9909434128"));
            assertThat(seizure.badDebt().isZero()).isTrue();
        });
    }

    @Test
    void grantsMoreTheNearerTheMarketsOwnThreshold() {
        MorphoLiquidation liquidation = at("2390").largest(BORROWER);

        // ltv 0.858394589205020921, q 0.973243153417015350, preLIF 1.029464863068340307, preLCF 0.489297261366806140
        assertThat(liquidation).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.repaidShares()).isEqualTo(shares("4892972613668061"));
            assertThat(seizure.repaid()).isEqualTo(usdc("5019.120954"));
            assertThat(seizure.seized()).isEqualTo(weth("2.161928311297071129"));
        });
    }

    @Test
    void chargesForASeizureRoundedUp() {
        MorphoLiquidation liquidation = at("2500").liquidation(BORROWER, new Seize(weth("0.1")));

        // 250 / 1.01687507576 = 245.851242 up; 239 672 126 903 107 shares up; 245.851243 repaid, up again
        assertThat(liquidation).isInstanceOfSatisfying(Seizure.class, seizure -> {
            assertThat(seizure.repaidShares()).isEqualTo(shares("239672126903107"));
            assertThat(seizure.repaid()).isEqualTo(usdc("245.851243"));
        });
    }

    @Test
    void refusesMoreThanTheCloseFactor() {
        MorphoLiquidation liquidation = at("2500").liquidation(BORROWER, new Repay(shares("2375015152000001")));

        assertThat(liquidation)
                .isEqualTo(new BeyondCloseFactor(
                        shares("2375015152000001").raw(),
                        shares("2375015152000000").raw()));
    }

    @Test
    void theMarketsOwnOracleHasTheLastWord() {
        MorphoValuation market = SampleMorpho.at("2000");
        PreLiquidationValuation another = PreLiquidationValuation.of(market, TERMS, SampleMorpho.price("2500"));

        assertThat(another.largest(BORROWER)).isInstanceOf(WouldStayUnhealthy.class);
    }

    @Test
    void coversNoMoreThanItIsTold() {
        MorphoLiquidation part = at("2500").covering(BORROWER, usdc("100"));
        MorphoLiquidation most = at("2500").covering(BORROWER, usdc("100000"));

        assertThat(part)
                .isInstanceOfSatisfying(
                        Seizure.class, seizure -> assertThat(seizure.repaid()).isLessThanOrEqualTo(usdc("100")));
        assertThat(most).isEqualTo(at("2500").largest(BORROWER));
    }

    @Test
    void termsThatTheContractWouldNotAcceptAreRefused() {
        Wad high = Wad.parse("1.2");
        PreLiquidationTerms generous =
                new PreLiquidationTerms(Wad.parse("0.8"), Wad.ZERO, Wad.ONE, Wad.parse("1.01"), high);
        PreLiquidationTerms late =
                new PreLiquidationTerms(LLTV, Wad.ZERO, Wad.ONE, Wad.parse("1.01"), Wad.parse("1.02"));

        assertThatThrownBy(() -> PreLiquidationValuation.of(SampleMorpho.at("2500"), generous, SampleMorpho.price("1")))
                .hasMessageContaining("preLif2=1.2");
        assertThatThrownBy(() -> PreLiquidationValuation.of(SampleMorpho.at("2500"), late, SampleMorpho.price("1")))
                .hasMessageContaining("preLltv=0.86");
        assertThatThrownBy(() -> new PreLiquidationTerms(Wad.ZERO, Wad.ONE, Wad.ZERO, Wad.ONE, Wad.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PreLiquidationTerms(Wad.ZERO, Wad.ZERO, Wad.ZERO, Wad.ZERO, Wad.ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PreLiquidationValuation at(String usdcPerWeth) {
        return PreLiquidationValuation.of(SampleMorpho.at(usdcPerWeth), TERMS, SampleMorpho.price(usdcPerWeth));
    }
}
