package plimsoll.oracle.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.CalibrationSettings.Budget;
import plimsoll.oracle.calibration.CalibrationSettings.Chance;
import plimsoll.oracle.calibration.CalibrationSettings.Checks;
import plimsoll.oracle.calibration.CalibrationSettings.Scope;
import plimsoll.runtime.cli.CommandFailure;

/** How hard a calibration tries; everything else is as the service has it by default. */
final class SettingsOptions {

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed of all chance.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--paths", paramLabel = "N", description = "Joint paths on the book. Default: 20480.")
    private Optional<Integer> paths = Optional.empty();

    @Option(
            names = "--refinements",
            paramLabel = "N",
            description = "Parameter vectors tried on the book beyond the closed form's. Default: 20.")
    private Optional<Integer> refinements = Optional.empty();

    @Option(
            names = "--backtest-window",
            paramLabel = "W",
            description =
                    "Daily returns that each fit of the rolling backtest learns from; 0 leaves it out. Default: 500.")
    private Optional<Integer> backtestWindow = Optional.empty();

    @Option(
            names = "--collateral-only",
            description = "Leave bonuses and caps as they are: only LTV and threshold move.")
    private boolean collateralOnly;

    CalibrationSettings settings() {
        CalibrationSettings standard = CalibrationSettings.standard();
        Chance chance = standard.chance();
        Budget budget = standard.budget();
        Checks checks = standard.checks();
        try {
            return standard.withChance(new Chance(
                            chance.paths(),
                            chance.replications(),
                            paths.orElse(chance.jointPaths()),
                            seed.orElse(chance.seed())))
                    .withBudget(new Budget(
                            budget.badDebtShare(),
                            budget.lossBudget(),
                            budget.liquidationsAtRiskShare(),
                            budget.forcedShare(),
                            refinements.orElse(budget.mostRefinements())))
                    .withScope(new Scope(!collateralOnly, !collateralOnly))
                    .withChecks(new Checks(
                            checks.stress(), checks.sensitivity(), backtestWindow.orElse(checks.backtestWindow())));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--paths");
        }
    }
}
