package plimsoll.oracle.study;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.Book;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.CalibrationSettings.Budget;
import plimsoll.oracle.calibration.CalibrationSettings.Chance;
import plimsoll.oracle.calibration.CalibrationSettings.Checks;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FileHistory;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.NoHistory;
import plimsoll.oracle.calibration.Origin;
import plimsoll.oracle.calibration.PriceHistory;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.calibration.SaleQuotes;
import plimsoll.oracle.file.InputFile;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.PriceDirectory;
import plimsoll.oracle.file.Wanted;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.parameter.StabilityRule;
import plimsoll.risk.simulation.CollateralTerms;
import plimsoll.risk.simulation.SaleImpact;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;

/**
 * The oracle's own calibration of a past market: its usual settings, fewer paths, prices up to the eve, the stand-in book
 * and depths. The model's whole answer is taken: no dead-band, no largest step, no limit on what a change forces.
 */
final class CalibratedParameters {

    static final int PATHS = 4_096;

    private static final Chance CHANCE = new Chance(PATHS, 20, PATHS, 20_260_101);
    private static final int REFINEMENTS = 12;

    private static final StabilityRule WHOLE_ANSWER =
            new StabilityRule(Bps.ZERO, new Bps(10_000), new Bps(10_000), new Bps(9_500), new Bps(1));

    /** Sizes at which a depth is handed over, in dollars, each twice the one before. */
    private static final double SMALLEST_SALE = 1_000;

    private static final int SALES = 18;
    private static final double MOST_IMPACT = 0.5;

    private final PriceDirectory prices;
    private final StandInDepth depths;
    private final StandInBook book;
    private final CalibrationSettings settings;
    private final Map<LocalDate, Map<LocalDate, Judgement>> known = new HashMap<>();

    CalibratedParameters(StudyFiles files, StandInDepth depths, StandInBook book) {
        prices = PriceDirectory.open(files.prices());
        this.depths = depths;
        this.book = book;
        settings = settings();
    }

    static CalibrationSettings settings() {
        var usual = CalibrationSettings.standard();
        return new CalibrationSettings(
                usual.level(),
                usual.history(),
                usual.horizons(),
                usual.antiProcyclicality(),
                usual.costs(),
                usual.sizes(),
                usual.keepers(),
                usual.regimes(),
                usual.eligibility(),
                CHANCE,
                new Budget(Study.BUDGET, usual.budget().lossBudget(), 1, 1, REFINEMENTS),
                new Checks(false, false, 0),
                usual.scope(),
                WHOLE_ANSWER,
                usual.mostForcedLiquidations());
    }

    /** What a calibration would have said on a day, knowing nothing of that day or later. */
    Judgement asOf(Snapshot snapshot, LocalDate day) {
        return known.computeIfAbsent(snapshot.date(), any -> new HashMap<>())
                .computeIfAbsent(day, any -> calibrate(snapshot, day));
    }

    private Judgement calibrate(Snapshot snapshot, LocalDate day) {
        var outcomes = new Calibrator(settings, new FilteredHistoryModel())
                .calibrate(market(snapshot, day))
                .outcomes();
        var terms = new TreeMap<String, CollateralTerms>();
        var kept = new TreeMap<String, String>();
        var bonuses = new TreeMap<String, Double>();
        for (var outcome : outcomes) {
            var symbol = outcome.reserve().symbol();
            terms.put(symbol, terms(outcome.recommendation().parameters()));
            if (!outcome.reserve().current().isCollateral()) {
                continue;
            }
            var silence = silence(outcome);
            silence.ifPresent(why -> kept.put(symbol, why));
            if (silence.isEmpty()) {
                bonuses.put(symbol, outcome.answer().orElseThrow().bonus().value());
            }
        }
        return new Judgement(new ParameterSet("ours", terms), kept, bonuses);
    }

    /** Why a reserve kept what it had. */
    private static Optional<String> silence(AssetOutcome outcome) {
        var last = outcome.recommendation().reasons().getLast();
        return outcome.answer().isEmpty() || last.startsWith("kept: ")
                ? Optional.of(last.replaceFirst("^kept: ", ""))
                : Optional.empty();
    }

    private static CollateralTerms terms(CollateralParameters parameters) {
        return parameters.isCollateral()
                ? new CollateralTerms(
                        parameters.ltv().raw() / 10_000.0,
                        parameters.liquidationThreshold().raw() / 10_000.0,
                        parameters.liquidationBonus().raw() / 10_000.0)
                : CollateralTerms.NONE;
    }

    private MarketState market(Snapshot snapshot, LocalDate day) {
        var end = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var shot = snapshot.date().atStartOfDay(ZoneOffset.UTC).toInstant();
        var reserves = new ArrayList<Reserve>();
        var sales = new TreeMap<Address, SaleQuotes>();
        for (var row : snapshot.reserves()) {
            reserves.add(reserve(row, end));
            depths.of(row.symbol(), shot).ifPresent(impact -> sales.put(row.asset(), quotes(impact)));
        }
        return new MarketState(
                new Origin.FromFiles(snapshot.market(), snapshot.date(), day, List.of()),
                end,
                reserves,
                accounts(snapshot, reserves, sales.keySet()),
                Optional.empty(),
                sales,
                Map.of());
    }

    private Reserve reserve(ReserveRow row, Instant end) {
        return new Reserve(
                row.asset(),
                row.symbol(),
                row.parameters(),
                row.protocolShareOfBonus(),
                row.reserveFactor(),
                row.borrowable() && !row.frozen(),
                row.frozen() ? Optional.of("reserve is frozen") : Optional.empty(),
                row.price(),
                history(row.symbol(), end));
    }

    private PriceHistory history(String symbol, Instant end) {
        var wanted = Wanted.every(settings.history().period()).until(end);
        return prices.find(WindowPrices.asset(symbol), wanted)
                .<PriceHistory>map(series -> new FileHistory(
                        series.source(),
                        series.files().stream().map(InputFile::name).toList(),
                        Map.of(),
                        series.contentHash(),
                        series.prices()))
                .orElseGet(NoHistory::new);
    }

    private static SaleQuotes quotes(SaleImpact impact) {
        var points = new ArrayList<SaleQuotes.Point>();
        var value = SMALLEST_SALE;
        for (var i = 0; i < SALES; i++) {
            var average = impact.average(value);
            if (average > MOST_IMPACT) {
                break;
            }
            points.add(new SaleQuotes.Point(value, average));
            value *= 2;
        }
        return new SaleQuotes("stand-in", "USDC", points);
    }

    /** The stand-in book of the day under what was set, of assets whose price and depth are known. */
    private Book accounts(Snapshot snapshot, List<Reserve> reserves, Set<Address> quoted) {
        var set = AgainstGovernance.set(snapshot);
        var places = reserves.stream()
                .filter(reserve -> quoted.contains(reserve.asset()))
                .collect(Collectors.toMap(Reserve::symbol, Reserve::asset));
        var accounts = new ArrayList<Book.Account>();
        for (var profile : book.of(snapshot, places.keySet())) {
            var collateral = new ArrayList<Book.Collateral>();
            profile.collateral()
                    .forEach((symbol, value) -> collateral.add(new Book.Collateral(
                            Objects.requireNonNull(places.get(symbol)),
                            base(value),
                            profile.isEtherOnly()
                                    ? Optional.of(
                                            Bps.ofRaw(Math.round(10_000 * Replay.ETHER_MODE.liquidationThreshold())))
                                    : Optional.empty())));
            var owed = Replay.owed(profile, set);
            var debts = new ArrayList<Book.Debt>();
            profile.debtMix()
                    .forEach((symbol, share) ->
                            debts.add(new Book.Debt(Objects.requireNonNull(places.get(symbol)), base(owed * share))));
            var all = debts.stream().map(Book.Debt::value).reduce(BaseValue.ZERO, BaseValue::plus);
            accounts.add(
                    new Book.Account(Address.parse("0x%040x".formatted(accounts.size() + 1)), all, debts, collateral));
        }
        return new Book(accounts);
    }

    private static BaseValue base(double dollars) {
        return BaseValue.ofRaw(BigDecimal.valueOf(dollars)
                .movePointRight(Book.DECIMALS)
                .setScale(0, RoundingMode.FLOOR)
                .toBigInteger());
    }
}
