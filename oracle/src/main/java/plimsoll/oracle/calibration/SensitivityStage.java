package plimsoll.oracle.calibration;

import java.util.Map;
import java.util.Optional;

final class SensitivityStage {
    static Optional<Map<String, Object>> of(AssetJudgement j, CalibrationSettings s) {
        return Optional.empty();
    }
}
