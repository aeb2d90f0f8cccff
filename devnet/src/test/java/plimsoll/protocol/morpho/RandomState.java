package plimsoll.protocol.morpho;

import java.math.BigInteger;
import java.time.Instant;
import java.util.random.RandomGenerator;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Request;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * One state of a market, a position in it and what a liquidator asks for: amounts of every size, health on both sides of the line
 * and, one time in four, within a unit or two of it.
 */
record RandomState(
        MorphoTotals totals, Wad ratePerSecond, MorphoPosition position, OraclePrice price, Request request) {

    private static final int LOAN_DECIMALS = 6;
    private static final int COLLATERAL_DECIMALS = 18;
    private static final BigInteger MOST_FEE = new BigInteger("250000000000000000");
    private static final BigInteger MOST_128 = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

    static RandomState draw(RandomGenerator random, Wad lltv, Instant now) {
        BigInteger borrowed = ofBits(random, random.nextInt(1, 106));
        BigInteger supplied =
                borrowed.add(random.nextInt(4) == 0 ? BigInteger.ZERO : ofBits(random, random.nextInt(1, 106)));
        long elapsed = random.nextInt(5) == 0 ? 0 : random.nextLong(1, 40_000_000);
        MorphoTotals totals = new MorphoTotals(
                TokenAmount.ofRaw(supplied, LOAN_DECIMALS),
                new Shares(sharesOf(random, supplied)),
                TokenAmount.ofRaw(borrowed, LOAN_DECIMALS),
                new Shares(sharesOf(random, borrowed)),
                now.minusSeconds(elapsed),
                random.nextBoolean() ? Wad.ZERO : new Wad(below(random, MOST_FEE)));
        Wad rate = new Wad(ofBits(random, random.nextInt(1, 35)));
        Shares owed = new Shares(
                random.nextInt(50) == 0
                        ? totals.borrowShares().raw()
                        : part(random, totals.borrowShares().raw()));
        BigInteger collateral = ofBits(random, random.nextInt(1, 100));
        MorphoPosition position = new MorphoPosition(TokenAmount.ofRaw(collateral, COLLATERAL_DECIMALS), owed);
        OraclePrice price = price(random, lltv, totals.accruedTo(now, rate).totals(), position);
        return new RandomState(totals, rate, position, price, request(random, position));
    }

    /** Mostly ordinary: a million shares an asset, less the interest since; else anything. */
    private static BigInteger sharesOf(RandomGenerator random, BigInteger assets) {
        if (random.nextInt(10) == 0) {
            return ofBits(random, random.nextInt(1, 126));
        }
        return assets.multiply(BigInteger.valueOf(random.nextLong(300_000, 1_000_001)))
                .min(MOST_128);
    }

    /** The price at which the position has some health between 0.5 and 1.5, or so close to 1 that the last unit decides. */
    private static OraclePrice price(RandomGenerator random, Wad lltv, MorphoTotals accrued, MorphoPosition position) {
        BigInteger atTheLine = accrued.owedFor(position.borrowShares())
                .raw()
                .multiply(Wad.SCALE)
                .multiply(OraclePrice.SCALE)
                .divide(position.collateral().raw().multiply(lltv.raw()));
        BigInteger price = switch (random.nextInt(8)) {
            case 0 -> atTheLine.add(BigInteger.valueOf(random.nextInt(-2, 3)));
            case 1 ->
                atTheLine.add(OraclePrice.SCALE
                        .multiply(BigInteger.valueOf(random.nextInt(-2, 3)))
                        .divide(position.collateral().raw()));
            default -> times(atTheLine, random.nextDouble(0.5, 1.5));
        };
        if (random.nextInt(500) == 0) {
            price = BigInteger.ZERO;
        }
        // Beyond this the contract could not multiply it by the collateral, and would refuse everything.
        BigInteger most = BigInteger.TWO
                .pow(256)
                .subtract(BigInteger.ONE)
                .divide(position.collateral().raw().shiftLeft(2));
        return new OraclePrice(price.max(BigInteger.ZERO).min(most));
    }

    private static Request request(RandomGenerator random, MorphoPosition position) {
        if (random.nextBoolean()) {
            return new Seize(
                    TokenAmount.ofRaw(asked(random, position.collateral().raw()), COLLATERAL_DECIMALS));
        }
        return new Repay(new Shares(asked(random, position.borrowShares().raw())));
    }

    /** Everything, a part, a unit, and now and then more than there is. */
    private static BigInteger asked(RandomGenerator random, BigInteger most) {
        return switch (random.nextInt(10)) {
            case 0 -> BigInteger.ONE;
            case 1 -> most.add(BigInteger.valueOf(random.nextInt(1, 3))).min(MOST_128);
            case 2, 3, 4 -> most.max(BigInteger.ONE);
            default -> part(random, most).max(BigInteger.ONE);
        };
    }

    private static BigInteger part(RandomGenerator random, BigInteger most) {
        return times(most, random.nextDouble() * random.nextDouble()).min(most);
    }

    private static BigInteger times(BigInteger value, double factor) {
        return value.multiply(BigInteger.valueOf((long) (factor * 0x1p60))).shiftRight(60);
    }

    private static BigInteger below(RandomGenerator random, BigInteger bound) {
        return times(bound, random.nextDouble());
    }

    private static BigInteger ofBits(RandomGenerator random, int bits) {
        byte[] bytes = new byte[bits / 8 + 1];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).shiftRight(8 - bits % 8).setBit(bits - 1);
    }
}
