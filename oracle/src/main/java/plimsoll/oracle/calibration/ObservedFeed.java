package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.crypto.Hash;
import plimsoll.risk.series.PriceSeries;
import plimsoll.units.Address;

/**
 * The rounds of one price feed, oldest first.
 *
 * @param aggregator the contract that the market itself reads
 * @param heartbeat longest time that the feed promises to let pass without an answer
 */
public record ObservedFeed(
        Address aggregator, String description, int decimals, Duration heartbeat, List<ObservedRound> rounds)
        implements PriceHistory {

    public ObservedFeed {
        rounds = List.copyOf(rounds);
    }

    public Optional<ObservedRound> latest() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
    }

    /** keccak-256 over one line {@code roundId,answer,updatedAtSeconds} a round, each ended by a line feed. */
    public String contentHash() {
        StringBuilder lines = new StringBuilder(rounds.size() * 48);
        for (ObservedRound round : rounds) {
            lines.append(round.roundId())
                    .append(',')
                    .append(round.answer())
                    .append(',')
                    .append(round.updatedAt().getEpochSecond())
                    .append('\n');
        }
        return Hash.sha3String(lines.toString());
    }

    /** Why no parameter may rest on this feed now; empty where it is sound. */
    @Override
    public Optional<String> fault(Instant now, Duration grace) {
        if (rounds.isEmpty()) {
            return Optional.of("feed has no round: aggregator=" + aggregator);
        }
        ObservedRound last = rounds.getLast();
        if (!last.isPositive()) {
            return Optional.of(
                    "feed answers " + last.answer() + ": round=" + last.roundId() + " aggregator=" + aggregator);
        }
        Duration age = Duration.between(last.updatedAt(), now);
        if (age.compareTo(heartbeat.plus(grace)) > 0) {
            return Optional.of("feed is stale: age=" + age + " allowed=" + heartbeat.plus(grace) + " round="
                    + last.roundId() + " aggregator=" + aggregator);
        }
        if (age.isNegative()) {
            return Optional.of("feed's round lies in the future: round=" + last.roundId() + " updatedAt="
                    + last.updatedAt() + " block=" + now);
        }
        return Optional.empty();
    }

    /**
     * Positive answers with strictly increasing times, the last of equal times; what is left out is counted by the
     * caller as the difference in size.
     */
    @Override
    public PriceSeries series() {
        List<Instant> times = new ArrayList<>();
        List<Double> prices = new ArrayList<>();
        for (ObservedRound round : rounds) {
            if (!round.isPositive()) {
                continue;
            }
            if (!times.isEmpty() && !round.updatedAt().isAfter(times.getLast())) {
                if (round.updatedAt().equals(times.getLast())) {
                    prices.set(prices.size() - 1, round.price(decimals));
                }
                continue;
            }
            times.add(round.updatedAt());
            prices.add(round.price(decimals));
        }
        return PriceSeries.of(
                times, prices.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
