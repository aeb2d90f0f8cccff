package plimsoll.risk.volatility;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import plimsoll.risk.volatility.GarchSpecification.Innovations;
import plimsoll.risk.volatility.GarchSpecification.Variance;

/** How long a warm fit with standard errors takes, of DEM/GBP and of three years of hours; run by hand, guides and does not gate. */
final class GarchSpeedMain {

    private static final int THREE_YEARS_OF_HOURS = 26_280;

    private GarchSpeedMain() {}

    public static void main(String[] arguments) throws IOException {
        measure("DEM/GBP", PublishedGarchTest.demGbp(), 30, 20);
        for (var name : List.of("BTC-USDT_binance_1h", "ETH-USDT_binance_1h")) {
            measure(name, hourlyReturns(name), 5, 2);
        }
    }

    private static void measure(String name, double[] returns, int rounds, int fits) {
        for (var variance : Variance.values()) {
            for (var innovations : Innovations.values()) {
                var specification = new GarchSpecification(variance, innovations);
                var best = Double.POSITIVE_INFINITY;
                var fit = Garch.fit(returns, specification);
                for (var round = 0; round < rounds; round++) {
                    var begin = cpuNanos();
                    for (var i = 0; i < fits; i++) {
                        fit = Garch.fit(returns, specification);
                    }
                    best = Math.min(best, (cpuNanos() - begin) / (fits * 1e6));
                }
                System.out.printf(
                        "%s n=%d %s %s: %.3f ms, %d steps, converged %s, held %s, %s%n",
                        name,
                        returns.length,
                        variance,
                        innovations,
                        best,
                        fit.iterations(),
                        fit.isConverged(),
                        fit.isPersistenceHeld(),
                        fit.parameters());
            }
        }
    }

    /** Processor time of this thread: other work on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double[] hourlyReturns(String name) throws IOException {
        var file = Path.of(System.getProperty("plimsoll.root", ".."))
                .resolve("../shared/data/prices/hourly/" + name + ".csv.gz");
        var closes = new ArrayList<Double>();
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            var header = List.of(reader.readLine().split(",", -1));
            var close = header.indexOf("close");
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                closes.add(Double.parseDouble(line.split(",", -1)[close]));
            }
        }
        var last = closes.subList(closes.size() - THREE_YEARS_OF_HOURS - 1, closes.size());
        var returns = new double[THREE_YEARS_OF_HOURS];
        for (var t = 0; t < returns.length; t++) {
            returns[t] = StrictMath.log(last.get(t + 1) / last.get(t));
        }
        return returns;
    }
}
