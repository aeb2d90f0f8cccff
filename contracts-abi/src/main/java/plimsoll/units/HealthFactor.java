package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Collateral weighted by its liquidation threshold, over debt: below 1 the position may be liquidated. A position without
 * debt has no health factor, which is why {@link #of} is optional and no huge number stands in for it.
 */
public record HealthFactor(Wad ratio) implements Comparable<HealthFactor> {

    public static final HealthFactor ONE = new HealthFactor(Wad.ONE);

    /**
     * collateral × threshold ÷ debt, each division rounded half up; a plain reading for one threshold. Protocols round in
     * ways of their own: their classes in {@code plimsoll.protocol} are what decides.
     */
    public static Optional<HealthFactor> of(BaseValue collateral, Bps threshold, BaseValue debt) {
        if (debt.isZero()) {
            return Optional.empty();
        }
        BigInteger weighted = collateral.raw().multiply(BigInteger.valueOf(threshold.raw()));
        BigInteger ratio = Uint.timesOver(weighted, Wad.SCALE, debt.raw(), RoundingMode.HALF_UP);
        return Optional.of(new HealthFactor(new Wad(Uint.over(ratio, Bps.SCALE, RoundingMode.HALF_UP))));
    }

    public static HealthFactor parse(String text) {
        return new HealthFactor(Wad.parse(text));
    }

    public boolean isBelow(HealthFactor other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(HealthFactor other) {
        return ratio.compareTo(other.ratio);
    }

    @Override
    public String toString() {
        return ratio.toString();
    }
}
