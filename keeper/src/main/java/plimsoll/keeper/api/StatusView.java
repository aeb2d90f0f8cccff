package plimsoll.keeper.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;

/**
 * How the keeper is doing.
 *
 * @param mode {@code live}, {@code dry-run}, or {@code standing-by} where another process acts
 * @param liquidatable accounts below the line at the newest block
 * @param liquidatableSoFar accounts ever seen below the line since the start
 * @param latencyMs from seeing a block to the first transaction sent for it
 * @param lastFailure what went wrong last and has not been followed by a good round
 */
public record StatusView(
        String mode,
        ChainId chainId,
        Address pool,
        Optional<Address> signer,
        Optional<BlockNumber> blockNumber,
        Optional<Instant> blockTime,
        int positions,
        int liquidatable,
        int liquidatableSoFar,
        long liquidations,
        Latency latencyMs,
        Optional<String> lastFailure,
        List<Market> markets) {

    public StatusView {
        markets = List.copyOf(markets);
    }

    /** One of the markets; the fields above are of the first, or sums. */
    public record Market(
            String name,
            String mode,
            ChainId chainId,
            String contract,
            Optional<BlockNumber> blockNumber,
            int positions,
            int liquidatable,
            Optional<String> lastFailure) {}

    /** Milliseconds; the percentiles are of the last 10,000 measurements. */
    public record Latency(long count, double p50, double p99, double max) {}
}
