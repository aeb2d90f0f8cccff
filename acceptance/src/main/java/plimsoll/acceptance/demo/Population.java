package plimsoll.acceptance.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Opening;
import plimsoll.units.TokenAmount;

/**
 * The demo's borrowers, drawn from a seed: what each supplies and borrows, and how close to the line it starts.
 *
 * <p>Collateral is worth $8,000 to $400,000, far above gas and dust, so that every liquidation pays.
 */
final class Population {

    /** What the generator must know of a reserve: its price in dollars and its parameters as fractions. */
    record Terms(double price, double liquidationThreshold, double ltv) {}

    private static final double SMALLEST = 8_000;
    private static final double LARGEST = 400_000;

    private Population() {}

    static List<Opening> draw(int accounts, long seed, Map<Asset, Terms> market) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Opening> openings = new ArrayList<>(accounts);
        for (int i = 1; i <= accounts; i++) {
            openings.add(one("borrower-" + i, random, market));
        }
        return List.copyOf(openings);
    }

    private static Opening one(String name, SplittableRandom random, Map<Asset, Terms> market) {
        double pick = random.nextDouble();
        Asset collateral = pick < 0.70 ? Asset.WETH : pick < 0.88 ? Asset.WBTC : Asset.LINK;
        Asset debt = collateral == Asset.WETH || random.nextDouble() < 0.9 ? Asset.USDC : Asset.WETH;
        Terms held = Objects.requireNonNull(market.get(collateral));
        Terms owed = Objects.requireNonNull(market.get(debt));

        double spread = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
        double value = Math.clamp(40_000 * StrictMath.exp(1.5 * spread), SMALLEST, LARGEST);
        // Never closer than LTV lets a borrower go; most within reach of a fall of 25-45 %.
        double nearest = 1.01 * held.liquidationThreshold() / held.ltv();
        double health = nearest - 0.30 * StrictMath.log(1 - random.nextDouble());
        double owedValue = value * held.liquidationThreshold() / health;
        return new Opening(
                name,
                Map.of(collateral, tokens(collateral, value / held.price())),
                Map.of(debt, tokens(debt, owedValue / owed.price())));
    }

    private static TokenAmount tokens(Asset asset, double whole) {
        return asset.amount(
                BigDecimal.valueOf(whole).setScale(6, RoundingMode.DOWN).toPlainString());
    }
}
