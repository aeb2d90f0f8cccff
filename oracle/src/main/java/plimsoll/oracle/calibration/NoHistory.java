package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import plimsoll.risk.series.PriceSeries;

/** No price series of the asset was given. */
public record NoHistory() implements PriceHistory {

    @Override
    public Optional<String> fault(Instant now, Duration grace) {
        return Optional.of("no price series");
    }

    @Override
    public PriceSeries series() {
        throw new IllegalStateException("no price series");
    }
}
