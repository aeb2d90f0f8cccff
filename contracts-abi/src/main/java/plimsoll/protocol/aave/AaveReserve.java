package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import plimsoll.units.Address;
import plimsoll.units.Ray;
import plimsoll.units.TokenAmount;

/**
 * One asset of a market as the pool stores it: what changes only when somebody touches it. The pool's place for it,
 * {@code id}, is what bitmaps and accounts refer to.
 *
 * @param indexes the indexes and yearly rates of the last update
 * @param liquidationGraceUntil no liquidation up to and including this time; the epoch where no grace was given
 */
public record AaveReserve(
        int id, Address asset, ReserveConfiguration configuration, Indexes indexes, Instant liquidationGraceUntil) {

    /** Bitmaps of the pool have room for 128 reserves. */
    public static final int MAX_RESERVES = 128;

    /** Indexes in ray and yearly rates in ray, at the block time of {@code lastUpdate}. */
    public record Indexes(
            Ray liquidityIndex,
            Ray variableBorrowIndex,
            Ray liquidityRate,
            Ray variableBorrowRate,
            Instant lastUpdate) {}

    public AaveReserve {
        if (id < 0 || id >= MAX_RESERVES) {
            throw new IllegalArgumentException("Reserve id is outside 0..127: found=" + id);
        }
        if (configuration.decimals() > 77) {
            throw new IllegalArgumentException("Reserve has more than 77 decimals: found=" + configuration.decimals());
        }
    }

    /** What one scaled supplied token is worth in tokens at this block time; rays rounded half up. */
    public Ray normalizedIncome(Instant now) {
        return AaveAccrual.normalizedIncome(this, now);
    }

    /** What one scaled borrowed token owes in tokens at this block time; rays rounded half up. As from 3.4 on. */
    public Ray normalizedDebt(Instant now) {
        return normalizedDebt(now, AaveRevision.V3_4);
    }

    /** What one scaled borrowed token owes in tokens at this block time; rays rounded half up. */
    public Ray normalizedDebt(Instant now, AaveRevision revision) {
        return AaveAccrual.normalizedDebt(this, now, new AaveRounding(revision));
    }

    /** Tokens that a scaled supply is at this block time, as the aToken's {@code balanceOf} rounds in this revision. */
    public TokenAmount supplied(ScaledAmount scaled, Instant now, AaveRevision revision) {
        BigInteger tokens = new AaveRounding(revision)
                .supplied(scaled.raw(), normalizedIncome(now).raw());
        return TokenAmount.ofRaw(tokens, configuration.decimals());
    }

    /** Tokens that a scaled debt owes at this block time, as the debt token's {@code balanceOf} rounds in this revision. */
    public TokenAmount owed(ScaledAmount scaled, Instant now, AaveRevision revision) {
        BigInteger tokens = new AaveRounding(revision)
                .owed(scaled.raw(), normalizedDebt(now, revision).raw());
        return TokenAmount.ofRaw(tokens, configuration.decimals());
    }

    Ray liquidityIndex() {
        return indexes.liquidityIndex();
    }

    Ray variableBorrowIndex() {
        return indexes.variableBorrowIndex();
    }

    Ray liquidityRate() {
        return indexes.liquidityRate();
    }

    Ray variableBorrowRate() {
        return indexes.variableBorrowRate();
    }

    Instant lastUpdate() {
        return indexes.lastUpdate();
    }
}
