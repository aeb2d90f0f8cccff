package plimsoll.runtime.config;

import java.time.Duration;
import java.util.Optional;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.ChainId;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * Which chain, how it is reached, and how we send there.
 *
 * @param confirmations blocks that must hold or follow a transaction before it counts as final, at least 1
 * @param bumpAfter how long a transaction may wait for a block before its fees are raised
 * @param dailySpendCap the most that a lane may spend within 24 hours
 */
public record ChainSettings(
        ChainId id, String rpcUrl, int confirmations, Duration bumpAfter, Optional<Wei> dailySpendCap) {

    public ChainSettings {
        if (confirmations < 1) {
            throw CommandFailure.configuration(
                    "plimsoll.chain.confirmations must be at least 1: found=" + confirmations,
                    "plimsoll.chain.confirmations");
        }
        if (bumpAfter.isNegative() || bumpAfter.isZero()) {
            throw CommandFailure.configuration(
                    "plimsoll.chain.bump-after is not positive: found=" + bumpAfter, "plimsoll.chain.bump-after");
        }
    }

    static ChainSettings of(ServiceConfig.ChainConfig config) {
        return new ChainSettings(
                new ChainId(config.id()),
                config.rpcUrl(),
                config.confirmations(),
                config.bumpAfter(),
                config.dailySpendCap());
    }

    /**
     * A lane on this chain.
     *
     * @param holder this process, for the lease and for people
     */
    public LaneSettings lane(String holder, GasPrice gasPriceCap) {
        LaneSettings lane = LaneSettings.of(id, holder)
                .withConfirmations(confirmations)
                .withBumpAfter(bumpAfter)
                .withGasPriceCap(gasPriceCap);
        return dailySpendCap.map(lane::withDailySpendCap).orElse(lane);
    }

    /** Without the address: it may hold the key of whoever runs the node. */
    @Override
    public String toString() {
        return "ChainSettings[id=" + id + ", confirmations=" + confirmations + ", bumpAfter=" + bumpAfter
                + ", dailySpendCap=" + dailySpendCap + "]";
    }
}
