package plimsoll.oracle.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.CollateralTerms;
import plimsoll.risk.simulation.KeeperBehaviour;
import plimsoll.risk.simulation.MarketSimulation;
import plimsoll.risk.simulation.SaleImpact;
import plimsoll.risk.simulation.SimulatedAsset;
import plimsoll.risk.simulation.SimulatedBook;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;
import plimsoll.risk.simulation.SimulatedMarket;
import plimsoll.risk.simulation.SimulationResult;
import plimsoll.risk.simulation.SimulationSettings;

/** One market with its stand-in borrowers, ready to be sent along price paths under any set of parameters. */
final class Replay {

    /** The efficiency mode of ether on Aave v3 Ethereum in 2023. */
    static final CollateralTerms ETHER_MODE = new CollateralTerms(0.90, 0.93, 0.01);

    /** Dollars for one liquidation's transaction. */
    static final double GAS = 20;

    /** Bad debt in dollars that no table would show. */
    private static final double DUST = 500;

    /** Half of a sale's pressure on the price is gone after this. */
    private static final Duration HALF_LIFE = Duration.ofHours(1);

    private static final SimulationSettings SETTINGS = new SimulationSettings(KeeperBehaviour.PROMPT, 1);

    private final List<ReserveRow> reserves;
    private final List<SaleImpact> depths;
    private final List<Profile> profiles;
    private final double resilience;

    /**
     * Prepares one market.
     *
     * @param reserves in the order of the paths' assets
     * @param step of the paths
     */
    Replay(Snapshot snapshot, List<ReserveRow> reserves, List<SaleImpact> depths, StandInBook book, Duration step) {
        this.reserves = List.copyOf(reserves);
        this.depths = List.copyOf(depths);
        profiles = book.of(
                snapshot, Set.copyOf(reserves.stream().map(ReserveRow::symbol).toList()));
        resilience = StrictMath.pow(0.5, (double) step.toSeconds() / HALF_LIFE.toSeconds());
    }

    List<String> symbols() {
        return reserves.stream().map(ReserveRow::symbol).toList();
    }

    /** What the parameters cost a book that was levered under {@code levers}. */
    Outcome run(PathSource paths, ParameterSet levers, ParameterSet parameters) {
        return run(paths, levers, parameters, 1);
    }

    /** The same in markets this many times as deep. */
    Outcome run(PathSource paths, ParameterSet levers, ParameterSet parameters, double depth) {
        var book = book(levers);
        var result = MarketSimulation.run(paths, market(parameters, depth), book, SETTINGS, 1);
        return Outcome.of(result, owed(book));
    }

    double owed(ParameterSet levers) {
        return owed(book(levers));
    }

    private double owed(SimulatedBook book) {
        var sum = 0.0;
        for (var debt : book.debtByAsset(reserves.size())) {
            sum += debt;
        }
        return sum;
    }

    private SimulatedMarket market(ParameterSet parameters, double depth) {
        var assets = new ArrayList<SimulatedAsset>();
        for (var i = 0; i < reserves.size(); i++) {
            var reserve = reserves.get(i);
            assets.add(new SimulatedAsset(
                    reserve.symbol(),
                    parameters.of(reserve.symbol()),
                    reserve.protocolShareOfBonus().raw() / 10_000.0,
                    true,
                    depth == 1 ? depths.get(i) : depths.get(i).deepened(depth),
                    resilience,
                    GAS));
        }
        return new SimulatedMarket(assets, List.of(ETHER_MODE));
    }

    private SimulatedBook book(ParameterSet levers) {
        var index = new TreeMap<String, Integer>();
        for (var symbol : symbols()) {
            index.put(symbol, index.size());
        }
        var accounts = new ArrayList<Account>();
        for (var profile : profiles) {
            var collateral = new ArrayList<Collateral>();
            profile.collateral().forEach((symbol, value) -> {
                var asset = index.get(symbol);
                if (asset != null) {
                    collateral.add(new Collateral(asset, value, profile.isEtherOnly() ? 0 : SimulatedBook.NO_E_MODE));
                }
            });
            var owed = owed(profile, levers);
            var debt = new ArrayList<Debt>();
            profile.debtMix().forEach((symbol, share) -> {
                var asset = index.get(symbol);
                if (asset != null) {
                    debt.add(new Debt(asset, owed * share));
                }
            });
            accounts.add(new Account(collateral, debt));
        }
        return SimulatedBook.of(accounts);
    }

    /** What a borrower owes under these parameters, in dollars. */
    static double owed(Profile profile, ParameterSet levers) {
        var limit = 0.0;
        var threshold = 0.0;
        for (var held : profile.collateral().entrySet()) {
            var terms = profile.isEtherOnly() ? ETHER_MODE : levers.of(held.getKey());
            limit += held.getValue() * terms.ltv();
            threshold += held.getValue() * terms.liquidationThreshold();
        }
        return profile.debt(limit, threshold);
    }

    /**
     * What one set of parameters cost on all paths together, in dollars.
     *
     * @param owed by the book at the start of a path
     * @param worst bad debt of the worst path
     * @param forced debt of accounts that the parameters themselves made liquidatable at the start of a path
     */
    record Outcome(
            int paths,
            double owed,
            double borrowingPower,
            double badDebt,
            double worst,
            double liquidated,
            double calls,
            double forced,
            SortedMap<String, Double> badDebtBehind) {

        Outcome {
            badDebtBehind = new TreeMap<>(badDebtBehind);
        }

        static Outcome of(SimulationResult result, double owed) {
            var worst = 0.0;
            for (var path = 0; path < result.paths(); path++) {
                worst = Math.max(worst, result.byPath().badDebt(path));
            }
            var behind = new TreeMap<String, Double>();
            result.byAsset().forEach(asset -> behind.put(asset.asset(), asset.badDebtBehind() * result.paths()));
            return new Outcome(
                    result.paths(),
                    owed,
                    result.borrowingPower(),
                    result.badDebt().mean().value() * result.paths(),
                    worst,
                    result.liquidated().mean().value() * result.paths(),
                    result.liquidations().value() * result.paths(),
                    result.atStart().debt(),
                    behind);
        }

        /** The collateral behind most of the bad debt; empty where none has more than dust behind it. */
        Optional<String> worstAsset() {
            return badDebtBehind.entrySet().stream()
                    .filter(entry -> entry.getValue() >= DUST)
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey);
        }

        /** Bad debt over liquidated collateral. */
        double share() {
            return liquidated > 0 ? badDebt / liquidated : 0;
        }

        /** Both together; what the book owes and may borrow is the first one's. */
        Outcome plus(Outcome other) {
            var behind = new TreeMap<>(badDebtBehind);
            other.badDebtBehind.forEach((asset, value) -> behind.merge(asset, value, Double::sum));
            return new Outcome(
                    paths + other.paths,
                    owed,
                    borrowingPower,
                    badDebt + other.badDebt,
                    Math.max(worst, other.worst),
                    liquidated + other.liquidated,
                    calls + other.calls,
                    forced,
                    behind);
        }
    }
}
