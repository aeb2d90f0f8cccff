package plimsoll.chain.tx;

import java.time.Duration;
import java.util.Optional;
import plimsoll.units.ChainId;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * How a lane behaves.
 *
 * @param chain the chain it is meant for; a node of another is refused
 * @param holder this process, for the lease and for people
 * @param leaseTime how long a silent holder keeps the lane
 * @param confirmations blocks that must hold or follow a transaction before it counts as final, at least 1
 * @param bumpAfter how long an accepted transaction may wait before its fees are raised
 * @param pollInterval how often the chain is looked at while transactions are open
 * @param gasPriceCap the most that a unit of gas may ever cost on this lane
 * @param dailySpendCap the most that the lane may spend, fees and value, within 24 hours
 * @param minTip the least tip that is offered
 * @param giveUpAfter how long an intent's own fee cap may hold it while others wait behind it, before its nonce is used up
 */
public record LaneSettings(
        ChainId chain,
        String holder,
        Duration leaseTime,
        int confirmations,
        Duration bumpAfter,
        Duration pollInterval,
        GasPrice gasPriceCap,
        Optional<Wei> dailySpendCap,
        GasPrice minTip,
        Duration giveUpAfter) {

    public LaneSettings {
        if (confirmations < 1) {
            throw new IllegalArgumentException("Confirmations must be at least 1: found=" + confirmations);
        }
        if (leaseTime.compareTo(pollInterval.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "Lease must outlast three polls: leaseTime=" + leaseTime + " pollInterval=" + pollInterval);
        }
    }

    /** 2 s of lease, 1 confirmation, fees raised after 15 s, a look every 250 ms, at most 500 gwei, no spend cap, given up after 2 min. */
    public static LaneSettings of(ChainId chain, String holder) {
        return new LaneSettings(
                chain,
                holder,
                Duration.ofSeconds(2),
                1,
                Duration.ofSeconds(15),
                Duration.ofMillis(250),
                GasPrice.parse("500"),
                Optional.empty(),
                GasPrice.parse("0.1"),
                Duration.ofMinutes(2));
    }

    public LaneSettings withConfirmations(int blocks) {
        return new LaneSettings(
                chain,
                holder,
                leaseTime,
                blocks,
                bumpAfter,
                pollInterval,
                gasPriceCap,
                dailySpendCap,
                minTip,
                giveUpAfter);
    }

    public LaneSettings withBumpAfter(Duration time) {
        return new LaneSettings(
                chain,
                holder,
                leaseTime,
                confirmations,
                time,
                pollInterval,
                gasPriceCap,
                dailySpendCap,
                minTip,
                giveUpAfter);
    }

    public LaneSettings withPollInterval(Duration time) {
        return new LaneSettings(
                chain,
                holder,
                leaseTime,
                confirmations,
                bumpAfter,
                time,
                gasPriceCap,
                dailySpendCap,
                minTip,
                giveUpAfter);
    }

    public LaneSettings withLeaseTime(Duration time) {
        return new LaneSettings(
                chain,
                holder,
                time,
                confirmations,
                bumpAfter,
                pollInterval,
                gasPriceCap,
                dailySpendCap,
                minTip,
                giveUpAfter);
    }

    public LaneSettings withGasPriceCap(GasPrice cap) {
        return new LaneSettings(
                chain,
                holder,
                leaseTime,
                confirmations,
                bumpAfter,
                pollInterval,
                cap,
                dailySpendCap,
                minTip,
                giveUpAfter);
    }

    public LaneSettings withDailySpendCap(Wei cap) {
        return new LaneSettings(
                chain,
                holder,
                leaseTime,
                confirmations,
                bumpAfter,
                pollInterval,
                gasPriceCap,
                Optional.of(cap),
                minTip,
                giveUpAfter);
    }

    public LaneSettings withGiveUpAfter(Duration time) {
        return new LaneSettings(
                chain,
                holder,
                leaseTime,
                confirmations,
                bumpAfter,
                pollInterval,
                gasPriceCap,
                dailySpendCap,
                minTip,
                time);
    }
}
