package plimsoll.oracle.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** What the API asks of the oracle. */
public interface OracleDesk {

    Status status();

    EndpointsView endpoints();

    List<FeedView> feeds();

    ParametersView parameters();

    List<ProposalView> proposals();

    /** The manifest file as it was written. */
    Optional<String> manifest(String hash);

    /** Calibrates now; proposes where the service is live and something is to change. */
    CalibrationView calibrate();

    /**
     * Where the service stands.
     *
     * @param live whether proposals are sent
     * @param trouble the last failure that has not been followed by a success
     */
    record Status(
            String chainId,
            Address pool,
            String blockNumber,
            Instant blockTime,
            boolean live,
            Optional<Address> signer,
            Optional<Instant> calibratedAt,
            Optional<String> manifest,
            int openProposals,
            Optional<String> trouble) {}

    /**
     * A price feed as the newest block shows it.
     *
     * @param answer in whole units of the quote currency
     * @param state fresh, or why it is not
     */
    record FeedView(
            String symbol,
            Address asset,
            Address aggregator,
            String description,
            Optional<String> answer,
            Optional<String> round,
            Optional<Instant> updatedAt,
            Duration heartbeat,
            String state) {}

    /**
     * Parameters as the newest calibration found and recommends them.
     *
     * @param trigger what set it off: calendar, drift, or asked
     * @param triggerReasons in what the market had drifted; none for the other triggers
     */
    record ParametersView(
            Optional<String> manifest,
            Optional<Instant> calibratedAt,
            Optional<String> trigger,
            List<String> triggerReasons,
            List<AssetParameters> parameters) {}

    record AssetParameters(
            String asset, String symbol, Shares current, Shares recommended, boolean changed, List<String> reasons) {}

    record Shares(Bps ltvBps, Bps liquidationThresholdBps, Bps liquidationBonusBps) {}

    record ProposalView(
            String id,
            String manifest,
            String onchainId,
            Address governor,
            String state,
            Optional<Instant> executableAt,
            String description) {}

    /**
     * What a calibration came to.
     *
     * @param proposal the proposal that was made or already rests on the same manifest
     * @param note why there is none, where there is none
     */
    record CalibrationView(
            String manifest, List<AssetParameters> assets, Optional<ProposalView> proposal, Optional<String> note) {}
}
