package plimsoll.protocol.aave;

import java.math.BigInteger;
import plimsoll.units.Bps;

/**
 * A reserve's parameters and switches, read out of the one word in which the pool packs them.
 *
 * <p>Source: aave-v3-origin 3.6.0, configuration/ReserveConfiguration.sol: bits 0 LTV, 16 liquidation threshold, 32 liquidation
 * bonus, 48 decimals, 56 active, 57 frozen, 58 borrowing, 60 paused, 61 borrowable in isolation, 62 siloed, 63 flash
 * loans, 64 reserve factor, 80 borrow cap, 116 supply cap, 152 liquidation protocol fee, 212 debt ceiling, 252 virtual
 * accounting.
 */
public record ReserveConfiguration(BigInteger raw) {

    public ReserveConfiguration {
        if (raw.signum() < 0 || raw.bitLength() > 256) {
            throw new IllegalArgumentException("Reserve configuration is not one word: found=" + raw);
        }
    }

    public static ReserveConfiguration ofRaw(BigInteger raw) {
        return new ReserveConfiguration(raw);
    }

    public Bps ltv() {
        return new Bps((int) bits(0, 16));
    }

    public Bps liquidationThreshold() {
        return new Bps((int) bits(16, 16));
    }

    /** The premium alone: a stored 10 500 is 500 bps. Zero too where nothing is stored, see {@link #bonusFactor}. */
    public Bps liquidationBonus() {
        return new Bps(Math.max(0, bonusFactor() - 10_000));
    }

    public int decimals() {
        return (int) bits(48, 8);
    }

    public boolean isActive() {
        return raw.testBit(56);
    }

    public boolean isFrozen() {
        return raw.testBit(57);
    }

    public boolean isBorrowingEnabled() {
        return raw.testBit(58);
    }

    public boolean isPaused() {
        return raw.testBit(60);
    }

    public boolean isBorrowableInIsolation() {
        return raw.testBit(61);
    }

    public boolean isSiloed() {
        return raw.testBit(62);
    }

    public boolean isFlashLoanEnabled() {
        return raw.testBit(63);
    }

    /** Whether the pool itself counts the reserve's liquidity. GHO did not before 3.4, and gave some borrowers a discount. */
    public boolean hasVirtualAccounting() {
        return raw.testBit(252);
    }

    /** The protocol's share of the interest. */
    public Bps reserveFactor() {
        return new Bps((int) bits(64, 16));
    }

    /** The most that may be borrowed, in whole tokens; 0 is no cap. */
    public long borrowCapTokens() {
        return bits(80, 36);
    }

    /** The most that may be supplied, in whole tokens; 0 is no cap. */
    public long supplyCapTokens() {
        return bits(116, 36);
    }

    /** The protocol's share of the liquidation bonus. */
    public Bps liquidationProtocolFee() {
        return new Bps((int) bits(152, 16));
    }

    /** The most debt that this collateral may carry in isolation, in hundredths of the base currency; 0 is no isolation. */
    public long debtCeilingCents() {
        return bits(212, 40);
    }

    /** The bonus as the pool stores and multiplies with it, 10 000 being none; 0 where the asset is no collateral. */
    int bonusFactor() {
        return (int) bits(32, 16);
    }

    private long bits(int from, int count) {
        return raw.shiftRight(from).longValue() & ((1L << count) - 1);
    }
}
