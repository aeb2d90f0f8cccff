package plimsoll.acceptance.bench;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.protocol.aave.AaveState;

/** The health factor's formula written down in {@link BigInteger}, as a straightforward bot has it, for accounts outside eModes. */
final class PlainHealth {

    private static final BigInteger RAY = BigInteger.TEN.pow(27);
    private static final BigInteger WAD = BigInteger.TEN.pow(18);
    private static final BigInteger THRESHOLD = BigInteger.valueOf(8_000);
    private static final BigInteger BPS = BigInteger.valueOf(10_000);
    private static final BigInteger INDEX = new BigInteger("1070000000000000000123456789");

    private final Map<Integer, BigInteger> prices = new HashMap<>();
    private final Map<Integer, BigInteger> units = new HashMap<>();

    PlainHealth(AaveState market) {
        for (Asset asset : market.assets()) {
            prices.put(
                    asset.number(),
                    market.price(asset.number()).counted().orElseThrow().raw());
            units.put(asset.number(), BigInteger.TEN.pow(asset.decimals()));
        }
    }

    int below(List<AccountPosition> positions) {
        int below = 0;
        for (AccountPosition position : positions) {
            BigInteger weighted = BigInteger.ZERO;
            BigInteger debt = BigInteger.ZERO;
            for (Holding holding : position.holdings()) {
                BigInteger price = prices.getOrDefault(holding.reserve(), BigInteger.ZERO);
                BigInteger unit = units.getOrDefault(holding.reserve(), BigInteger.ONE);
                if (holding.usedAsCollateral()) {
                    BigInteger tokens = holding.supplied().raw().multiply(INDEX).divide(RAY);
                    weighted = weighted.add(tokens.multiply(price).divide(unit).multiply(THRESHOLD));
                }
                if (!holding.borrowed().isZero()) {
                    BigInteger tokens = ceil(holding.borrowed().raw().multiply(INDEX), RAY);
                    debt = debt.add(ceil(tokens.multiply(price), unit));
                }
            }
            if (debt.signum() > 0) {
                BigInteger health = weighted.multiply(WAD)
                        .add(debt.shiftRight(1))
                        .divide(debt)
                        .divide(BPS);
                below += health.compareTo(WAD) < 0 ? 1 : 0;
            }
        }
        return below;
    }

    private static BigInteger ceil(BigInteger numerator, BigInteger denominator) {
        return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator);
    }
}
