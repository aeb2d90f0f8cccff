package plimsoll.oracle.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plimsoll.oracle.calibration.Drift.DeepFall;
import plimsoll.oracle.calibration.Drift.LightTurned;
import plimsoll.oracle.calibration.Drift.SuppliedChange;
import plimsoll.oracle.calibration.Drift.UtilisationChange;
import plimsoll.oracle.calibration.Drift.VolatilityRegime;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.risk.backtest.TrafficLight.Zone;
import plimsoll.risk.forecast.RiskMeasures.Estimate;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;

class DriftRuleTest {

    private static final Address WETH = new Address("0x" + "a".repeat(40));
    private static final Instant CALIBRATED = Instant.parse("2026-01-02T00:00:00Z");
    private static final DriftRule RULE = DriftRule.standard();
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void staysSilentWhileThePriceFallsNoDeeperThanForeseen() {
        // 100 to 92 is a fall of 8 %: over an hour 2 % are foreseen, but it came in the fifth; over 24 h 10 % are.
        List<Drift> found = drifts(judged(0), at(1, 100), at(5, 92));

        assertThat(found).isEmpty();
    }

    @Test
    void tellsAFallDeeperThanTheFallAtRisk() {
        // 1 - 89/100 = 11 % after five hours: 10 % are foreseen over 24 h.
        List<Drift> found = drifts(judged(0), at(1, 100), at(5, 89));

        assertThat(found).singleElement().isInstanceOfSatisfying(DeepFall.class, fall -> {
            assertThat(fall.fall()).isCloseTo(0.11, within(1e-12));
            assertThat(fall.horizon()).isEqualTo(Duration.ofHours(24));
            assertThat(fall.reason())
                    .isEqualTo("WETH fell 11.00 % within PT24H of the calibration, 99.00 % of falls were foreseen"
                            + " within 10.00 %");
        });
    }

    @Test
    void tellsAFastFallByItsShortHorizon() {
        // 3 % within the first hour, of which 2 % are foreseen, though the price came back.
        List<Drift> found = drifts(judged(0), at(1, 97), at(2, 100));

        assertThat(found)
                .singleElement()
                .isInstanceOfSatisfying(
                        DeepFall.class, fall -> assertThat(fall.horizon()).isEqualTo(HOUR));
    }

    @Test
    void tellsATrafficLightThatTurns() {
        // 4 exceptions in 250 days are green (Basel); two days with a fall of 11 %, of which 10 % are foreseen, make 6:
        // yellow from 5 on. The first of them is 30 hours old, so that its fall is the second day's alone.
        List<Drift> found = drifts(judged(4), at(23, 100), at(30, 89), at(48, 89), at(50, 79.21));

        assertThat(found)
                .filteredOn(drift -> drift instanceof LightTurned)
                .singleElement()
                .isEqualTo(new LightTurned("WETH", 4, Zone.GREEN, 6, Zone.YELLOW));
    }

    @Test
    void leavesTheLightWhereOldExceptionsMakeRoomForNewOnes() {
        // The oldest of 250 days was an exception; one complete day later it is out of the window, and a new one is in.
        List<Boolean> days = new ArrayList<>(Collections.nCopies(250, false));
        IntStream.of(0, 100, 150, 200).forEach(day -> days.set(day, true));

        List<Drift> found = drifts(judged(0.5, days), at(23, 100), at(30, 89));

        // Day one passed without exception and took the oldest out; day two is one: 4 - 1 + 1 = 4, still green.
        assertThat(found).noneMatch(drift -> drift instanceof LightTurned);
    }

    @Test
    void tellsAVolatilityRegime() {
        // Twelve hourly returns of 0.5 % up and down: sqrt(0.005^2 * 8760) = 46.8 % a year, forecast 10 %.
        Seen[] seen = IntStream.rangeClosed(1, 12)
                .mapToObj(hour -> at(hour, hour % 2 == 0 ? 100 : 100 * Math.exp(0.005)))
                .toArray(Seen[]::new);

        List<Drift> found = drifts(judged(0.10, List.of()), seen);

        assertThat(found).singleElement().isInstanceOfSatisfying(VolatilityRegime.class, regime -> {
            // Answers have eight decimals.
            assertThat(regime.realised()).isCloseTo(0.005 * Math.sqrt(8_760), within(1e-7));
            assertThat(regime.returns()).isEqualTo(12);
        });
        // The same is no regime under a forecast of 50 %, and too calm under one of 100 %: 46.8 < 100 / 2.
        assertThat(drifts(judged(0.50, List.of()), seen)).isEmpty();
        assertThat(drifts(judged(1.00, List.of()), seen)).hasSize(1);
        // Eleven returns say nothing.
        assertThat(drifts(judged(0.10, List.of()), List.of(seen).subList(0, 11).toArray(Seen[]::new)))
                .isEmpty();
    }

    @Test
    void findsNoRegimeInATinyVolatility() {
        // Twelve returns of 0.01 %: 0.9 % a year after 0.2 %, a factor of 4.7, but both count as the floor's 5 %.
        Seen[] seen = IntStream.rangeClosed(1, 12)
                .mapToObj(hour -> at(hour, hour % 2 == 0 ? 100 : 100 * Math.exp(0.0001)))
                .toArray(Seen[]::new);

        assertThat(drifts(judged(0.002, List.of()), seen)).isEmpty();
    }

    @Test
    void tellsSuppliersThatLeave() {
        // 100,000 to 74,000 tokens is 26 % less, 25 % are allowed; lent are 20,000: 20 % before, 27 % now.
        List<Drift> found = RULE.drifts(basis(judged(0), totals(100_000, 20_000)), sight(totals(74_000, 20_000)));

        assertThat(found)
                .containsExactly(new SuppliedChange("WETH", 100_000, 74_000, 0.25))
                .allMatch(drift -> drift.reason()
                        .equals("WETH has 74000 tokens supplied after 100000, allowed is a change by 25.00 %"));
    }

    @Test
    void tellsBorrowersThatCome() {
        // 41 % lent after 20 %: 21 points, 20 are allowed.
        List<Drift> found = RULE.drifts(basis(judged(0), totals(100_000, 20_000)), sight(totals(100_000, 41_000)));

        assertThat(found)
                .singleElement()
                .isInstanceOfSatisfying(
                        UtilisationChange.class,
                        change -> assertThat(change.now()).isCloseTo(0.41, within(1e-12)));
    }

    @Test
    void overlooksReservesThatAreTooSmall() {
        // 9,999 tokens at 100 are worth less than a million.
        assertThat(RULE.drifts(basis(judged(0), totals(9_999, 0)), sight(totals(1, 0))))
                .isEmpty();
        assertThat(RULE.drifts(basis(judged(0), totals(10_001, 0)), sight(totals(1, 0))))
                .hasSize(1);
    }

    @Test
    void looksAtNothingLaterThanItsBlock() {
        Instant now = CALIBRATED.plus(Duration.ofHours(6));
        Seen[] poisoned = {at(1, 100), at(7, 1), at(8, 1_000_000)};

        List<Drift> found = RULE.drifts(
                basis(judged(4), Optional.empty()), new DriftRule.Sight(now, List.of(weth(poisoned)), Map.of()));

        assertThat(found).isEmpty();
    }

    @Test
    void countsNothingFromBeforeTheCalibration() {
        // The fall from 200 was known to the calibration: what counts is 100, in force then.
        List<Drift> found = drifts(judged(0), at(-5, 200), at(-1, 100), at(1, 99));

        assertThat(found).isEmpty();
    }

    @Test
    void saysNothingOfAnAssetThatWasNotJudged() {
        DriftRule.Basis nothing = new DriftRule.Basis(CALIBRATED, Map.of(), Map.of());

        assertThat(RULE.drifts(nothing, new DriftRule.Sight(CALIBRATED.plus(HOUR), List.of(weth(at(1, 1))), Map.of())))
                .isEmpty();
    }

    @Test
    void restsAfterACalibration() {
        Instant fourHoursLater = CALIBRATED.plus(Duration.ofHours(4));

        assertThat(RULE.isResting(CALIBRATED, fourHoursLater.minusSeconds(1))).isTrue();
        assertThat(RULE.isResting(CALIBRATED, fourHoursLater)).isFalse();
    }

    @Test
    void refusesALevelThatNoManifestHolds() {
        assertThatThrownBy(() -> new DriftRule(HOUR, 0.98, RULE.volatility(), RULE.liquidity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found=0.98");
    }

    private record Seen(int hours, double price) {}

    private static Seen at(int hours, double price) {
        return new Seen(hours, price);
    }

    private static List<Drift> drifts(Judged judged, Seen... seen) {
        return RULE.drifts(
                basis(judged, Optional.empty()),
                new DriftRule.Sight(CALIBRATED.plus(Duration.ofHours(60)), List.of(weth(seen)), Map.of()));
    }

    private static DriftRule.Basis basis(Judged judged, Optional<ReserveTotals> totals) {
        return new DriftRule.Basis(
                CALIBRATED,
                Map.of(WETH, judged),
                totals.map(found -> Map.of(WETH, found)).orElse(Map.of()));
    }

    private static DriftRule.Basis basis(Judged judged, ReserveTotals totals) {
        return basis(judged, Optional.of(totals));
    }

    private static DriftRule.Sight sight(ReserveTotals totals) {
        return new DriftRule.Sight(CALIBRATED.plus(HOUR), List.of(weth(at(0, 100))), Map.of(WETH, totals));
    }

    private static ReserveTotals totals(int supplied, int borrowed) {
        return new ReserveTotals(tokens(supplied), tokens(borrowed));
    }

    private static TokenAmount tokens(int whole) {
        return TokenAmount.ofRaw(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(whole)), 18);
    }

    /** Of 250 days these many exceptions, the newest; a volatility that twelve returns would be needed to contradict. */
    private static Judged judged(int exceptions) {
        return judged(
                0.5,
                IntStream.range(0, 250).mapToObj(day -> day >= 250 - exceptions).toList());
    }

    /** At 99 % falls of 2 % over an hour and 10 % over a day are foreseen. */
    private static Judged judged(double annualVolatility, List<Boolean> days) {
        return new Judged("WETH", HOUR, annualVolatility, List.of(measure(1, 0.02), measure(24, 0.10)), days);
    }

    private static RiskMeasure measure(int horizon, double fall) {
        Estimate unused = new Estimate(1, 1, 1);
        return new RiskMeasure(horizon, 0.99, unused, unused, new Estimate(fall, fall, fall), unused);
    }

    /** Stands at 100 from the calibration on, then as seen. */
    private static Reserve weth(Seen... seen) {
        List<ObservedRound> rounds = new ArrayList<>();
        if (seen[0].hours() > 0) {
            rounds.add(round(0, 100));
        }
        for (Seen one : seen) {
            rounds.add(round(one.hours(), one.price()));
        }
        return new Reserve(
                WETH,
                "WETH",
                new CollateralParameters(new Bps(8_000), new Bps(8_250), new Bps(500), 0, 0),
                Bps.ZERO,
                Bps.ZERO,
                true,
                Optional.empty(),
                0,
                new ObservedFeed(WETH, "ETH / USD", 8, HOUR, rounds));
    }

    private static ObservedRound round(int hours, double price) {
        Instant time = CALIBRATED.plus(Duration.ofHours(hours));
        String answer = Long.toString(Math.round(price * 100_000_000));
        return new ObservedRound(Integer.toString(hours + 100), answer, time, time);
    }
}
