package plimsoll.oracle.testing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.PriceHistory;
import plimsoll.devnet.PricePoint;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.LossModel;
import plimsoll.oracle.calibration.Measures;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.parameter.StabilityRule;
import plimsoll.risk.calibration.AntiProcyclicality;
import plimsoll.risk.calibration.Eligibility;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.ReserveInputs.Falls;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/** A devnet market with an hourly price history, and settings under which it can be calibrated in a moment. */
public final class MarketFixture {

    private static final int HOURS = 150;

    private MarketFixture() {}

    /** Seeded random walks of 1 % an hour; USDC stays near its peg. */
    public static Devnet start(long seed) {
        PriceHistory history = history(seed);
        Devnet devnet = Devnet.start(DevnetSettings.ofSeed(seed).before(history));
        devnet.market().play(history);
        devnet.market().refreshFeeds();
        return devnet;
    }

    private static PriceHistory history(long seed) {
        Instant start = Instant.parse("2026-01-02T00:00:00Z");
        Map<Asset, BigDecimal> first = Map.of(
                Asset.WETH, new BigDecimal("2500"),
                Asset.WBTC, new BigDecimal("60000"),
                Asset.LINK, new BigDecimal("15"),
                Asset.USDC, BigDecimal.ONE);
        Random random = new Random(seed);
        Map<Asset, List<PricePoint>> points = new EnumMap<>(Asset.class);
        for (Asset asset : Asset.values()) {
            double step = asset == Asset.USDC ? 0.0002 : 0.01;
            double level = 0;
            List<PricePoint> list = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                level += step * random.nextGaussian();
                BigDecimal price = first.getOrDefault(asset, BigDecimal.ONE)
                        .multiply(BigDecimal.valueOf(StrictMath.exp(level)))
                        .setScale(8, RoundingMode.HALF_UP);
                list.add(new PricePoint(start.plus(Duration.ofHours(hour)), Price.parse(price.toPlainString())));
            }
            points.put(asset, list);
        }
        return new PriceHistory(points);
    }

    public static ReadingSettings reading() {
        return new ReadingSettings(1_000, new BlockNumber(0), Duration.ofHours(25), Map.<Address, Duration>of());
    }

    public static CalibrationSettings settings() {
        return new CalibrationSettings(
                0.99,
                new CalibrationSettings.History(Duration.ofHours(1), 100, 1_000, Duration.ofMinutes(5)),
                new CalibrationSettings.Horizons(Duration.ofHours(4), Duration.ofHours(24)),
                AntiProcyclicality.standard(),
                new CalibrationSettings.LiquidationCosts(0.005, 0.01, 0.002, 0.005, 1),
                new CalibrationSettings.Sizes(0.1, 250_000, Duration.ofHours(1), 0.8),
                new CalibrationSettings.Keepers(1, 0.9, 30),
                CalibrationSettings.Regimes.standard(),
                new Eligibility.Rules(0, 0, 0, 1),
                new CalibrationSettings.Chance(1_000, 20, 1_024, 7),
                new CalibrationSettings.Budget(0.001, 400_000, 1, 0.0005, 4),
                new CalibrationSettings.Checks(true, false, 0),
                new CalibrationSettings.Scope(false, false),
                new StabilityRule(new Bps(50), new Bps(300), new Bps(100), new Bps(9_000), new Bps(1_000)),
                0);
    }

    /** Judges every price alike: it may fall 20 % before a liquidation and 5 % more in a user's day. */
    public static LossModel constantModel() {
        return (returns, period, champion, settings, stream) -> new Measures(
                "constant/1",
                returns.size(),
                period,
                0.8,
                new Falls(
                        horizon -> Estimate.exact(0.20),
                        horizon -> Estimate.exact(0.05),
                        horizon -> Estimate.exact(0.20)),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
