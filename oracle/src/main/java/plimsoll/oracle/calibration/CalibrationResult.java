package plimsoll.oracle.calibration;

import java.util.List;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.plan.Plan;

/**
 * What came out, and the manifest that says from what.
 *
 * @param calls the first step's calls; none where nothing is to change
 */
public record CalibrationResult(Manifest manifest, List<AssetOutcome> outcomes, Plan plan, List<ContractCall> calls) {

    public CalibrationResult {
        outcomes = List.copyOf(outcomes);
        calls = List.copyOf(calls);
    }
}
