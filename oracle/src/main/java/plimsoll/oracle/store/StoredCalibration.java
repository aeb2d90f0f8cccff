package plimsoll.oracle.store;

import java.time.Instant;
import java.util.List;
import plimsoll.oracle.calibration.Circumstances;
import plimsoll.units.Bps;

/** The newest calibration as tables hold it. */
public record StoredCalibration(
        String manifestHash,
        long blockNumber,
        Instant calibratedAt,
        Circumstances circumstances,
        List<StoredRecommendation> recommendations) {

    public StoredCalibration {
        recommendations = List.copyOf(recommendations);
    }

    /** One reserve's row; {@code reasons} are separated by line feeds in the table. */
    public record StoredRecommendation(
            String asset, String symbol, Shares current, Shares recommended, List<String> reasons) {
        public StoredRecommendation {
            reasons = List.copyOf(reasons);
        }
    }

    /** The bonus is the premium alone. */
    public record Shares(Bps ltv, Bps liquidationThreshold, Bps liquidationBonus) {}
}
