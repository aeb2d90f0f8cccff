package plimsoll.protocol.compound;

import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/**
 * One reserve of a market.
 *
 * @param token the reserve's own token (vToken, cToken), which is also its contract
 * @param decimals of the underlying
 * @param risk in the core pool; the only one that plain Compound has
 * @param seizeShare of what is seized, kept by the reserve itself: 2.8 % at Compound, nothing at Venus
 */
public record CompoundReserve(
        int id,
        Address token,
        Address underlying,
        int decimals,
        RiskParameters risk,
        ReserveTotals totals,
        Wad seizeShare,
        Set<Flag> flags) {

    /** What governance has switched for a reserve. */
    public enum Flag {
        LISTED,
        BORROW_PAUSED,
        REPAY_PAUSED,
        REDEEM_PAUSED,
        LIQUIDATE_PAUSED,
        SEIZE_PAUSED,
        /** Venus: debts in it may be liquidated whole and without a shortfall. */
        FORCED_LIQUIDATION
    }

    public CompoundReserve {
        flags = Set.copyOf(flags);
    }

    public boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /** Whether debts in it may be liquidated whole and without a shortfall: forced at Venus, a deprecated market at Compound. */
    boolean liquidatesFreely(CompoundRevision revision) {
        return switch (revision) {
            case VENUS_CORE_10_3 -> is(Flag.FORCED_LIQUIDATION);
            case COMPOUND_V2 ->
                risk.collateralFactor().isZero()
                        && is(Flag.BORROW_PAUSED)
                        && totals.reserveFactor().equals(Wad.ONE);
        };
    }

    CompoundReserve with(ReserveTotals other) {
        return new CompoundReserve(id, token, underlying, decimals, risk, other, seizeShare, flags);
    }
}
