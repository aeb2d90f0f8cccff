package plimsoll.protocol.comet;

import java.math.BigInteger;
import plimsoll.units.Wad;

/**
 * One side's interest, per second, as a line with a kink over utilization.
 *
 * <pre>
 * u ≤ kink: base + ⌊low·u/10¹⁸⌋        u > kink: base + ⌊low·kink/10¹⁸⌋ + ⌊high·(u − kink)/10¹⁸⌋
 * </pre>
 *
 * <p>Source: comet d5a30b0a, Comet.sol getSupplyRate and getBorrowRate.
 */
public record CometRates(Wad kink, Wad base, Wad slopeLow, Wad slopeHigh) {

    BigInteger perSecond(BigInteger utilization) {
        BigInteger below = utilization.min(kink.raw());
        BigInteger above = utilization.subtract(below);
        BigInteger rate = base.raw()
                .add(CometMath.mulFactor(slopeLow.raw(), below))
                .add(CometMath.mulFactor(slopeHigh.raw(), above));
        return CometMath.fits(rate, 64);
    }
}
