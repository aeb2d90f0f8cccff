package plimsoll.oracle.calibration;

import java.util.Optional;
import plimsoll.oracle.calibration.BacktestStage.Trial;
import plimsoll.risk.calibration.ReserveInputs;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.risk.series.ReturnSeries;

/**
 * What one reserve's own price and venues say.
 *
 * @param obstacle why its parameters stay as they are; empty where they may follow the model
 * @param trial how models did on its history
 * @param measures how its price falls; empty where the price cannot be judged
 * @param isQuoted whether a sale of it was quoted, so that something is known of its depth
 * @param answer the parameters in closed form; present wherever there is no obstacle
 */
record AssetJudgement(
        Reserve reserve,
        Optional<String> obstacle,
        Trial trial,
        Optional<ReturnSeries> returns,
        Optional<Measures> measures,
        Optional<ReserveInputs> inputs,
        Optional<ReserveParameters> answer,
        boolean isQuoted) {

    static AssetJudgement refused(Reserve reserve, String reason) {
        return new AssetJudgement(
                reserve,
                Optional.of(reason),
                Trial.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Whether its parameters may follow the model. */
    boolean isOpen() {
        return obstacle.isEmpty() && answer.isPresent();
    }
}
