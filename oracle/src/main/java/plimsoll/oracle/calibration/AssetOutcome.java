package plimsoll.oracle.calibration;

import java.util.Optional;
import plimsoll.oracle.parameter.Recommendation;

/** What a calibration says about one reserve; no measures where its feed or its state forbade a judgement. */
public record AssetOutcome(Reserve reserve, Recommendation recommendation, Optional<Measures> measures) {

    public boolean isChanged() {
        return !recommendation.parameters().equals(reserve.current());
    }
}
