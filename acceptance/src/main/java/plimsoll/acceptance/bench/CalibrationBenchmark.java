package plimsoll.acceptance.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.oracle.calibration.Book;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.CalibrationSettings.Budget;
import plimsoll.oracle.calibration.CalibrationSettings.Chance;
import plimsoll.oracle.calibration.CalibrationSettings.Checks;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FileHistory;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.Origin;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;

/**
 * The whole calibration of thirty assets: three years of hourly prices, 10,000 positions, 100,000 joint paths of 24 hourly
 * steps, one parameter vector and up to twenty refinements, without the rolling backtest. Prices and positions are
 * generated from a seed.
 */
final class CalibrationBenchmark {

    static final int STEPS = 1;

    private static final int ASSETS = 30;
    private static final int STABLE = 3;
    private static final int HOURS = 26_281;
    private static final int POSITIONS = 10_000;
    private static final int PATHS = 100_352;
    private static final int REFINEMENTS = 20;
    private static final Instant START = Instant.parse("2020-11-01T00:00:00Z");

    private CalibrationBenchmark() {}

    static List<BenchmarkResult> run(BenchmarkSettings settings, Progress progress) {
        progress.note("whole calibration");
        // One round is for tests, which want to see it run.
        boolean whole = settings.rounds() > 1;
        MarketState market = market(whole ? HOURS : 2_000);
        CalibrationSettings standard = CalibrationSettings.standard();
        CalibrationSettings wanted = standard.withChance(new Chance(
                        whole ? 20_000 : 1_000,
                        standard.chance().replications(),
                        whole ? PATHS : 1_024,
                        standard.chance().seed()))
                .withBudget(new Budget(
                        standard.budget().badDebtShare(),
                        standard.budget().lossBudget(),
                        standard.budget().liquidationsAtRiskShare(),
                        standard.budget().forcedShare(),
                        whole ? REFINEMENTS : 1))
                .withChecks(new Checks(false, false, 0));
        long began = System.nanoTime();
        CalibrationResult result = new Calibrator(wanted, new FilteredHistoryModel()).calibrate(market);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (result.outcomes().stream().noneMatch(outcome -> outcome.answer().isPresent())) {
            throw new IllegalStateException("The calibration judged nothing");
        }
        progress.advance();
        return List.of(BenchmarkResult.alone(
                "whole calibration of 30 assets, 3 years of hours, 100,352 paths, 10,000 positions, up to 20 refinements",
                seconds,
                "s"));
    }

    private static MarketState market(int hours) {
        SeededRandom random = new SeededRandom(7);
        double[][] logs = logs(random, hours);
        List<Reserve> reserves = new ArrayList<>();
        for (int asset = 0; asset < ASSETS; asset++) {
            reserves.add(reserve(asset, logs[asset]));
        }
        return new MarketState(
                new Origin.FromFiles("generated", LocalDate.EPOCH, LocalDate.EPOCH, List.of()),
                START.plus(Duration.ofHours(hours)),
                reserves,
                book(random),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    /** GARCH shocks, half of each asset's own and half of all assets'; stablecoins hardly move. */
    private static double[][] logs(SeededRandom random, int hours) {
        double[][] logs = new double[ASSETS][hours];
        double[] h = new double[ASSETS];
        Arrays.fill(h, 1);
        for (int t = 1; t < hours; t++) {
            double common = Lanes.normal(random.nextDouble());
            for (int asset = 0; asset < ASSETS; asset++) {
                double z = Math.sqrt(0.5) * (common + Lanes.normal(random.nextDouble()));
                double scale = asset < STABLE ? 0.000_3 : 0.006 + 0.000_2 * asset;
                logs[asset][t] = logs[asset][t - 1] + scale * Math.sqrt(h[asset]) * z;
                h[asset] = 0.05 + (0.10 * z * z + 0.85) * h[asset];
            }
        }
        return logs;
    }

    private static Reserve reserve(int asset, double[] logs) {
        List<Instant> times = new ArrayList<>();
        double[] prices = new double[logs.length];
        for (int t = 0; t < logs.length; t++) {
            times.add(START.plus(Duration.ofHours(t)));
            prices[t] = StrictMath.exp(logs[t]);
        }
        PriceSeries series = PriceSeries.of(times, prices);
        return new Reserve(
                address(asset),
                (asset < STABLE ? "USD" : "COIN") + asset,
                new CollateralParameters(new Bps(7_000), new Bps(7_500), new Bps(500), 0, 0),
                new Bps(1_000),
                new Bps(1_000),
                true,
                Optional.empty(),
                prices[prices.length - 1],
                new FileHistory("generated", List.of(), Map.of(), series.contentHash(), series));
    }

    /**
     * One or two collaterals against a stablecoin, sizes of a heavy tail; health factors with quartiles near 1.5, 2 and 3.2,
     * as 1,309 borrowers against stETH had in June 2023 (1.44, 1.99 and 3.04).
     */
    private static Book book(SeededRandom random) {
        List<Book.Account> accounts = new ArrayList<>();
        for (int i = 0; i < POSITIONS; i++) {
            double value = 2_000 / StrictMath.pow(random.nextDouble(), 0.8);
            double health = 1.01 + StrictMath.exp(1.15 * Lanes.normal(random.nextDouble()));
            int first = STABLE + random.nextIndex(ASSETS - STABLE);
            int second = STABLE + random.nextIndex(ASSETS - STABLE);
            List<Book.Collateral> collateral = first == second
                    ? List.of(new Book.Collateral(address(first), base(value), Optional.empty()))
                    : List.of(
                            new Book.Collateral(address(first), base(0.7 * value), Optional.empty()),
                            new Book.Collateral(address(second), base(0.3 * value), Optional.empty()));
            BaseValue debt = base(value * 0.75 / health);
            accounts.add(new Book.Account(
                    Address.parse("0x" + "%040x".formatted(i + 1_000_000)),
                    debt,
                    List.of(new Book.Debt(address(random.nextIndex(STABLE)), debt)),
                    collateral));
        }
        return new Book(accounts);
    }

    private static Address address(int asset) {
        return Address.parse("0x" + "%040x".formatted(asset + 1));
    }

    private static BaseValue base(double dollars) {
        return BaseValue.ofRaw(BigDecimal.valueOf(dollars)
                .movePointRight(Book.DECIMALS)
                .setScale(0, RoundingMode.FLOOR)
                .toBigInteger());
    }
}
