package plimsoll.keeper.history;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Prices over time: a stETH in wei of ether (18 decimals), an ether in dollars (8 decimals). The first step is where a book starts. */
record StakedPath(List<Step> steps) {

    record Step(Instant at, BigInteger staked, BigInteger ether) {}

    /** The rounds of both feeds from a moment to the end of the shorter: a step at every round. */
    static StakedPath ofRounds(List<FeedRound> staked, List<FeedRound> ether, Instant from) {
        return merged(byTime(staked), byTime(ether), from);
    }

    /** The same rounds of ether with stETH at par throughout. */
    StakedPath atPar() {
        BigInteger start = steps.getFirst().staked();
        return new StakedPath(steps.stream()
                .map(step -> new Step(
                        step.at(), step.at().equals(steps.getFirst().at()) ? start : VersionTwo.WAD, step.ether()))
                .toList());
    }

    /** Another time's moves put on this path's start: what would it have done to the same book? */
    StakedPath movedAs(List<FeedRound> staked, PricePath ether, Instant from, Instant until) {
        NavigableMap<Instant, BigInteger> hours = new TreeMap<>();
        ether.between(from, until)
                .forEach((hour, range) -> hours.put(hour, BigInteger.valueOf(Math.round(range.last() * 1e8))));
        StakedPath then = merged(byTime(staked), hours, from);
        Step first = then.steps.getFirst();
        Step start = steps.getFirst();
        return new StakedPath(then.steps.stream()
                .filter(step -> !step.at().isAfter(until))
                .map(step -> new Step(
                        step.at(),
                        start.staked().multiply(step.staked()).divide(first.staked()),
                        start.ether().multiply(step.ether()).divide(first.ether())))
                .toList());
    }

    Step first() {
        return steps.getFirst();
    }

    Step last() {
        return steps.getLast();
    }

    private static StakedPath merged(
            NavigableMap<Instant, BigInteger> staked, NavigableMap<Instant, BigInteger> ether, Instant from) {
        Instant until = staked.lastKey().isBefore(ether.lastKey()) ? staked.lastKey() : ether.lastKey();
        var times = new java.util.TreeSet<Instant>();
        times.add(from);
        times.addAll(staked.subMap(from, true, until, true).keySet());
        times.addAll(ether.subMap(from, true, until, true).keySet());
        List<Step> steps = new ArrayList<>();
        for (Instant at : times) {
            Map.Entry<Instant, BigInteger> first = staked.floorEntry(at);
            Map.Entry<Instant, BigInteger> second = ether.floorEntry(at);
            if (first == null || second == null) {
                throw new IllegalArgumentException("Path starts before its feeds: from=" + from);
            }
            steps.add(new Step(at, first.getValue(), second.getValue()));
        }
        return new StakedPath(List.copyOf(steps));
    }

    private static NavigableMap<Instant, BigInteger> byTime(List<FeedRound> rounds) {
        var sorted = new TreeMap<Instant, BigInteger>();
        rounds.forEach(round -> sorted.put(round.at(), round.answer()));
        return sorted;
    }
}
