package plimsoll.protocol.morpho;

import java.math.BigInteger;
import java.time.Instant;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What a market keeps about all its lenders and borrowers together: the contract's {@code Market}. Interest is in it only up to
 * {@code lastUpdate}.
 *
 * @param supplied what lenders have, in the loan token
 * @param borrowed what borrowers owe, in the loan token
 * @param fee the share of interest that the fee recipient gets, as new shares of the supply
 */
public record MorphoTotals(
        TokenAmount supplied,
        Shares supplyShares,
        TokenAmount borrowed,
        Shares borrowShares,
        Instant lastUpdate,
        Wad fee) {

    public MorphoTotals {
        if (supplied.raw().bitLength() > 128 || borrowed.raw().bitLength() > 128) {
            throw new IllegalArgumentException(
                    "Totals are outside 0..2^128-1: supplied=" + supplied.raw() + " borrowed=" + borrowed.raw());
        }
    }

    /** The totals with interest up to a time, what the interest was, and the shares that the fee became. */
    public record Accrual(MorphoTotals totals, TokenAmount interest, Shares feeShares) {}

    /**
     * As the contract accrues: {@code i = ⌊B·taylor(r, Δt)/10¹⁸⌋} is added to both sides; of it {@code f = ⌊i·fee/10¹⁸⌋} becomes
     * {@code ⌊f·(S+10⁶)/(A+i−f+1)⌋} shares of the supply. Nothing happens at Δt = 0.
     *
     * <p>The rate is what the market's interest rate model answers for this market at that very time: {@code borrowRateView} with
     * these totals at the block whose time is {@code now}. A model that adapts answers another rate a block later.
     *
     * <p>Source: morpho-blue 1.0.0, Morpho.sol _accrueInterest. Throws {@link ArithmeticException} where the contract reverts, which
     * is where a total does not fit 128 bits.
     *
     * @param ratePerSecond absent models (the zero address) are a rate of zero
     */
    public Accrual accruedTo(Instant now, Wad ratePerSecond) {
        long seconds = now.getEpochSecond() - lastUpdate.getEpochSecond();
        if (seconds < 0) {
            throw new IllegalArgumentException(
                    "Market was updated after the time asked for: updated=" + lastUpdate + " asked=" + now);
        }
        if (seconds == 0) {
            return new Accrual(this, TokenAmount.zero(supplied.decimals()), Shares.ZERO);
        }
        BigInteger growth = MorphoMath.taylorCompounded(ratePerSecond.raw(), BigInteger.valueOf(seconds));
        BigInteger interest = MorphoMath.wMulDown(borrowed.raw(), growth);
        BigInteger suppliedNow = total(supplied.raw().add(interest));
        BigInteger borrowedNow = total(borrowed.raw().add(interest));
        BigInteger feeAmount = MorphoMath.wMulDown(interest, fee.raw());
        BigInteger feeShares = MorphoMath.toSharesDown(feeAmount, suppliedNow.subtract(feeAmount), supplyShares.raw());
        MorphoTotals accrued = new MorphoTotals(
                amount(suppliedNow),
                new Shares(total(supplyShares.raw().add(feeShares))),
                amount(borrowedNow),
                borrowShares,
                now,
                fee);
        return new Accrual(accrued, amount(interest), new Shares(feeShares));
    }

    /** What these borrow shares owe, rounded up. */
    public TokenAmount owedFor(Shares shares) {
        return amount(MorphoMath.toAssetsUp(shares.raw(), borrowed.raw(), borrowShares.raw()));
    }

    /** What these supply shares are worth, rounded down. */
    public TokenAmount worthOf(Shares shares) {
        return amount(MorphoMath.toAssetsDown(shares.raw(), supplied.raw(), supplyShares.raw()));
    }

    /** The totals after shares of debt are paid; the payment may be a unit more than all that is owed. */
    MorphoTotals afterRepaying(Shares shares, BigInteger assets) {
        return new MorphoTotals(
                supplied,
                supplyShares,
                amount(MorphoMath.minusOrZero(borrowed.raw(), assets)),
                borrowShares.minus(shares),
                lastUpdate,
                fee);
    }

    /** The totals after a debt that nothing covers is taken from the lenders. */
    MorphoTotals afterWritingOff(Shares shares, BigInteger assets) {
        return new MorphoTotals(
                supplied.minus(amount(assets)),
                supplyShares,
                borrowed.minus(amount(assets)),
                borrowShares.minus(shares),
                lastUpdate,
                fee);
    }

    TokenAmount amount(BigInteger raw) {
        return new TokenAmount(raw, supplied.decimals());
    }

    private static BigInteger total(BigInteger value) {
        if (value.bitLength() > 128) {
            throw new ArithmeticException("Morpho would overflow 128 bits: bits=" + value.bitLength());
        }
        return value;
    }
}
