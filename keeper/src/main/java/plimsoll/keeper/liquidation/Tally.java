package plimsoll.keeper.liquidation;

import java.math.BigInteger;
import plimsoll.units.BaseValue;

/**
 * What comes in and what goes out, in the base currency.
 */
record Tally(BaseValue proceeds, BaseValue cost) implements Comparable<Tally> {

    static final Tally NOTHING = new Tally(BaseValue.ZERO, BaseValue.ZERO);

    Tally plus(Tally other) {
        return new Tally(proceeds.plus(other.proceeds), cost.plus(other.cost));
    }

    boolean leaves(BaseValue least) {
        return proceeds.compareTo(cost.plus(least)) >= 0;
    }

    /** What is left in the base currency's smallest unit, less than nothing where it is a loss. */
    BigInteger left() {
        return proceeds.raw().subtract(cost.raw());
    }

    /** By what is left, be it a loss. */
    @Override
    public int compareTo(Tally other) {
        return left().compareTo(other.left());
    }
}
