package plimsoll.protocol.comet;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a market stores for all its accounts together: the indexes of its last accrual and the totals without interest.
 *
 * @param supplyIndex 10¹⁵ at the start
 * @param supplied all lenders' principal
 * @param borrowed all borrowers' principal, as a positive number
 */
public record CometTotals(
        BigInteger supplyIndex, BigInteger borrowIndex, BigInteger supplied, BigInteger borrowed, Instant lastAccrual) {

    public CometTotals {
        requireBits(supplyIndex, 64);
        requireBits(borrowIndex, 64);
        requireBits(supplied, 104);
        requireBits(borrowed, 104);
        if (supplyIndex.signum() == 0 || borrowIndex.signum() == 0) {
            throw new IllegalArgumentException("Market is not initialised: an index is zero");
        }
    }

    /**
     * The same totals after an accrual at this time: each index I grows to I + ⌊I·(r·Δt)/10¹⁸⌋, r its side's rate at the
     * utilization before. Source: comet d5a30b0a, Comet.sol accruedInterestIndices and getUtilization.
     */
    public CometTotals accruedTo(Instant now, CometRates supply, CometRates borrow) {
        long seconds = now.getEpochSecond() - lastAccrual.getEpochSecond();
        if (seconds < 0) {
            throw new IllegalArgumentException(
                    "Market was accrued after the time asked for: accrued=" + lastAccrual + " asked=" + now);
        }
        if (seconds == 0) {
            return this;
        }
        BigInteger utilization = utilization();
        return new CometTotals(
                grown(supplyIndex, supply.perSecond(utilization), seconds),
                grown(borrowIndex, borrow.perSecond(utilization), seconds),
                supplied,
                borrowed,
                now);
    }

    /** Borrowed over supplied, both with interest, scaled by 10¹⁸; zero where nothing is supplied. */
    BigInteger utilization() {
        BigInteger lent = totalSupply();
        return lent.signum() == 0
                ? BigInteger.ZERO
                : CometMath.word(totalBorrow().multiply(CometMath.FACTOR_SCALE)).divide(lent);
    }

    /** Tokens owed to all lenders on these indexes. */
    BigInteger totalSupply() {
        return CometMath.presentValue(supplied, supplyIndex);
    }

    /** Tokens owed by all borrowers on these indexes. */
    BigInteger totalBorrow() {
        return CometMath.presentValue(borrowed, borrowIndex);
    }

    /** Base tokens of an account on these indexes, negative where it owes. */
    BigInteger balance(Principal principal) {
        BigInteger raw = principal.raw();
        return principal.isDebt()
                ? CometMath.presentValue(raw.negate(), borrowIndex).negate()
                : CometMath.presentValue(raw, supplyIndex);
    }

    private static BigInteger grown(BigInteger index, BigInteger rate, long seconds) {
        BigInteger growth = CometMath.mulFactor(index, rate.multiply(BigInteger.valueOf(seconds)));
        return CometMath.fits(index.add(growth), 64);
    }

    private static void requireBits(BigInteger value, int bits) {
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw new IllegalArgumentException("Total is outside " + bits + " bits: found=" + value);
        }
    }
}
