package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.evidence.RecordContent;
import plimsoll.risk.calibration.EfficiencyCategory;
import plimsoll.risk.calibration.PegHistory;
import plimsoll.risk.calibration.ReserveCalibration;
import plimsoll.risk.calibration.ReserveInputs;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.stress.StressedAsset.Kind;

/**
 * Which assets could stand in a category of their own, because they move together: liquid-staking tokens against ether,
 * stablecoins against each other. Each is judged by the falls of its ratio to what it follows.
 */
final class EfficiencyStage {

    private static final Duration DAY = Duration.ofDays(1);
    /** A wrapper earns interest, so its par drifts: it is the median of the last month. */
    private static final int PAR_DAYS = 30;

    private final CalibrationSettings settings;
    private final LossModel model;
    private final MarketState market;

    EfficiencyStage(CalibrationSettings settings, LossModel model, MarketState market) {
        this.settings = settings;
        this.model = model;
        this.market = market;
    }

    /** One category and what may be said of it. */
    record Category(String name, List<String> members, EfficiencyCategory.Answer answer) {
        Map<String, Object> content() {
            return Map.of("name", name, "members", members, "answer", RecordContent.of((Record) answer));
        }
    }

    List<Category> categories(List<AssetJudgement> judgements) {
        List<Category> found = new ArrayList<>();
        Optional<PriceSeries> ether = judgements.stream()
                .filter(judgement ->
                        kind(judgement) == Kind.ETHER && judgement.measures().isPresent())
                .map(judgement -> judgement.reserve().prices().series())
                .findFirst();
        ether.ifPresent(base -> category("correlated with ether", judgements, Kind.STAKED_ETHER, Optional.of(base))
                .ifPresent(found::add));
        category("stablecoins", judgements, Kind.STABLE, Optional.empty()).ifPresent(found::add);
        return found;
    }

    private static Kind kind(AssetJudgement judgement) {
        return StressStage.kind(judgement.reserve().symbol());
    }

    private Optional<Category> category(
            String name, List<AssetJudgement> judgements, Kind kind, Optional<PriceSeries> base) {
        List<EfficiencyCategory.Member> members = new ArrayList<>();
        for (int i = 0; i < judgements.size(); i++) {
            AssetJudgement judgement = judgements.get(i);
            if (kind(judgement) == kind && judgement.inputs().isPresent()) {
                member(judgement, base, judgements.size() + i).ifPresent(members::add);
            }
        }
        return members.isEmpty()
                ? Optional.empty()
                : Optional.of(new Category(
                        name,
                        members.stream().map(EfficiencyCategory.Member::name).toList(),
                        EfficiencyCategory.of(members, PegHistory.Rule.standard())));
    }

    private Optional<EfficiencyCategory.Member> member(
            AssetJudgement judgement, Optional<PriceSeries> base, int stream) {
        // Exchange rates are staircases within a day, and a lost peg lasts for days.
        Duration period = DAY;
        PriceSeries own = judgement.reserve().prices().series().resample(period);
        PriceSeries ratio =
                base.map(other -> ratio(own, other.resample(period))).orElse(own);
        if (ratio.size() <= settings.history().fewestReturns()) {
            return Optional.empty();
        }
        Measures measures;
        try {
            measures = model.measure(
                    ratio.logReturns(period.multipliedBy(2), GapPolicy.KEEP),
                    period,
                    ForecastModel.CHAMPION,
                    settings,
                    stream);
        } catch (IllegalArgumentException e) {
            // A ratio that never moves has no falls to judge by; the reserve then belongs to no category.
            return Optional.empty();
        }
        ReserveInputs from = judgement.inputs().orElseThrow();
        ReserveParameters made = ReserveCalibration.of(new ReserveInputs(
                measures.falls(),
                from.lags(),
                from.sizes(),
                from.collateral(),
                from.debt(),
                from.costs(),
                new ReserveInputs.Current(
                        0,
                        from.current().protocolFee(),
                        from.current().reserveFactor(),
                        from.current().optimalUtilisation()),
                from.income(),
                from.facts(),
                from.rules()));
        return Optional.of(new EfficiencyCategory.Member(judgement.reserve().symbol(), made, peg(ratio)));
    }

    /** Where both have a price in the same period. */
    private static PriceSeries ratio(PriceSeries own, PriceSeries base) {
        Map<Instant, Double> other = new TreeMap<>();
        for (int i = 0; i < base.size(); i++) {
            other.put(base.time(i), base.price(i));
        }
        List<Instant> times = new ArrayList<>();
        double[] ratios = new double[own.size()];
        for (int i = 0; i < own.size(); i++) {
            Double price = other.get(own.time(i));
            if (price != null) {
                ratios[times.size()] = own.price(i) / price;
                times.add(own.time(i));
            }
        }
        return PriceSeries.of(times, Arrays.copyOf(ratios, times.size()));
    }

    private long peg(PriceSeries daily) {
        long[] times = new long[daily.size()];
        double[] offs = new double[daily.size()];
        for (int i = 0; i < daily.size(); i++) {
            double[] month = new double[Math.min(PAR_DAYS, i + 1)];
            for (int j = 0; j < month.length; j++) {
                month[j] = daily.price(i - j);
            }
            Arrays.sort(month);
            times[i] = daily.time(i).getEpochSecond();
            offs[i] = daily.price(i) / month[month.length / 2];
        }
        return PegHistory.of(times, offs, PegHistory.Rule.standard())
                .daysOfPeg(market.time().getEpochSecond());
    }
}
