package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.Optional;
import plimsoll.units.Wad;

/**
 * A reserve's totals and how they grow, block by block, on simple interest since they were last brought up to date.
 *
 * <pre>
 * f = r·Δn                       r the borrow rate a block, Δn the blocks since
 * i = ⌊f·B/10¹⁸⌋                  interest on all that is borrowed, B
 * B' = B + i     R' = R + ⌊i·q/10¹⁸⌋     I' = I + ⌊f·I/10¹⁸⌋      R reserves, q the reserve factor, I the borrow index
 * x = ⌊(c + B − R)·10¹⁸/S⌋        the exchange rate: c cash, S the reserve's tokens; the first rate where there are none
 * </pre>
 *
 * <p>Source: venus-protocol 10.3.0, Tokens/VTokens/VToken.sol accrueInterest, exchangeRateStoredInternal;
 * compound-protocol a3214f6, CToken.sol, the same.
 *
 * @param cash the underlying that the reserve holds
 * @param supply the reserve's own tokens
 * @param firstExchangeRate counts while there are no tokens
 * @param ratePerBlock what the interest rate model answers for the totals as they stand
 * @param reduction when reserves are paid out, at Venus
 */
public record ReserveTotals(
        BigInteger cash,
        BigInteger borrows,
        BigInteger reserves,
        BigInteger supply,
        Wad firstExchangeRate,
        Wad borrowIndex,
        long accruedAt,
        Wad ratePerBlock,
        Wad reserveFactor,
        Optional<Reduction> reduction) {

    /** 0.0005 % a block; above it the reserve refuses to go on. */
    private static final BigInteger HIGHEST_RATE = BigInteger.valueOf(5_000_000_000_000L);

    /** Reserves are paid out with the first accrual that comes {@code every} blocks after the last payment. */
    public record Reduction(long last, long every) {}

    /** Whether the reserve can still bring itself up to date; it refuses an absurd rate. */
    public boolean accrues() {
        return ratePerBlock.raw().compareTo(HIGHEST_RATE) <= 0;
    }

    /** The totals once interest up to this block is added, as any of the reserve's transactions in it would do first. */
    public ReserveTotals accruedTo(long block) {
        long blocks = block - accruedAt;
        if (blocks < 0) {
            throw new IllegalArgumentException("Reserve was brought up to date after the block asked for: accrued="
                    + accruedAt + " asked=" + block);
        }
        if (blocks == 0) {
            return this;
        }
        BigInteger factor = CompoundMath.word(ratePerBlock.raw().multiply(BigInteger.valueOf(blocks)));
        BigInteger interest = CompoundMath.times(factor, borrows);
        BigInteger grown = CompoundMath.plus(reserves, CompoundMath.times(reserveFactor.raw(), interest));
        BigInteger index = borrowIndex.raw();
        boolean paysOut = reduction.isPresent()
                && block - reduction.get().last() >= reduction.get().every();
        BigInteger paid = paysOut ? cash.min(grown) : BigInteger.ZERO;
        return new ReserveTotals(
                cash.subtract(paid),
                CompoundMath.plus(borrows, interest),
                grown.subtract(paid),
                supply,
                firstExchangeRate,
                new Wad(CompoundMath.plus(index, CompoundMath.times(factor, index))),
                block,
                ratePerBlock,
                reserveFactor,
                paysOut ? Optional.of(new Reduction(block, reduction.get().every())) : reduction);
    }

    /** Underlying for 10¹⁸ of the reserve's tokens. */
    public BigInteger exchangeRate() {
        if (supply.signum() == 0) {
            return firstExchangeRate.raw();
        }
        return CompoundMath.ratio(CompoundMath.minus(CompoundMath.plus(cash, borrows), reserves), supply);
    }

    /** After {@code underlying} was paid out for {@code tokens}. */
    ReserveTotals redeemed(BigInteger tokens, BigInteger underlying) {
        return with(cash.subtract(underlying), borrows, reserves, supply.subtract(tokens));
    }

    /** After part of a debt was repaid. */
    ReserveTotals repaid(BigInteger underlying) {
        return with(cash.add(underlying), borrows.subtract(underlying), reserves, supply);
    }

    /** After {@code tokens} were turned into reserves, as Compound does with its share of what is seized. */
    ReserveTotals reserved(BigInteger tokens) {
        BigInteger underlying = CompoundMath.times(exchangeRate(), tokens);
        return with(cash, borrows, reserves.add(underlying), supply.subtract(tokens));
    }

    private ReserveTotals with(
            BigInteger newCash, BigInteger newBorrows, BigInteger newReserves, BigInteger newSupply) {
        return new ReserveTotals(
                newCash,
                newBorrows,
                newReserves,
                newSupply,
                firstExchangeRate,
                borrowIndex,
                accruedAt,
                ratePerBlock,
                reserveFactor,
                reduction);
    }
}
