package plimsoll.oracle.calibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.risk.liquidity.ImpactCurve;
import plimsoll.risk.simulation.CollateralTerms;
import plimsoll.risk.simulation.SaleImpact;
import plimsoll.risk.simulation.SimulatedAsset;
import plimsoll.risk.simulation.SimulatedBook;
import plimsoll.risk.simulation.SimulatedMarket;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * A market's book as a simulation sees it: every asset that anyone holds or owes, those with a price model first; the others
 * keep their price.
 */
final class BookModel {

    /** Points at which a fitted impact curve is handed over, evenly on a logarithmic scale. */
    private static final int IMPACT_POINTS = 24;

    private final CalibrationSettings settings;
    private final MarketState market;
    private final List<AssetJudgement> assets = new ArrayList<>();
    private final int priced;
    private final Map<Address, Integer> index = new HashMap<>();
    private final List<Bps> fixedThresholds;
    private final SimulatedBook book;

    private BookModel(CalibrationSettings settings, MarketState market, List<AssetJudgement> judgements) {
        this.settings = settings;
        this.market = market;
        TreeSet<Address> used = new TreeSet<>();
        for (Book.Account account : market.book().accounts()) {
            account.debts().forEach(debt -> used.add(debt.asset()));
            account.collateral().forEach(collateral -> used.add(collateral.asset()));
        }
        List<AssetJudgement> constant = new ArrayList<>();
        for (AssetJudgement judgement : judgements) {
            if (used.contains(judgement.reserve().asset())) {
                (hasModel(judgement) ? assets : constant).add(judgement);
            }
        }
        priced = assets.size();
        assets.addAll(constant);
        for (int i = 0; i < assets.size(); i++) {
            index.put(assets.get(i).reserve().asset(), i);
        }
        TreeSet<Bps> fixed = new TreeSet<>();
        market.book()
                .accounts()
                .forEach(account -> account.collateral()
                        .forEach(collateral -> collateral.fixedThreshold().ifPresent(fixed::add)));
        fixedThresholds = List.copyOf(fixed);
        book = simulated();
    }

    /** Empty where nobody owes anything, or nothing that is held or owed has a price model. */
    static Optional<BookModel> of(CalibrationSettings settings, MarketState market, List<AssetJudgement> judgements) {
        BookModel model = new BookModel(settings, market, judgements);
        return model.book.accounts() == 0 || model.priced == 0 ? Optional.empty() : Optional.of(model);
    }

    private static boolean hasModel(AssetJudgement judgement) {
        return judgement.measures().flatMap(Measures::marginal).isPresent();
    }

    /** Those with a price model, in the order of the simulation's first assets. */
    List<AssetJudgement> priced() {
        return List.copyOf(assets.subList(0, priced));
    }

    /** Every asset of the simulation, in its order. */
    List<AssetJudgement> assets() {
        return List.copyOf(assets);
    }

    /** Assets whose price is held still, for want of a model. */
    List<String> still() {
        return assets.subList(priced, assets.size()).stream()
                .map(judgement -> judgement.reserve().symbol())
                .toList();
    }

    SimulatedBook book() {
        return book;
    }

    double debt() {
        double sum = 0;
        for (double debt : book.debtByAsset(assets.size())) {
            sum += debt;
        }
        return sum;
    }

    /** The market under these parameters; reserves without an entry keep their own. */
    SimulatedMarket under(Map<Address, CollateralParameters> parameters) {
        TreeMap<Address, CollateralTerms> terms = new TreeMap<>();
        parameters.forEach((asset, vector) -> terms.put(asset, terms(vector)));
        return market(terms);
    }

    /** The market on these terms; reserves without an entry keep their own. */
    SimulatedMarket market(Map<Address, CollateralTerms> terms) {
        List<SimulatedAsset> simulated = new ArrayList<>();
        for (AssetJudgement judgement : assets) {
            Reserve reserve = judgement.reserve();
            CollateralTerms own = terms.get(reserve.asset());
            simulated.add(new SimulatedAsset(
                    reserve.symbol(),
                    own == null ? terms(reserve.current()) : own,
                    AssetStage.share(reserve.protocolShareOfBonus().raw()),
                    reserve.isBorrowable(),
                    impact(reserve),
                    resilience(),
                    settings.keepers().gasPerLiquidation()));
        }
        List<CollateralTerms> modes = fixedThresholds.stream()
                .map(threshold -> new CollateralTerms(
                        0, AssetStage.share(threshold.raw()), modeBonus(AssetStage.share(threshold.raw()))))
                .toList();
        return new SimulatedMarket(simulated, modes);
    }

    /** A mode's bonus is not known here: what the threshold leaves room for, at most what reserves usually pay. */
    private static double modeBonus(double threshold) {
        return threshold == 0 ? 0 : Math.max(0, Math.min(0.01, 1 / threshold - 1));
    }

    static CollateralTerms terms(CollateralParameters vector) {
        return new CollateralTerms(
                AssetStage.share(Math.min(
                        vector.ltv().raw(), vector.liquidationThreshold().raw())),
                AssetStage.share(vector.liquidationThreshold().raw()),
                AssetStage.share(vector.liquidationBonus().raw()));
    }

    private SimulatedBook simulated() {
        List<SimulatedBook.Account> accounts = new ArrayList<>();
        for (Book.Account account : market.book().accounts()) {
            List<SimulatedBook.Collateral> collateral = new ArrayList<>();
            for (Book.Collateral held : account.collateral()) {
                collateral.add(new SimulatedBook.Collateral(
                        place(held.asset()),
                        Book.units(held.value()),
                        held.fixedThreshold().map(fixedThresholds::indexOf).orElse(SimulatedBook.NO_E_MODE)));
            }
            List<SimulatedBook.Debt> debts = new ArrayList<>();
            for (Book.Debt owed : account.debts()) {
                debts.add(new SimulatedBook.Debt(place(owed.asset()), Book.units(owed.value())));
            }
            accounts.add(new SimulatedBook.Account(collateral, debts));
        }
        return SimulatedBook.of(accounts);
    }

    private int place(Address asset) {
        Integer found = index.get(asset);
        if (found == null) {
            throw new IllegalArgumentException("Book holds an asset that the market does not list: asset=" + asset);
        }
        return found;
    }

    private SaleImpact impact(Reserve reserve) {
        SaleQuotes quotes = market.sales().get(reserve.asset());
        if (quotes == null) {
            double slippage = settings.costs().slippage();
            return SaleImpact.of(new double[] {1, 1e12}, new double[] {slippage, slippage});
        }
        ImpactCurve curve = ImpactCurve.of(quotes.values(), quotes.impacts());
        double smallest = quotes.points().getFirst().value();
        double largest = quotes.points().getLast().value();
        double[] sizes = new double[IMPACT_POINTS];
        double[] impacts = new double[IMPACT_POINTS];
        for (int i = 0; i < IMPACT_POINTS; i++) {
            sizes[i] = smallest * StrictMath.exp(i / (IMPACT_POINTS - 1.0) * StrictMath.log(largest / smallest));
            impacts[i] = Math.min(SaleImpact.WORST, curve.impactOf(sizes[i]));
        }
        return SaleImpact.of(sizes, impacts);
    }

    /** The share of selling pressure that is still there one period later. */
    private double resilience() {
        return StrictMath.exp(-(double) settings.history().period().toSeconds()
                / Math.max(1, settings.sizes().recovery().toSeconds()));
    }
}
