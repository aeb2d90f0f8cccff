package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.protocol.aave.SampleMarket.DAI;
import static plimsoll.protocol.aave.SampleMarket.NOW;
import static plimsoll.protocol.aave.SampleMarket.USDC;
import static plimsoll.protocol.aave.SampleMarket.WETH;
import static plimsoll.protocol.aave.SampleMarket.borrowed;
import static plimsoll.protocol.aave.SampleMarket.borrower;
import static plimsoll.protocol.aave.SampleMarket.supplied;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.protocol.aave.AaveLiquidation.Deficit;
import plimsoll.protocol.aave.AaveLiquidation.Pair;
import plimsoll.protocol.aave.AaveLiquidation.Seizure;
import plimsoll.units.BaseValue;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** Vectors worked by hand from LiquidationLogic.sol of aave-v3-origin 3.6.0; the sums stand above the expected numbers. */
class AaveLiquidationTest {

    private static final Pair WETH_FOR_USDC = new Pair(WETH, USDC);
    private static final TokenAmount EVERYTHING = usdc("1000000000");

    @Test
    void repaysHalfOfALargePositionThatIsBarelyUnhealthy() {
        AaveLiquidation liquidation = SampleMarket.at("1850").liquidation(borrower(0), WETH_FOR_USDC, EVERYTHING);

        // Health 0.977; half of 16 500.000001 is 8 250.0000005 (half up to 1e-8), 8 250 in whole micro-USDC.
        // 8 250 / 1 850 = 4.459459459459459459 · 1.05 = 4.682432432432432432 WETH taken (nearest), of which
        // bonus 4.682432432432432432 − 4.682432432432432432/1.05 = 0.222972972972972973, fee a tenth of it (nearest)
        assertThat(liquidation)
                .isEqualTo(new Seizure(
                        usdc("8250"),
                        usdc("8250"),
                        weth("4.660135135135135135"),
                        weth("0.022297297297297297"),
                        false,
                        List.of()));
    }

    @Test
    void repaysAllBelowTheCloseFactorThreshold() {
        AaveLiquidation liquidation = SampleMarket.at("1700").liquidation(borrower(0), WETH_FOR_USDC, EVERYTHING);

        // Health 0.898; 16 500.000001 / 1 700 = 9.705882353529411764 · 1.05 = 10.191176471205882352 taken
        assertThat(liquidation)
                .isEqualTo(new Seizure(
                        usdc("16500.000001"),
                        usdc("16500.000001"),
                        weth("10.142647059438235293"),
                        weth("0.048529411767647059"),
                        false,
                        List.of()));
    }

    @Test
    void collateralThatIsTooLittleLimitsTheRepaymentAndTheRestIsWrittenOff() {
        AaveLiquidation liquidation = SampleMarket.at("1600").liquidation(borrower(0), WETH_FOR_USDC, EVERYTHING);

        // All 10.5 WETH are worth 16 800 / 1.05 = 16 000 repaid; 500.000001 stay uncovered. The fee of 0.05 is one
        // scaled
        // unit more than the ⌈10.45/1.05⌉ seized leave of 10 scaled WETH, so what is left goes: ⌊0.047619047619047619 ·
        // 1.05⌋
        assertThat(liquidation)
                .isEqualTo(new Seizure(
                        usdc("16500.000001"),
                        usdc("16000"),
                        weth("10.45"),
                        weth("0.049999999999999999"),
                        true,
                        List.of(new Deficit(USDC, usdc("500.000001")))));
    }

    @Test
    void writesOffEveryOtherDebtWhenNoCollateralIsLeft() {
        AaveAccount account = new AaveAccount(
                0,
                List.of(
                        supplied(WETH, "10000000000000000000"),
                        borrowed(USDC, "15000000000"),
                        borrowed(DAI, "7000000000000000000")));

        Seizure seizure = (Seizure) SampleMarket.at("1600").liquidation(account, WETH_FOR_USDC, EVERYTHING);

        assertThat(seizure.deficits())
                .containsExactly(new Deficit(USDC, usdc("500.000001")), new Deficit(DAI, TokenAmount.parse("7", 18)));
    }

    @Test
    void leavesNoDust() {
        AaveLiquidation liquidation = SampleMarket.at("1700").liquidation(borrower(0), WETH_FOR_USDC, usdc("16000"));

        // 16 000 / 1 700 · 1.05 = 9.882352941176470588 taken, 0.617647058823529412 · 1 700 = 1 050 (down to 1e-8) left
        assertThat(liquidation)
                .isEqualTo(
                        new AaveLiquidation.MustNotLeaveDust(BaseValue.parse("1050"), BaseValue.parse("500.000001")));
    }

    @Test
    void theLargestLiquidationStopsShortOfDustThatTheCloseFactorWouldLeave() {
        // 2 100 USDC and 900 DAI owed on 1.05 WETH · 3 340 = 3 507: health 0.970, so at most half, 1 500; that would
        // leave
        // 600 USDC. 1 100 leaves the 1 000 that must stay.
        AaveAccount account = new AaveAccount(
                0,
                List.of(
                        supplied(WETH, "1000000000000000000"),
                        borrowed(USDC, "1909090909"),
                        borrowed(DAI, "900000000000000000000")));
        AaveValuation valuation = SampleMarket.at("3340");

        assertThat(valuation.liquidation(account, WETH_FOR_USDC, EVERYTHING))
                .isInstanceOf(AaveLiquidation.MustNotLeaveDust.class);
        assertThat(((Seizure) valuation.largestLiquidation(account, WETH_FOR_USDC)).repaid())
                .isEqualTo(usdc("1100"));
        assertThat(valuation.liquidation(account, WETH_FOR_USDC, usdc("1100.000001")))
                .isInstanceOf(AaveLiquidation.MustNotLeaveDust.class);
    }

    @Test
    void atExactlyTheCloseFactorThresholdEverythingMayBeRepaid() {
        // 9 500 USDC · 0.78 / 7 800 DAI = 0.95
        AaveLiquidation at = usdcForDai("9500000000");
        AaveLiquidation above = usdcForDai("9500001000");

        assertThat(((Seizure) at).repaid()).isEqualTo(TokenAmount.parse("7800", 18));
        assertThat(((Seizure) above).repaid()).isEqualTo(TokenAmount.parse("3900", 18));
    }

    @Test
    void eModeSetsTheBonus() {
        // In eMode the threshold is 9 300 and the bonus 100: 1 690 makes 17 745 · 0.93 / 16 500 = 1.0002, 1 650 makes
        // 0.976
        AaveValuation valuation = SampleMarket.at("1650");

        Seizure seizure = (Seizure) valuation.liquidation(borrower(1), WETH_FOR_USDC, usdc("1650"));

        // 1 WETH · 1.01; of the bonus 0.01 a tenth
        assertThat(seizure.seized()).isEqualTo(weth("1.009"));
        assertThat(seizure.protocolFee()).isEqualTo(weth("0.001"));
        assertThat(SampleMarket.at("1690").liquidation(borrower(1), WETH_FOR_USDC, EVERYTHING))
                .isInstanceOf(AaveLiquidation.Healthy.class);
    }

    @Test
    void refusesInThePoolsOrder() {
        UnaryOperator<ReserveConfiguration> inactive =
                c -> new ReserveConfiguration(c.raw().clearBit(56));
        UnaryOperator<ReserveConfiguration> paused =
                c -> new ReserveConfiguration(c.raw().setBit(60));

        assertThat(error(changed(inactive, NOW), borrower(0))).isEqualTo("ReserveInactive");
        assertThat(error(changed(paused, NOW), borrower(0))).isEqualTo("ReservePaused");
        assertThat(error(changed(c -> c, NOW), borrower(0))).isEqualTo("LiquidationGraceSentinelCheckFailed");
        assertThat(error(changed(c -> c, NOW.minusSeconds(1)), new AaveAccount(0, List.of())))
                .isEqualTo("HealthFactorNotBelowThreshold");
        assertThat(error(SampleMarket.at("1850"), new AaveAccount(0, List.of(borrowed(USDC, "1000000")))))
                .isEqualTo("CollateralCannotBeLiquidated");
        assertThat(error(
                        SampleMarket.at("1850"),
                        new AaveAccount(0, List.of(supplied(WETH, "1"), borrowed(DAI, "1000000000000000000")))))
                .isEqualTo("SpecifiedCurrencyNotBorrowedByUser");
    }

    @Test
    void theSentinelGuardsFromTheCloseFactorThresholdUp() {
        AaveMarket market = SampleMarket.market();
        AaveMarket guarded = new AaveMarket(market.revision(), market.reserves(), market.eModeCategories(), false);

        assertThat(liquidate(guarded, "1850")).isInstanceOf(AaveLiquidation.SentinelForbids.class);
        assertThat(liquidate(guarded, "1700")).isInstanceOf(Seizure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000001"})
    void movesAtLeastOneScaledUnit(String cover) {
        assertThat(SampleMarket.at("1850").liquidation(borrower(0), WETH_FOR_USDC, usdc(cover)))
                .isInstanceOf(AaveLiquidation.TooSmall.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void seizesNoMoreThanThereIsAndTheLargestIsTheLargest(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int seizures = 0;
        for (int i = 0; i < 2_000; i++) {
            AaveValuation valuation = SampleMarket.at(Integer.toString(1_500 + random.nextInt(500)));
            AaveAccount account = new AaveAccount(
                    0,
                    List.of(
                            supplied(WETH, Long.toString(random.nextLong(1, 8_000_000_000_000_000_000L))),
                            borrowed(USDC, Long.toString(random.nextLong(1, 8_000_000_000L))),
                            borrowed(DAI, random.nextLong(1, 5_000) + "000000000000000000")));
            BigInteger supply =
                    valuation.reserve(WETH).collateral(account.holdings().get(0).supplied());
            BigInteger debt =
                    valuation.reserve(USDC).debt(account.holdings().get(1).borrowed());

            AaveLiquidation largest = valuation.largestLiquidation(account, WETH_FOR_USDC);

            if (largest instanceof Seizure seizure) {
                seizures++;
                assertThat(seizure.seized().raw().add(seizure.protocolFee().raw()))
                        .as("seed " + seed)
                        .isLessThanOrEqualTo(supply);
                assertThat(seizure.repaid().raw()).as("seed " + seed).isLessThanOrEqualTo(debt);
                assertThat(valuation.liquidation(account, WETH_FOR_USDC, seizure.debtToCover()))
                        .as("the largest amount is itself accepted, seed " + seed)
                        .isEqualTo(seizure);
                TokenAmount more = new TokenAmount(seizure.debtToCover().raw().add(BigInteger.ONE), 6);
                if (valuation.liquidation(account, WETH_FOR_USDC, more) instanceof Seizure beyond) {
                    assertThat(beyond.repaid()).as("seed " + seed).isLessThanOrEqualTo(seizure.repaid());
                }
            }
        }
        assertThat(seizures).isGreaterThan(300);
    }

    private static AaveLiquidation usdcForDai(String scaledUsdc) {
        AaveAccount account =
                new AaveAccount(0, List.of(supplied(USDC, scaledUsdc), borrowed(DAI, "7800000000000000000000")));
        return SampleMarket.at("2000").largestLiquidation(account, new Pair(USDC, DAI));
    }

    private static AaveLiquidation liquidate(AaveMarket market, String wethPrice) {
        Map<Integer, Price> prices = Map.of(WETH, Price.parse(wethPrice), USDC, Price.parse("1"));
        return market.valuedAt(NOW, prices).liquidation(borrower(0), WETH_FOR_USDC, EVERYTHING);
    }

    private static AaveValuation changed(UnaryOperator<ReserveConfiguration> change, Instant graceUntil) {
        AaveMarket market = SampleMarket.market();
        List<AaveReserve> reserves = market.reserves().stream()
                .map(reserve -> reserve.id() != USDC
                        ? reserve
                        : new AaveReserve(
                                reserve.id(),
                                reserve.asset(),
                                change.apply(reserve.configuration()),
                                reserve.indexes(),
                                graceUntil))
                .toList();
        return new AaveMarket(market.revision(), reserves, market.eModeCategories(), true)
                .valuedAt(NOW, Map.of(WETH, Price.parse("1700"), USDC, Price.parse("1")));
    }

    private static String error(AaveValuation valuation, AaveAccount account) {
        return ((AaveLiquidation.Refused) valuation.liquidation(account, WETH_FOR_USDC, EVERYTHING)).error();
    }

    private static TokenAmount usdc(String text) {
        return TokenAmount.parse(text, 6);
    }

    private static TokenAmount weth(String text) {
        return TokenAmount.parse(text, 18);
    }
}
