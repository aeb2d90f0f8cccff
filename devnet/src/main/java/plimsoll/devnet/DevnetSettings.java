package plimsoll.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import plimsoll.units.ChainId;
import plimsoll.units.Price;

/**
 * What the local chain is like. The same settings give the same block hashes.
 *
 * @param seed makes the accounts
 * @param chainId the chain's id
 * @param port the node's port on 127.0.0.1; 0 takes a free one
 * @param genesis the first block's time; the chain's clock knows nothing of ours
 * @param blockSpacing the chain's time from one block to the next, whole seconds
 * @param prices the first round of every feed
 * @param keptStates of how many blocks the node keeps the state, for very long chains and crowded markets; reads of older ones
 *     fail; all where absent
 * @param output the file for what the node prints; a temporary one where absent
 * @param progress told in a sentence what takes time
 */
public record DevnetSettings(
        long seed,
        ChainId chainId,
        int port,
        Instant genesis,
        Duration blockSpacing,
        Map<Asset, Price> prices,
        Optional<Integer> keptStates,
        Optional<Path> output,
        Consumer<String> progress) {

    static final Map<Asset, Price> ORDINARY_PRICES = Map.of(
            Asset.WETH, Price.parse("2500"),
            Asset.WBTC, Price.parse("60000"),
            Asset.LINK, Price.parse("15"),
            Asset.USDC, Price.parse("1"));

    public DevnetSettings {
        if (blockSpacing.toSeconds() < 1 || blockSpacing.toNanosPart() != 0) {
            throw new IllegalArgumentException("Block spacing is not whole seconds: found=" + blockSpacing);
        }
        Map<Asset, Price> complete = new EnumMap<>(ORDINARY_PRICES);
        complete.putAll(prices);
        prices = Map.copyOf(complete);
    }

    /** Chain 31337 from 2026-01-01 on, a block each 12 s of its time, on a free port, silent. */
    public static DevnetSettings ofSeed(long seed) {
        return new DevnetSettings(
                seed,
                new ChainId(31_337),
                0,
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofSeconds(12),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                sentence -> {});
    }

    /** Starts early enough, and at the right prices, for {@code history} to be played. */
    public DevnetSettings before(PriceHistory history) {
        Map<Asset, Price> first = new EnumMap<>(prices);
        first.putAll(history.firstSubmittedPrices());
        Instant start = history.firstSubmission().minus(Duration.ofHours(1));
        return new DevnetSettings(seed, chainId, port, start, blockSpacing, first, keptStates, output, progress);
    }

    public DevnetSettings withPort(int chosen) {
        return new DevnetSettings(seed, chainId, chosen, genesis, blockSpacing, prices, keptStates, output, progress);
    }

    public DevnetSettings withChainId(ChainId chosen) {
        return new DevnetSettings(seed, chosen, port, genesis, blockSpacing, prices, keptStates, output, progress);
    }

    public DevnetSettings withGenesis(Instant start) {
        return new DevnetSettings(seed, chainId, port, start, blockSpacing, prices, keptStates, output, progress);
    }

    public DevnetSettings withBlockSpacing(Duration spacing) {
        return new DevnetSettings(seed, chainId, port, genesis, spacing, prices, keptStates, output, progress);
    }

    public DevnetSettings withPrices(Map<Asset, Price> first) {
        return new DevnetSettings(seed, chainId, port, genesis, blockSpacing, first, keptStates, output, progress);
    }

    /** Keeps the states of so many blocks; 0 for none but the last. */
    public DevnetSettings withStatesOf(int states) {
        return new DevnetSettings(
                seed, chainId, port, genesis, blockSpacing, prices, Optional.of(states), output, progress);
    }

    public DevnetSettings withOutput(Path file) {
        return new DevnetSettings(
                seed, chainId, port, genesis, blockSpacing, prices, keptStates, Optional.of(file), progress);
    }

    public DevnetSettings withProgress(Consumer<String> listener) {
        return new DevnetSettings(seed, chainId, port, genesis, blockSpacing, prices, keptStates, output, listener);
    }
}
