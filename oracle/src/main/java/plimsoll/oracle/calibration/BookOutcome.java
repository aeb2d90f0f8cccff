package plimsoll.oracle.calibration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.calibration.DependenceStage.Dependence;
import plimsoll.oracle.evidence.RecordContent;
import plimsoll.risk.calibration.Refinement;
import plimsoll.risk.simulation.Frontier;
import plimsoll.risk.simulation.SimulatedBook;
import plimsoll.risk.simulation.SimulationResult;

/**
 * What the market's own book says of the parameters, all on the same paths; values in the base currency.
 *
 * @param still assets whose price was held, for want of a model
 * @param debt of the whole book
 * @param budget most that the shortfall of bad debt may be
 * @param refinement how the thresholds were found; empty where none could move
 * @param frontier what other thresholds of single assets would cost, by symbol
 * @param stress empty where it was left out
 */
record BookOutcome(
        int accounts,
        double debt,
        double budget,
        List<String> still,
        Dependence dependence,
        Optional<Refinement.Answer> refinement,
        SimulationResult live,
        SimulationResult recommended,
        Map<String, List<Frontier.Point>> frontier,
        Optional<StressStage.Result> stress) {

    Map<String, Object> content() {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("accounts", accounts);
        content.put("debt", debt);
        content.put("budget", budget);
        content.put("still", still);
        content.put("dependence", tie());
        refinement.ifPresent(answer -> content.put("refinement", refinement(answer)));
        content.put("live", simulation(live));
        content.put("recommended", simulation(recommended));
        content.put("frontier", RecordContent.value(frontier));
        stress.ifPresent(result -> content.put("stress", RecordContent.of(result)));
        return content;
    }

    private Map<String, Object> tie() {
        return Map.of(
                "assets", dependence.assets(),
                "model", "t-copula",
                "nu", RecordContent.value(dependence.copula().nu()),
                "rows", dependence.rows(),
                "periodSeconds", dependence.period().toSeconds(),
                "correlation",
                        RecordContent.value(dependence.copula().correlation().rows()),
                "notes", dependence.notes());
    }

    private static Map<String, Object> refinement(Refinement.Answer answer) {
        return Map.of(
                "found", answer instanceof Refinement.Answer.Found,
                "chosen", answer.steps().indexOf(answer.chosen()),
                "steps", answer.steps().stream().map(RecordContent::of).toList());
    }

    /** Everything but the paths themselves. */
    private static Map<String, Object> simulation(SimulationResult result) {
        return RecordContent.of(new WithoutPaths(result));
    }

    /** The members of a result that a manifest holds. */
    private record WithoutPaths(
            int paths,
            int steps,
            SimulationResult.Figures badDebt,
            SimulationResult.Figures liquidated,
            SimulationResult.Estimate liquidations,
            SimulationResult.Estimate pathsWithBadDebt,
            double realisedBadDebt,
            double latentBadDebt,
            double borrowingPower,
            SimulatedBook.Liquidatable atStart,
            List<SimulationResult.AssetFigures> byAsset,
            List<SimulationResult.StepFigures> byStep) {

        WithoutPaths(SimulationResult result) {
            this(
                    result.paths(),
                    result.steps(),
                    result.badDebt(),
                    result.liquidated(),
                    result.liquidations(),
                    result.pathsWithBadDebt(),
                    result.realisedBadDebt(),
                    result.latentBadDebt(),
                    result.borrowingPower(),
                    result.atStart(),
                    result.byAsset(),
                    result.byStep());
        }
    }
}
