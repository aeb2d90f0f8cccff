package plimsoll.oracle.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.runtime.cli.CommandFailure;

/** What sales of each size would have fetched, from a CSV file ({@code --liquidity FILE}): quotes or pool balances. */
public final class LiquidityFile {

    /** Quotes of one batch follow each other within seconds; an hour lies between batches. */
    private static final Duration BATCH_PAUSE = Duration.ofMinutes(5);

    private LiquidityFile() {}

    /** Quotes {@code ts, sell, buy, amount_in, amount_out[, price_impact]}. */
    public static Quotes quotes(Path file) {
        var table = CsvTable.read(file);
        var time = table.require("ts");
        var sell = table.require("sell");
        var buy = table.require("buy");
        var in = table.require("amount_in");
        var out = table.require("amount_out");
        var pairs = new TreeMap<Pair, List<Quote>>();
        for (var row : table.rows()) {
            var pair = new Pair(
                    Cells.name(table, row, sell).toUpperCase(Locale.ROOT),
                    Cells.name(table, row, buy).toUpperCase(Locale.ROOT));
            var quote = new Quote(
                    Cells.time(table, row, time), Cells.positive(table, row, in), Cells.positive(table, row, out));
            pairs.computeIfAbsent(pair, ignored -> new ArrayList<>()).add(quote);
        }
        var points = new TreeMap<Pair, List<ImpactPoint>>();
        pairs.forEach((pair, quotes) -> points.put(pair, points(quotes)));
        return new Quotes(InputFile.of(file), points);
    }

    /** Balances {@code ts, virtual_price, TOKEN, TOKEN, ...}: every other column is a token's amount in the pool. */
    public static List<PoolBalances> pool(Path file) {
        var table = CsvTable.read(file);
        var time = table.require("ts");
        var virtualPrice = table.require("virtual_price");
        var tokens = table.columns().stream()
                .filter(column -> column.index() != time.index() && column.index() != virtualPrice.index())
                .toList();
        if (tokens.size() < 2) {
            throw CommandFailure.input(file, 1, "a pool has two tokens or more: found=" + tokens.size());
        }
        return table.rows().stream()
                .map(row -> {
                    var balances = new TreeMap<String, Double>();
                    for (var token : tokens) {
                        balances.put(
                                token.name().toUpperCase(Locale.ROOT),
                                Cells.amount(table, row, token).doubleValue());
                    }
                    return new PoolBalances(
                            Cells.time(table, row, time), Cells.positive(table, row, virtualPrice), balances);
                })
                .sorted(Comparator.comparing(PoolBalances::time))
                .toList();
    }

    private static List<ImpactPoint> points(List<Quote> quotes) {
        quotes.sort(Comparator.comparing(Quote::time));
        var points = new ArrayList<ImpactPoint>();
        var first = 0;
        var batch = 0;
        for (var next = 1; next <= quotes.size(); next++) {
            var ends = next == quotes.size()
                    || Duration.between(
                                            quotes.get(next - 1).time(),
                                            quotes.get(next).time())
                                    .compareTo(BATCH_PAUSE)
                            > 0;
            if (ends) {
                points.addAll(points(quotes.subList(first, next), batch));
                batch++;
                first = next;
            }
        }
        points.sort(Comparator.comparingDouble(ImpactPoint::amountIn)
                .thenComparing(point -> point.quote().time()));
        return points;
    }

    /** Two references, because the smallest quote is not always the best one: dust pays the route's fixed costs. */
    private static List<ImpactPoint> points(List<Quote> quotes, int batch) {
        var smallest =
                quotes.stream().min(Comparator.comparingDouble(Quote::amountIn)).orElseThrow();
        var best = quotes.stream().mapToDouble(Quote::price).max().orElseThrow();
        return quotes.stream()
                .map(quote ->
                        new ImpactPoint(quote, batch, 1 - quote.price() / smallest.price(), 1 - quote.price() / best))
                .toList();
    }

    /** One token sold for another. */
    public record Pair(String sell, String buy) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return Comparator.comparing(Pair::sell).thenComparing(Pair::buy).compare(this, other);
        }
    }

    /** What one sale would have fetched, in tokens. */
    public record Quote(Instant time, double amountIn, double amountOut) {
        public double price() {
            return amountOut / amountIn;
        }
    }

    /**
     * How much worse a quote is than its batch's reference.
     *
     * @param batch numbers the rounds of quotes of this pair from 0; prices moved between them
     * @param impactToSmallest fraction of the smallest quote's price that is lost; negative where this one is better
     * @param impactToBest fraction of the batch's best price that is lost, never negative
     */
    public record ImpactPoint(Quote quote, int batch, double impactToSmallest, double impactToBest) {
        public double amountIn() {
            return quote.amountIn();
        }
    }

    /** Points of each pair, by size. */
    public record Quotes(InputFile file, SortedMap<Pair, List<ImpactPoint>> pairs) {
        public Quotes {
            var copy = new TreeMap<Pair, List<ImpactPoint>>();
            pairs.forEach((pair, points) -> copy.put(pair, List.copyOf(points)));
            pairs = copy;
        }
    }

    /** What a pool held, in tokens. */
    public record PoolBalances(Instant time, double virtualPrice, Map<String, Double> balances) {
        public PoolBalances {
            balances = Map.copyOf(balances);
        }
    }
}
