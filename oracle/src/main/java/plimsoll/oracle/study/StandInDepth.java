package plimsoll.oracle.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.file.LiquidityFile;
import plimsoll.oracle.file.LiquidityFile.ImpactPoint;
import plimsoll.oracle.file.LiquidityFile.Pair;
import plimsoll.oracle.file.TurnoverFile;
import plimsoll.risk.simulation.SaleImpact;

/**
 * What selling each asset costs: quotes of one day where there are some, else ether's quotes scaled by turnover. All of it
 * stands in for the depth of the day in question, which nobody wrote down.
 */
final class StandInDepth {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TURNOVER_SPAN = Duration.ofDays(90);

    /** Staked ether without quotes of its own is taken to be a tenth as deep as wstETH. */
    private static final double LESSER_STAKED_ETHER = 0.1;

    private static final Map<String, String> DAILY_FILES = Map.of(
            "LINK", "LINK-USDT_binance.csv",
            "UNI", "UNI-USDT_binance.csv",
            "AAVE", "AAVE-USDT_binance.csv",
            "MKR", "MKR-USDT_binance.csv",
            "CRV", "CRV-USDT_bybitperp.csv");

    private final StudyFiles files;
    private final Map<String, SaleImpact> quoted = new TreeMap<>();
    private final Map<String, SaleImpact> scaled = new TreeMap<>();

    StandInDepth(StudyFiles files) {
        this.files = files;
        var pairs = LiquidityFile.quotes(files.quotes()).pairs();
        for (var symbol : List.of("WETH", "WSTETH", "WBTC")) {
            quoted.put(symbol, curve(pairs.getOrDefault(new Pair(symbol, "USDC"), List.of())));
        }
        quoted.put("USDC", curve(pairs.getOrDefault(new Pair("USDC", "USDT"), List.of())));
        quoted.put("USDT", curve(pairs.getOrDefault(new Pair("USDT", "USDC"), List.of())));
    }

    /** The impact of selling for dollars at a moment; an asset without quotes or turnover has none, and is left out. */
    Optional<SaleImpact> of(String symbol, Instant moment) {
        return switch (symbol) {
            case "WETH", "WBTC", "USDC", "USDT" -> Optional.of(found(symbol));
            case "wstETH" -> Optional.of(found("WSTETH"));
            case "cbETH", "rETH" -> Optional.of(found("WSTETH").deepened(LESSER_STAKED_ETHER));
            case "DAI", "LUSD", "FRAX", "sDAI" -> Optional.of(found("USDC"));
            default -> byTurnover(symbol, moment);
        };
    }

    private SaleImpact found(String symbol) {
        return Objects.requireNonNull(quoted.get(symbol), symbol);
    }

    private Optional<SaleImpact> byTurnover(String symbol, Instant moment) {
        var name = DAILY_FILES.get(symbol);
        if (name == null) {
            return Optional.empty();
        }
        var key = symbol + moment;
        var known = scaled.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        var ether = turnover(files.dailyPrices().resolve("ETH-USDT_binance.csv"), moment);
        var own = turnover(files.dailyPrices().resolve(name), moment);
        if (ether.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        var curve = found("WETH").deepened(own.get() / ether.get());
        scaled.put(key, curve);
        return Optional.of(curve);
    }

    private static Optional<Double> turnover(Path file, Instant moment) {
        return Files.exists(file) ? TurnoverFile.median(file, moment, TURNOVER_SPAN, DAY) : Optional.empty();
    }

    /** The mean loss against the batch's best price, of sales within a factor of two of each other. */
    private static SaleImpact curve(List<ImpactPoint> points) {
        var bins = new TreeMap<Integer, List<double[]>>();
        for (var point : points) {
            var value = point.quote().amountOut() / (1 - point.impactToBest());
            bins.computeIfAbsent(Math.getExponent(value), ignored -> new ArrayList<>())
                    .add(new double[] {value, point.impactToBest()});
        }
        var sizes = new ArrayList<Double>();
        var averages = new ArrayList<Double>();
        for (var bin : bins.values()) {
            sizes.add(mean(bin, 0));
            averages.add(Math.min(SaleImpact.WORST, mean(bin, 1)));
        }
        return SaleImpact.of(
                sizes.stream().mapToDouble(Double::doubleValue).toArray(),
                averages.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double mean(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).sum() / rows.size();
    }
}
