package plimsoll.oracle.cli;

import java.util.List;
import plimsoll.risk.simulation.SimulatedBook;
import plimsoll.risk.simulation.SimulationResult;
import plimsoll.risk.simulation.SimulationResult.AssetFigures;
import plimsoll.risk.simulation.SimulationResult.StepFigures;
import plimsoll.runtime.cli.Table;

/** What {@code oracle simulate} says, in base value; means over the paths where nothing else is said. */
record SimulationAnswer(
        int paths,
        int steps,
        int accounts,
        Figures badDebt,
        Figures liquidated,
        double liquidations,
        double pathsWithBadDebt,
        double realisedBadDebt,
        double latentBadDebt,
        double borrowingPower,
        SimulatedBook.Liquidatable liquidatableAtStart,
        List<AssetFigures> byAsset,
        List<StepFigures> byStep,
        List<String> notes,
        double seconds) {

    /**
     * Of one path, over all of them.
     *
     * @param standardError of the mean
     * @param es99StandardError of the expected shortfall
     */
    record Figures(
            double mean,
            double var95,
            double var99,
            double es99,
            double standardError,
            double es99StandardError,
            List<Double> es99Interval) {

        static Figures of(SimulationResult.Figures found) {
            return new Figures(
                    found.mean().value(),
                    found.var95().value(),
                    found.var99().value(),
                    found.es99().value(),
                    found.mean().standardError(),
                    found.es99().standardError(),
                    List.of(
                            found.es99().interval().low(),
                            found.es99().interval().high()));
        }
    }

    static SimulationAnswer of(SimulationResult result, int accounts, List<String> notes, double seconds) {
        return new SimulationAnswer(
                result.paths(),
                result.steps(),
                accounts,
                Figures.of(result.badDebt()),
                Figures.of(result.liquidated()),
                result.liquidations().value(),
                result.pathsWithBadDebt().value(),
                result.realisedBadDebt(),
                result.latentBadDebt(),
                result.borrowingPower(),
                result.atStart(),
                result.byAsset(),
                result.byStep(),
                notes,
                seconds);
    }

    Table table() {
        var table = Table.facts()
                .row("accounts", accounts)
                .row("paths", paths)
                .row("steps", steps)
                .row("bad debt, mean", badDebt.mean())
                .row("  standard error", badDebt.standardError())
                .row("  VaR 95 %", badDebt.var95())
                .row("  ES 99 %", badDebt.es99())
                .row("  standard error", badDebt.es99StandardError())
                .row("  of it written off", realisedBadDebt)
                .row("  of it latent", latentBadDebt)
                .row("paths with bad debt", pathsWithBadDebt)
                .row("liquidated, mean", liquidated.mean())
                .row("  VaR 95 %", liquidated.var95())
                .row("  ES 99 %", liquidated.es99())
                .row("liquidations", liquidations)
                .row("borrowing power", borrowingPower)
                .row("liquidatable at the start", liquidatableAtStart.accounts())
                .row("  their debt", liquidatableAtStart.debt())
                .row("seconds", seconds);
        notes.forEach(note -> table.row("note", note));
        return table;
    }
}
