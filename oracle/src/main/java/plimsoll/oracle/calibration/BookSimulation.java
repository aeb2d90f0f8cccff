package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import plimsoll.oracle.calibration.CalibrationSettings.Chance;
import plimsoll.oracle.calibration.CalibrationSettings.Horizons;
import plimsoll.oracle.calibration.DependenceStage.Dependence;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.KeeperBehaviour;
import plimsoll.risk.simulation.SimulationSettings;
import plimsoll.risk.simulation.SimulationTask;
import plimsoll.units.Address;

/**
 * A market's book under given parameters, on the joint paths that a calibration would try them on: the same prices, the same
 * keepers, and nothing chosen.
 *
 * @param still assets that people hold or owe whose price is held still, for want of a price series
 * @param notes what had to be assumed
 */
public record BookSimulation(PathSource paths, SimulationTask task, List<String> still, List<String> notes) {

    /** Figures by reserve are not wanted here; these are the fewest that they can be made of. */
    private static final int FEWEST_PATHS = 1_000;

    private static final int FEWEST_REPLICATIONS = 20;

    public BookSimulation {
        still = List.copyOf(still);
        notes = List.copyOf(notes);
    }

    /**
     * Fits the prices and values the book.
     *
     * @param parameters by asset; reserves without an entry keep the market's own
     * @return empty where nobody owes anything, or nothing that is held or owed has a price series
     */
    public static Optional<BookSimulation> of(
            CalibrationSettings settings,
            MarketState market,
            Map<Address, CollateralParameters> parameters,
            int workers,
            Progress progress) {
        // With a fault in the book, reserves are measured and not judged: judging them is a calibration's.
        MarketState measured = new MarketState(
                market.origin(),
                market.time(),
                market.reserves(),
                market.book(),
                Optional.of("simulated, not judged"),
                market.sales(),
                market.purchases());
        Chance chance = settings.chance();
        AssetStage stage = new AssetStage(
                settings.withChance(new Chance(FEWEST_PATHS, FEWEST_REPLICATIONS, chance.jointPaths(), chance.seed())),
                new FilteredHistoryModel(),
                measured);
        List<Reserve> reserves = market.reserves();
        List<AssetJudgement> judgements = Parallel.map(
                workers,
                IntStream.range(0, reserves.size()).boxed().toList(),
                i -> stage.judge(reserves.get(i), i),
                done -> progress.at("measure prices", done, reserves.size()));
        return BookModel.of(settings, market, judgements).map(model -> of(settings, model, live(market, parameters)));
    }

    private static BookSimulation of(
            CalibrationSettings settings, BookModel model, Map<Address, CollateralParameters> parameters) {
        Dependence dependence = DependenceStage.of(model.priced());
        SimulationSettings keepers = new SimulationSettings(
                new KeeperBehaviour(
                        settings.keepers().delaySteps(),
                        settings.keepers().serviceShare(),
                        settings.costs().liquidatorMargin(),
                        settings.chance().seed()),
                1);
        return new BookSimulation(
                BookPaths.of(settings, model, dependence),
                new SimulationTask(model.under(parameters), model.book(), keepers),
                model.still(),
                dependence.notes());
    }

    private static Map<Address, CollateralParameters> live(
            MarketState market, Map<Address, CollateralParameters> parameters) {
        Map<Address, CollateralParameters> all = new TreeMap<>();
        market.reserves().forEach(reserve -> all.put(reserve.asset(), reserve.current()));
        all.putAll(parameters);
        all.keySet()
                .retainAll(new ArrayList<>(
                        market.reserves().stream().map(Reserve::asset).toList()));
        return all;
    }

    /** The settings of a calibration whose user horizon is this many steps long. */
    public static CalibrationSettings over(CalibrationSettings settings, int steps, Chance chance) {
        Duration user = settings.history().period().multipliedBy(steps);
        Duration liquidation = settings.horizons().liquidation().compareTo(user) < 0
                ? settings.horizons().liquidation()
                : user;
        return settings.withChance(chance).withHorizons(new Horizons(liquidation, user));
    }
}
