package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import plimsoll.risk.series.PriceSeries;

/** What is known of one asset's price: a feed's rounds on chain, or a series from a file. */
public sealed interface PriceHistory permits ObservedFeed, FileHistory, NoHistory {

    /** Why no parameter may rest on this history now; empty where it is sound. */
    Optional<String> fault(Instant now, Duration grace);

    /** The prices, strictly increasing in time; only where there is no {@link #fault}. */
    PriceSeries series();
}
