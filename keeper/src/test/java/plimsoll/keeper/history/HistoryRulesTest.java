package plimsoll.keeper.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.history.NextLiquidations.Terms;
import plimsoll.keeper.history.RecordedLiquidation.Exchange;
import plimsoll.keeper.history.StakedReplay.Reading;
import plimsoll.keeper.history.StakedReplay.Unit;

class HistoryRulesTest {

    private static final Instant NOON = Instant.parse("2021-05-19T12:00:00Z");
    private static final Terms ETHER = new Terms("WETH", 0.825, 0.05);
    private static final Reading IN_ETHER = new Reading(Unit.ETHER, Unit.ETHER);

    @Test
    void roundsAsVersionTwo() {
        // (3 × 5000 + 5000) ÷ 10000 = 2; (1 × 10000 + 5375) ÷ 10750 = 1.43 → 1; (2 × 10¹⁸ + 1) ÷ 3 = 666…667
        assertThat(VersionTwo.percentMul(BigInteger.valueOf(3), 5_000)).isEqualTo(2);
        assertThat(VersionTwo.percentDiv(BigInteger.ONE, 10_750)).isEqualTo(1);
        assertThat(VersionTwo.wadDiv(BigInteger.TWO, BigInteger.valueOf(3)))
                .isEqualTo(new BigInteger("666666666666666667"));
    }

    @Test
    void cutsTheAverageThresholdToWholeBasisPoints() {
        // (100 × 8300 + 50 × 8251) ÷ 150 = 8283.67 → 8283; 150 × 8283 = 124.245 → 124; 124 ÷ 100 = 1.24
        BigInteger weighted = BigInteger.valueOf(100 * 8_300 + 50 * 8_251);

        assertThat(VersionTwo.health(BigInteger.valueOf(150), weighted, BigInteger.valueOf(100)))
                .isEqualTo(new BigInteger("1240000000000000000"));
    }

    @Test
    void foretellsWhereTheRestOfAPositionFalls() {
        // 1 000 repaid at 2 000: seized 0.525; debt 2 000, collateral 2 000 ÷ (2 000 × 0.825) = 1.21212; left 0.68712
        // trigger = 1 000 ÷ (0.68712 × 0.825) = 1 764.06
        assertThat(NextLiquidations.trigger(exchange("1000", "0.525"), ETHER)).isCloseTo(1_764.06, within(0.01));
    }

    @Test
    void comparesThePathWithTheRecord() {
        List<RecordedLiquidation> rows = List.of(
                row("again", NOON, "1000", "0.525"),
                row("again", NOON.plus(Duration.ofHours(3)), "500", "0.3"),
                row("spared", NOON, "1000", "0.525"),
                row("deep", NOON, "1000", "1.05"));
        PricePath path = path(NOON, 2_000, 1_900, 1_750, 1_750);

        NextLiquidations.Result result = new NextLiquidations(rows).of(ETHER, path);

        assertThat(result.foretold()).isEqualTo(1);
        assertThat(result.spared()).isEqualTo(1);
        assertThat(result.calm()).isEqualTo(1);
        assertThat(result.surprising()).isZero();
        assertThat(result.hoursLate()).containsExactly(1.0);
    }

    @Test
    void tellsRoundingFromAStepOfTheFeedWithinABlock() {
        var same = new RecordedChecks(List.of(row("a", NOON, "1000", "0.525"), row("b", NOON, "400", "0.21")));
        var step = new RecordedChecks(List.of(row("a", NOON, "1000", "0.525"), row("b", NOON, "400", "0.212")));

        assertThat(same.oneBlock().equal()).isEqualTo(1);
        assertThat(step.oneBlock().equal()).isZero();
        assertThat(step.oneBlock().step()).hasSize(1);
    }

    @Test
    void findsTheBonusWhereNoPriceEnters() {
        var exact = new RecordedLiquidation(
                NOON,
                "a",
                new Exchange(
                        "WETH", new BigDecimal("0.5520308620173457"), "WETH", new BigDecimal("0.5796324051182131")),
                Optional.empty());

        RecordedChecks.OneAsset found = new RecordedChecks(List.of(exact)).oneAsset();

        assertThat(found.exact()).isEqualTo(1);
        assertThat(found.bonuses()).isEqualTo(Map.of("WETH 5.0 %", 1));
    }

    @Test
    void takesHalfOfADebtAtTheBonus() {
        // 10 stETH at 0.95 × 83 % ÷ 8 = 0.9856: 4 repaid, 4 × 1.075 = 4.3 seized; then 5.2 × 0.83 ÷ 4 = 1.079
        StakedReplay.Result result =
                replay(position("10", "8", "0"), IN_ETHER, step(0, "1", 2_000), step(1, "0.95", 2_000));

        assertThat(result.fallen()).hasSize(1);
        assertThat(result.fallen().getFirst().first()).isEqualTo(NOON.plusSeconds(1));
        assertThat(result.sum(StakedReplay.Fallen::repaid)).isEqualByComparingTo("4");
        assertThat(result.sum(StakedReplay.Fallen::seized)).isEqualByComparingTo("4.3");
        assertThat(result.sum(StakedReplay.Fallen::unpaid)).isEqualByComparingTo("0");
    }

    @Test
    void debtsInDollarsGrowInEtherAsEtherFalls() {
        StakedPosition owesDollars = position("10", "7", "7");
        // 10 × 83 % ÷ (7 × 2 000 ÷ 1 600 = 8.75) = 0.9486
        assertThat(replay(owesDollars, IN_ETHER, step(0, "1", 2_000), step(1, "1", 1_600))
                        .fallen())
                .hasSize(1);
        assertThat(replay(owesDollars, IN_ETHER, step(0, "1", 2_000), step(1, "1", 1_700))
                        .fallen())
                .isEmpty();
    }

    @Test
    void whatTheCollateralDoesNotCoverStaysUnpaid() {
        // 10 stETH at 0.5 repay 5 ÷ 1.075 = 4.6512 of 8 ether: 3.3488 stay
        StakedReplay.Result result =
                replay(position("10", "8", "0"), IN_ETHER, step(0, "1", 2_000), step(1, "0.5", 2_000));

        assertThat(result.sum(StakedReplay.Fallen::seized)).isEqualByComparingTo("5");
        assertThat(result.sum(StakedReplay.Fallen::unpaid).doubleValue()).isCloseTo(8 - 5 / 1.075, within(1e-12));
    }

    private static StakedReplay.Result replay(StakedPosition position, Reading reading, StakedPath.Step... steps) {
        return new StakedReplay(new StakedPath(List.of(steps)), reading).of(new StakedBook(List.of(position)));
    }

    private static StakedPath.Step step(int second, String staked, int ether) {
        return new StakedPath.Step(
                NOON.plusSeconds(second),
                VersionTwo.raw(new BigDecimal(staked)),
                BigInteger.valueOf(ether).multiply(BigInteger.valueOf(100_000_000)));
    }

    private static StakedPosition position(String staked, String debt, String dollars) {
        var owed = new BigDecimal(debt);
        var inDollars = new BigDecimal(dollars);
        return new StakedPosition(
                "a",
                new BigDecimal(staked),
                owed,
                StakedBook.STAKED_THRESHOLD,
                new BigDecimal(staked).doubleValue() * 0.83 / owed.doubleValue(),
                new BigDecimal(staked),
                owed.subtract(inDollars),
                inDollars,
                BigDecimal.ZERO);
    }

    private static RecordedLiquidation row(String account, Instant at, String repaid, String seized) {
        return new RecordedLiquidation(at, account, exchange(repaid, seized), Optional.empty());
    }

    private static Exchange exchange(String repaid, String seized) {
        return new Exchange("USDC", new BigDecimal(repaid), "WETH", new BigDecimal(seized));
    }

    private static PricePath path(Instant from, double... prices) {
        var hours = new java.util.HashMap<Instant, PricePath.Range>();
        for (int i = 0; i < prices.length; i++) {
            hours.put(from.plus(Duration.ofHours(i)), new PricePath.Range(prices[i], prices[i], prices[i]));
        }
        return new PricePath(hours);
    }
}
