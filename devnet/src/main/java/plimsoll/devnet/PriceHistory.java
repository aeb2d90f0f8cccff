package plimsoll.devnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plimsoll.units.Price;

/**
 * Prices of several assets over time, for the feeds to repeat. The newest rounds of each asset are submitted by
 * transactions at their own times; older ones are written into the aggregator's storage.
 *
 * @param points in order of time
 * @param submissions the most rounds of one asset that are submitted by transactions, a few milliseconds each
 */
public record PriceHistory(Map<Asset, List<PricePoint>> points, int submissions) {

    private static final int ORDINARY_SUBMISSIONS = 500;

    public PriceHistory {
        if (submissions < 1) {
            throw new IllegalArgumentException("Price history needs a submission: found=" + submissions);
        }
        Map<Asset, List<PricePoint>> copy = new EnumMap<>(Asset.class);
        points.forEach((asset, list) -> copy.put(asset, inOrder(asset, list)));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("Price history has no asset");
        }
        points = Map.copyOf(copy);
    }

    /** The last 500 rounds are submitted. */
    public PriceHistory(Map<Asset, List<PricePoint>> points) {
        this(points, ORDINARY_SUBMISSIONS);
    }

    public PriceHistory withSubmissions(int number) {
        return new PriceHistory(points, number);
    }

    /**
     * A made-up history of all assets, an hour from round to round, ending at the devnet's ordinary prices. The same seed
     * gives the same prices on every machine. Show it as synthetic wherever it is shown.
     */
    public static PriceHistory synthetic(long seed, Instant start, int rounds) {
        if (rounds < 1) {
            throw new IllegalArgumentException("Price history needs a round: found=" + rounds);
        }
        return new PriceHistory(new SyntheticPrices(seed).hourly(start, rounds, DevnetSettings.ORDINARY_PRICES));
    }

    /** When the first transaction of this history is due; the chain must be younger. */
    public Instant firstSubmission() {
        return points.keySet().stream()
                .map(asset -> submitted(asset).getFirst().time())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    public Instant end() {
        return points.values().stream()
                .map(list -> list.getLast().time())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** What each asset costs when its first round is submitted. */
    public Map<Asset, Price> firstSubmittedPrices() {
        Map<Asset, Price> first = new EnumMap<>(Asset.class);
        points.keySet()
                .forEach(asset -> first.put(asset, submitted(asset).getFirst().price()));
        return first;
    }

    List<PricePoint> submitted(Asset asset) {
        List<PricePoint> all = all(asset);
        return all.subList(Math.max(0, all.size() - submissions), all.size());
    }

    List<PricePoint> stored(Asset asset) {
        List<PricePoint> all = all(asset);
        return all.subList(0, Math.max(0, all.size() - submissions));
    }

    private List<PricePoint> all(Asset asset) {
        List<PricePoint> list = points.get(asset);
        if (list == null) {
            throw new IllegalArgumentException("Price history lacks the asset: asset=" + asset);
        }
        return list;
    }

    private static List<PricePoint> inOrder(Asset asset, List<PricePoint> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Price history is empty: asset=" + asset);
        }
        List<PricePoint> copy = new ArrayList<>(list.size());
        for (PricePoint point : list) {
            if (!copy.isEmpty() && !point.time().isAfter(copy.getLast().time())) {
                throw new IllegalArgumentException("Price history is not in order of time: asset=" + asset + " found="
                        + point.time() + " after=" + copy.getLast().time());
            }
            copy.add(point);
        }
        return List.copyOf(copy);
    }
}
