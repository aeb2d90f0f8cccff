package plimsoll.oracle.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.oracle.calibration.SaleQuotes;
import plimsoll.oracle.file.LiquidityFile.ImpactPoint;
import plimsoll.oracle.file.LiquidityFile.Pair;
import plimsoll.oracle.file.LiquidityFile.Quotes;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.units.Address;

/**
 * Quotes as a market needs them: what selling each reserve for a stablecoin costs, and what buying it back costs, by value.
 * Of several stablecoins the one quoted with the largest sizes counts.
 */
record QuotedSales(InputFile file, Map<Address, SaleQuotes> sales, Map<Address, SaleQuotes> purchases) {

    private static final Set<String> MONEY = Set.of("USDC", "USDT", "DAI");

    static QuotedSales read(Path path, Snapshot snapshot) {
        Quotes quotes = LiquidityFile.quotes(path);
        Map<String, ReserveRow> reserves = new TreeMap<>();
        snapshot.reserves().forEach(row -> reserves.put(FileMarket.symbol(row.symbol()), row));
        Map<Address, SaleQuotes> sales = new TreeMap<>();
        Map<Address, SaleQuotes> purchases = new TreeMap<>();
        reserves.forEach((symbol, reserve) -> {
            best(quotes, symbol, true, reserves).ifPresent(found -> sales.put(reserve.asset(), found));
            best(quotes, symbol, false, reserves).ifPresent(found -> purchases.put(reserve.asset(), found));
        });
        return new QuotedSales(quotes.file(), sales, purchases);
    }

    private static Optional<SaleQuotes> best(
            Quotes quotes, String symbol, boolean selling, Map<String, ReserveRow> reserves) {
        return quotes.pairs().entrySet().stream()
                .filter(entry -> {
                    Pair pair = entry.getKey();
                    String own = selling ? pair.sell() : pair.buy();
                    String other = selling ? pair.buy() : pair.sell();
                    return own.equals(symbol) && MONEY.contains(other) && reserves.containsKey(pair.sell());
                })
                .map(entry -> quotes(quotes, entry.getKey(), entry.getValue(), selling, reserves))
                .max(Comparator.comparingDouble(
                        found -> found.points().getLast().value()));
    }

    private static SaleQuotes quotes(
            Quotes quotes, Pair pair, List<ImpactPoint> points, boolean selling, Map<String, ReserveRow> reserves) {
        double price =
                java.util.Objects.requireNonNull(reserves.get(pair.sell())).price();
        List<SaleQuotes.Point> found = new ArrayList<>();
        for (ImpactPoint point : points) {
            found.add(new SaleQuotes.Point(point.amountIn() * price, Math.max(0, point.impactToBest())));
        }
        return new SaleQuotes(quotes.file().name(), selling ? pair.buy() : pair.sell(), found);
    }
}
