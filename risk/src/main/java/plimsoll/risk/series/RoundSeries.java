package plimsoll.risk.series;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Every round of one price feed, in the order in which it was reported; what is wrong with them is found, not mended.
 *
 * @param decimals of the answers
 */
public record RoundSeries(List<Round> rounds, int decimals) {

    public RoundSeries {
        rounds = List.copyOf(rounds);
        if (decimals < 0) {
            throw new IllegalArgumentException("decimals are negative: found=" + decimals);
        }
    }

    /** Each round once, by number; of one reported twice the last report. */
    public List<Round> byNumber() {
        var last = new HashMap<BigInteger, Round>();
        rounds.forEach(round -> last.put(round.roundId(), round));
        return last.values().stream()
                .sorted(Comparator.comparing(Round::roundId))
                .toList();
    }

    /**
     * Positive answers in whole units of the quote, by number and with increasing times: of equal times the last counts,
     * and a round from before its predecessor is left out.
     */
    public PriceSeries prices() {
        var times = new ArrayList<Instant>();
        var prices = new ArrayList<Double>();
        for (var round : byNumber()) {
            var isAtLast = !times.isEmpty() && round.updatedAt().equals(times.getLast());
            var isBefore = !times.isEmpty() && round.updatedAt().isBefore(times.getLast());
            if (!round.isPositive() || isBefore) {
                continue;
            }
            if (isAtLast) {
                prices.set(prices.size() - 1, price(round));
            } else {
                times.add(round.updatedAt());
                prices.add(price(round));
            }
        }
        return PriceSeries.of(
                times, prices.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The heartbeat that the rounds themselves show; see {@link Staircase}. */
    public Optional<Duration> heartbeat() {
        return Staircase.heartbeat(prices());
    }

    /** The deviation, as a fraction, that makes this feed answer before its heartbeat; see {@link Staircase}. */
    public Optional<Double> deviation() {
        return heartbeat().flatMap(beat -> Staircase.deviation(prices(), beat));
    }

    /** Everything that a reader must know, in order of time. */
    public List<SeriesFinding> findings(FeedTerms terms) {
        return RoundFindings.of(this, terms);
    }

    /** The nearest double, the same on every machine. */
    double price(Round round) {
        return new BigDecimal(round.answer(), decimals).doubleValue();
    }
}
