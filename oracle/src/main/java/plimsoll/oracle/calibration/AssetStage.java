package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import plimsoll.oracle.calibration.BacktestStage.Trial;
import plimsoll.risk.calibration.DepthCurve;
import plimsoll.risk.calibration.Eligibility;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.ReserveCalibration;
import plimsoll.risk.calibration.ReserveInputs;
import plimsoll.risk.calibration.ReserveInputs.Falls;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.risk.liquidity.ImpactCurve;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.risk.stress.StressedAsset.Kind;

/** Judges each reserve by itself: how its price falls, what its venues take, and what its parameters come to. */
final class AssetStage {

    /** Periods that a series too coarse for the settings is judged in. */
    private static final List<Duration> PERIODS = List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1));

    /** More than anybody holds, and far from overflowing: depth that nobody has quoted bounds nothing. */
    private static final double UNKNOWN_DEPTH = 1e15;

    private final CalibrationSettings settings;
    private final LossModel model;
    private final MarketState market;

    AssetStage(CalibrationSettings settings, LossModel model, MarketState market) {
        this.settings = settings;
        this.model = model;
        this.market = market;
    }

    /** @param stream number of the reserve's own stream of chance */
    AssetJudgement judge(Reserve reserve, int stream) {
        Optional<String> fault =
                reserve.prices().fault(market.time(), settings.history().grace());
        if (fault.isPresent()) {
            return AssetJudgement.refused(reserve, people(reserve).orElse(fault.get()));
        }
        PriceSeries prices = reserve.prices().series();
        Duration period = period(prices);
        ReturnSeries returns = returns(prices, period);
        if (returns.size() < settings.history().fewestReturns()) {
            String reason = "history is too short: returns=" + returns.size() + " needed="
                    + settings.history().fewestReturns() + " period=" + period;
            return AssetJudgement.refused(reserve, people(reserve).orElse(reason));
        }
        Trial trial;
        Measures measures;
        try {
            trial = BacktestStage.of(prices, settings);
            measures = model.measure(returns, period, trial.champion(), settings, stream);
        } catch (IllegalArgumentException e) {
            // The model refuses what it cannot judge, such as a price that never moves; its sentence is the reason.
            return AssetJudgement.refused(reserve, people(reserve).orElse(String.valueOf(e.getMessage())));
        }
        Optional<String> obstacle = people(reserve).or(market::bookFault);
        if (obstacle.isPresent()) {
            // Its price still moves the book: only its own parameters stay.
            return new AssetJudgement(
                    reserve,
                    obstacle,
                    trial,
                    Optional.of(returns),
                    Optional.of(measures),
                    Optional.empty(),
                    Optional.empty(),
                    isQuoted(reserve));
        }
        ReserveInputs inputs = inputs(reserve, measures, prices);
        ReserveParameters answer = ReserveCalibration.of(inputs);
        Optional<String> excluded = answer.eligibility() instanceof Eligibility.Verdict.Excluded verdict
                ? Optional.of(String.join("; ", verdict.reasons()))
                : Optional.empty();
        return new AssetJudgement(
                reserve,
                excluded,
                trial,
                Optional.of(returns),
                Optional.of(measures),
                Optional.of(inputs),
                Optional.of(answer),
                isQuoted(reserve));
    }

    private boolean isQuoted(Reserve reserve) {
        return market.sales().containsKey(reserve.asset());
    }

    /** What people have decided about the reserve stands above any measure. */
    private static Optional<String> people(Reserve reserve) {
        if (!reserve.current().isCollateral()) {
            return Optional.of("reserve is not collateral");
        }
        if (reserve.current().ltv().isZero()) {
            return Optional.of("LTV is zero: people have closed this collateral for borrowing");
        }
        return reserve.note();
    }

    private Duration period(PriceSeries prices) {
        if (prices.size() < 2) {
            return settings.history().period();
        }
        // A tenth is forgiven: an hourly sampler's steps are 59 or 61 minutes.
        Duration typical = prices.typicalStep().multipliedBy(10).dividedBy(11);
        return PERIODS.stream()
                .filter(period -> period.compareTo(settings.history().period()) >= 0)
                .filter(period -> period.compareTo(typical) >= 0)
                .findFirst()
                .orElse(settings.history().period());
    }

    private ReturnSeries returns(PriceSeries observed, Duration period) {
        PriceSeries regular = observed.resample(period);
        int most = settings.history().mostReturns();
        if (regular.size() > most + 1) {
            int first = regular.size() - most - 1;
            regular = regular.between(
                    regular.time(first), regular.times().getLast().plusSeconds(1));
        }
        // A fall across an outage did happen to whoever held the asset: its return stays, and the gap is counted.
        return regular.logReturns(period.multipliedBy(2), GapPolicy.KEEP);
    }

    private ReserveInputs inputs(Reserve reserve, Measures measures, PriceSeries prices) {
        CalibrationSettings.LiquidationCosts costs = settings.costs();
        double price = reserve.price() > 0 ? reserve.price() : prices.price(prices.size() - 1);
        double bonus = share(reserve.current().liquidationBonus().raw());
        Optional<DepthCurve> depth = depth(market.sales().get(reserve.asset()));
        double collateral = market.book().collateralValue(reserve.asset());
        double cap = reserve.current().supplyCap() == 0
                ? Double.MAX_VALUE
                : reserve.current().supplyCap() * price;
        return new ReserveInputs(
                falls(reserve, measures),
                new ReserveInputs.Lags(
                        settings.horizons().liquidation(),
                        Duration.ZERO,
                        settings.horizons().user()),
                new ReserveInputs.Sizes(
                        price,
                        collateral > 0 ? collateral : cap == Double.MAX_VALUE ? 0 : cap,
                        settings.sizes().liquidatedShare(),
                        settings.sizes().liquidationValue()),
                depth.orElseGet(this::assumedDepth),
                reserve.isBorrowable()
                        ? depth(market.purchases().get(reserve.asset()))
                                .map(curve -> new ReserveInputs.Debt(curve, smallestBonus()))
                        : Optional.empty(),
                new ReserveInputs.Costs(
                        Estimate.exact(costs.oracleGap()),
                        costs.gasShare(),
                        costs.liquidatorMargin(),
                        costs.impactMultiplier()),
                new ReserveInputs.Current(
                        bonus,
                        share(reserve.protocolShareOfBonus().raw()),
                        share(reserve.reserveFactor().raw()),
                        settings.sizes().optimalUtilisation()),
                new ReserveInputs.Income(settings.budget().lossBudget(), 0, 0),
                new Eligibility.Facts(
                        Math.toIntExact(
                                Duration.between(prices.time(0), market.time()).toDays()),
                        depth.map(curve -> curve.valueWithin().applyAsDouble(bonus))
                                .orElse(UNKNOWN_DEPTH),
                        cap,
                        false,
                        1,
                        0),
                settings.eligibility());
    }

    /**
     * A pegged asset's own history says little of the day on which the peg breaks, which comes at once and not by the
     * hour: no fall is taken for less than that of a lost peg. What a borrower should survive stays the model's.
     */
    private Falls falls(Reserve reserve, Measures measures) {
        if (!isPegged(reserve)) {
            return measures.falls();
        }
        Estimate depeg = Estimate.exact(settings.regimes().depegFall());
        return new Falls(
                horizon -> deeper(measures.falls().shortfall().over(horizon), depeg),
                measures.falls().valueAtRisk(),
                horizon -> deeper(measures.falls().stressed().over(horizon), depeg));
    }

    private static Estimate deeper(Estimate measured, Estimate floor) {
        return new Estimate(
                Math.max(measured.low(), floor.low()),
                Math.max(measured.value(), floor.value()),
                Math.max(measured.high(), floor.high()));
    }

    static boolean isPegged(Reserve reserve) {
        Kind kind = StressStage.kind(reserve.symbol());
        return kind == Kind.STABLE || kind == Kind.STAKED_ETHER;
    }

    private double smallestBonus() {
        return market.reserves().stream()
                .filter(Reserve::isOpenCollateral)
                .mapToDouble(
                        reserve -> share(reserve.current().liquidationBonus().raw()))
                .min()
                .orElse(0);
    }

    private Optional<DepthCurve> depth(@org.jspecify.annotations.Nullable SaleQuotes quotes) {
        return Optional.ofNullable(quotes).map(found -> {
            ImpactCurve curve = ImpactCurve.of(found.values(), found.impacts());
            return new DepthCurve(
                    curve::impactOf, curve::sizeWithin, settings.sizes().recovery());
        });
    }

    /** Without quotes a sale of any size costs what the settings say: nothing is known that depends on size. */
    private DepthCurve assumedDepth() {
        double slippage = settings.costs().slippage();
        return new DepthCurve(
                value -> slippage,
                impact -> impact >= slippage ? UNKNOWN_DEPTH : 0,
                settings.sizes().recovery());
    }

    static double share(int bps) {
        return bps / 10_000.0;
    }
}
