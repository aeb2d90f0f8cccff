package plimsoll.keeper.liquidation;

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

    /** By what is left, be it a loss. */
    @Override
    public int compareTo(Tally other) {
        return proceeds.plus(other.cost).compareTo(other.proceeds.plus(cost));
    }
}
