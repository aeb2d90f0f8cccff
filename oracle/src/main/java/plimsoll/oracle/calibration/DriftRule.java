package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import plimsoll.oracle.calibration.Drift.DeepFall;
import plimsoll.oracle.calibration.Drift.LightTurned;
import plimsoll.oracle.calibration.Drift.SuppliedChange;
import plimsoll.oracle.calibration.Drift.UtilisationChange;
import plimsoll.oracle.calibration.Drift.VolatilityRegime;
import plimsoll.risk.backtest.TrafficLight;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.units.Address;

/**
 * When a market should be judged anew before its time has come.
 *
 * @param coolDown no drift calibration comes sooner after any other
 * @param level of the falls at risk; one that manifests hold, 0.99, 0.995 or 0.999
 */
public record DriftRule(Duration coolDown, double level, VolatilityBand volatility, LiquidityBand liquidity) {

    private static final List<Double> LEVELS = List.of(0.99, 0.995, 0.999);
    /** The level of the manifest's newest forecasts of one day, which the light is about. */
    private static final double LIGHT_LEVEL = 0.99;

    private static final Duration DAY = Duration.ofDays(1);
    private static final double SECONDS_PER_YEAR = 365.0 * 86_400;

    public DriftRule {
        if (coolDown.isNegative()) {
            throw new IllegalArgumentException("Cool-down is negative: found=" + coolDown);
        }
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("No manifest holds this level: found=" + level + " allowed=" + LEVELS);
        }
    }

    /**
     * Realised volatility over the forecast, and when it is worth looking at.
     *
     * @param factor the ratio lies between 1/factor and this
     * @param floor a year's volatility below which differences do not matter: both count as this at least
     * @param fewestReturns since the calibration; fewer say nothing
     * @param mostReturns the newest of them
     */
    public record VolatilityBand(double factor, double floor, int fewestReturns, int mostReturns) {
        public VolatilityBand {
            if (!(factor > 1) || !(floor >= 0) || fewestReturns < 2 || mostReturns < fewestReturns) {
                throw new IllegalArgumentException(
                        "Volatility band needs factor > 1, floor >= 0 and 2 <= fewest <= most:"
                                + " factor=" + factor + " floor=" + floor + " fewest=" + fewestReturns + " most="
                                + mostReturns);
            }
        }
    }

    /**
     * How far a reserve's size and use may move.
     *
     * @param suppliedChange over the larger of both, in (0, 1]
     * @param utilisationChange in (0, 1]
     * @param leastSupplied value, in whole units of the base currency, below which a reserve is too small to matter
     */
    public record LiquidityBand(double suppliedChange, double utilisationChange, double leastSupplied) {
        public LiquidityBand {
            if (!isShare(suppliedChange) || !isShare(utilisationChange) || !(leastSupplied >= 0)) {
                throw new IllegalArgumentException(
                        "Liquidity band needs shares in (0, 1] and a value of 0 or more: supplied=" + suppliedChange
                                + " utilisation=" + utilisationChange + " least=" + leastSupplied);
            }
        }

        private static boolean isShare(double share) {
            return share > 0 && share <= 1;
        }
    }

    /** 99 %, a factor of 2 over 12 to 72 returns, a quarter of supply, a fifth of utilisation, 4 h between calibrations. */
    public static DriftRule standard() {
        return new DriftRule(
                Duration.ofHours(4),
                0.99,
                new VolatilityBand(2, 0.05, 12, 72),
                new LiquidityBand(0.25, 0.20, 1_000_000));
    }

    /**
     * What the newest calibration said.
     *
     * @param time nothing later was known to it
     */
    public record Basis(Instant time, Map<Address, Judged> judged, Map<Address, ReserveTotals> totals) {
        public Basis {
            judged = new TreeMap<>(judged);
            totals = new TreeMap<>(totals);
        }
    }

    /**
     * The market as it is seen now.
     *
     * @param time what is stamped later is not looked at
     * @param reserves with their newest prices, reaching back to the calibration where that can be had
     */
    public record Sight(Instant time, List<Reserve> reserves, Map<Address, ReserveTotals> totals) {
        public Sight {
            reserves = List.copyOf(reserves);
            totals = new TreeMap<>(totals);
        }
    }

    /** Whether the newest calibration is too fresh for another. */
    public boolean isResting(Instant calibrated, Instant now) {
        return now.isBefore(calibrated.plus(coolDown));
    }

    /** Every reason to calibrate anew, in the market's order; an asset that was not judged has none. */
    public List<Drift> drifts(Basis basis, Sight sight) {
        List<Drift> found = new ArrayList<>();
        for (Reserve reserve : sight.reserves()) {
            Judged judged = basis.judged().get(reserve.asset());
            if (judged == null || reserve.prices() instanceof NoHistory) {
                continue;
            }
            PriceSeries prices = reserve.prices().series();
            // What lies in the future of the block is a broken feed's, and no reason for anything.
            PriceSeries known = prices.size() == 0
                    ? prices
                    : prices.between(prices.time(0), sight.time().plusNanos(1));
            if (known.size() == 0) {
                continue;
            }
            PriceSeries since = since(known, basis.time());
            deepFall(judged, since, basis.time()).ifPresent(found::add);
            lightTurned(judged, since, basis.time(), sight.time()).ifPresent(found::add);
            volatilityRegime(judged, since).ifPresent(found::add);
            found.addAll(liquidityChanges(
                    judged.symbol(),
                    Optional.ofNullable(basis.totals().get(reserve.asset())),
                    Optional.ofNullable(sight.totals().get(reserve.asset())),
                    known.price(known.size() - 1)));
        }
        return found;
    }

    /** From the price that was in force at the calibration; from the first that was seen where that is a later one. */
    private static PriceSeries since(PriceSeries known, Instant calibrated) {
        int first = 0;
        while (first + 1 < known.size() && !known.time(first + 1).isAfter(calibrated)) {
            first++;
        }
        return known.between(known.time(first), known.times().getLast().plusNanos(1));
    }

    private Optional<Drift> deepFall(Judged judged, PriceSeries since, Instant calibrated) {
        for (RiskMeasure measure : judged.risk()) {
            Duration horizon = judged.horizon(measure);
            double fall = deepestFall(since, calibrated, calibrated.plus(horizon));
            double allowed = measure.fallAtRisk().value();
            if (measure.level() == level && fall > Math.max(0, allowed)) {
                return Optional.of(new DeepFall(judged.symbol(), fall, horizon, level, allowed));
            }
        }
        return Optional.empty();
    }

    /**
     * A day since the calibration is an exception once the price has fallen deeper within it than its fall at risk: under
     * the forecast as probable as the loss of a day beyond its value at risk, which is what the backtest's days count.
     * A day that is not over counts only when it is one already.
     */
    private static Optional<Drift> lightTurned(Judged judged, PriceSeries since, Instant calibrated, Instant now) {
        OptionalDouble allowed = judged.risk().stream()
                .filter(measure -> measure.level() == LIGHT_LEVEL
                        && judged.horizon(measure).equals(DAY))
                .mapToDouble(measure -> measure.fallAtRisk().value())
                .findFirst();
        if (allowed.isEmpty() || judged.exceptions().size() < TrafficLight.WINDOW) {
            return Optional.empty();
        }
        List<Boolean> days = new ArrayList<>(judged.exceptions());
        for (Instant start = calibrated; start.isBefore(now); start = start.plus(DAY)) {
            Instant end = start.plus(DAY);
            boolean exception = deepestFall(since, start, end) > Math.max(0, allowed.getAsDouble());
            if (exception || !end.isAfter(now)) {
                days.add(exception);
            }
        }
        int before = exceptions(judged.exceptions());
        int after = exceptions(days);
        TrafficLight.Zone was = TrafficLight.zone(before, LIGHT_LEVEL);
        TrafficLight.Zone is = TrafficLight.zone(after, LIGHT_LEVEL);
        return is.compareTo(was) > 0
                ? Optional.of(new LightTurned(judged.symbol(), before, was, after, is))
                : Optional.empty();
    }

    private static int exceptions(List<Boolean> days) {
        int count = 0;
        for (boolean exception : days.subList(days.size() - TrafficLight.WINDOW, days.size())) {
            count += exception ? 1 : 0;
        }
        return count;
    }

    /** How deep the price stood below the one in force at a time, until another; a fraction of it, 0 or more. */
    private static double deepestFall(PriceSeries prices, Instant from, Instant to) {
        double first = prices.price(0);
        double deepest = 0;
        for (int i = 0; i < prices.size() && !prices.time(i).isAfter(to); i++) {
            if (!prices.time(i).isAfter(from)) {
                first = prices.price(i);
            } else {
                deepest = Math.max(deepest, 1 - prices.price(i) / first);
            }
        }
        return deepest;
    }

    /** The root of the mean squared return, its mean taken as zero: a return across a gap counts for all of its time. */
    private Optional<Drift> volatilityRegime(Judged judged, PriceSeries since) {
        PriceSeries regular = since.resample(judged.period());
        ReturnSeries returns = regular.logReturns(judged.period().multipliedBy(2), GapPolicy.KEEP);
        int used = Math.min(returns.size(), volatility.mostReturns());
        if (used < volatility.fewestReturns()) {
            return Optional.empty();
        }
        double squares = 0;
        for (int i = returns.size() - used; i < returns.size(); i++) {
            squares += returns.logReturn(i) * returns.logReturn(i);
        }
        Duration time = Duration.between(
                regular.time(regular.size() - 1 - used), regular.times().getLast());
        double realised = StrictMath.sqrt(squares * SECONDS_PER_YEAR / time.toSeconds());
        double ratio = Math.max(realised, volatility.floor()) / Math.max(judged.annualVolatility(), volatility.floor());
        return ratio > volatility.factor() || ratio < 1 / volatility.factor()
                ? Optional.of(new VolatilityRegime(
                        judged.symbol(), realised, judged.annualVolatility(), used, volatility.factor()))
                : Optional.empty();
    }

    private List<Drift> liquidityChanges(
            String symbol, Optional<ReserveTotals> before, Optional<ReserveTotals> now, double price) {
        if (before.isEmpty() || now.isEmpty()) {
            return List.of();
        }
        double was = before.get().suppliedTokens();
        double is = now.get().suppliedTokens();
        double larger = Math.max(was, is);
        if (larger == 0 || larger * price < liquidity.leastSupplied()) {
            return List.of();
        }
        List<Drift> found = new ArrayList<>();
        if (Math.abs(is - was) / larger > liquidity.suppliedChange()) {
            found.add(new SuppliedChange(symbol, was, is, liquidity.suppliedChange()));
        }
        double lentBefore = before.get().utilisation();
        double lent = now.get().utilisation();
        if (Math.abs(lent - lentBefore) > liquidity.utilisationChange()) {
            found.add(new UtilisationChange(symbol, lentBefore, lent, liquidity.utilisationChange()));
        }
        return found;
    }
}
