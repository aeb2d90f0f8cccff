package plimsoll.oracle.study;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.PriceDirectory;
import plimsoll.oracle.file.Wanted;
import plimsoll.risk.calibration.CollateralCalibration;
import plimsoll.risk.forecast.FilteredHistoricalSimulation;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.simulation.CollateralTerms;

/** The closed form alone. */
final class ClosedFormParameters implements OurParameters {

    private final PriceDirectory prices;

    ClosedFormParameters(StudyFiles files) {
        prices = PriceDirectory.open(files.prices());
    }

    @Override
    public Judgement asOf(Snapshot snapshot, LocalDate day) {
        var terms = new TreeMap<String, CollateralTerms>();
        var kept = new TreeMap<String, String>();
        var bonuses = new TreeMap<String, Double>();
        for (var reserve : snapshot.reserves()) {
            terms.put(reserve.symbol(), AgainstGovernance.terms(reserve));
            if (reserve.parameters().liquidationThreshold().isZero()) {
                continue;
            }
            try {
                var result = judge(reserve, day);
                terms.put(
                        reserve.symbol(),
                        new CollateralTerms(result.ltv(), result.liquidationThreshold(), result.bonus()));
                bonuses.put(reserve.symbol(), result.neededBonus());
            } catch (IllegalArgumentException e) {
                kept.put(reserve.symbol(), String.valueOf(e.getMessage()));
            }
        }
        return new Judgement(new ParameterSet("ours", terms), kept, bonuses);
    }

    private CollateralCalibration.Result judge(ReserveRow reserve, LocalDate day) {
        var hour = Duration.ofHours(1);
        var until = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var series = prices.find(reserve.symbol(), Wanted.every(hour).until(until))
                .orElseThrow(() -> new IllegalArgumentException("no price series"));
        var period = series.step().compareTo(hour) > 0 ? series.step() : hour;
        var returns = series.prices().resample(period).logReturns(period.multipliedBy(2), GapPolicy.KEEP);
        var simulation =
                FilteredHistoricalSimulation.of(returns.logReturns(), FilteredHistoricalSimulation.Settings.DEFAULT);
        var perDay = Math.max(1, (int) Duration.ofDays(1).dividedBy(period));
        var fall =
                simulation.falls(new Horizon(Math.max(1, perDay / 6), 5_000, 1)).expectedShortfall(0.99);
        var user = simulation.falls(new Horizon(perDay, 5_000, 2)).valueAtRisk(0.99);
        return CollateralCalibration.of(new CollateralCalibration.Inputs(
                fall,
                user,
                0.005,
                0.01,
                0.002,
                0.005,
                reserve.protocolShareOfBonus().raw() / 10_000.0,
                1,
                reserve.parameters().liquidationBonus().raw() / 10_000.0));
    }
}
