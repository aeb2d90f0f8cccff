package plimsoll.keeper.position;

import plimsoll.units.Address;

/** A fact about the market that a log has made stale, to be read again at the block's hash. */
public sealed interface Touch {

    /** What the account has supplied of the asset. */
    record Supply(Address account, Address asset) implements Touch {}

    /** What the account owes of the asset. */
    record Debt(Address account, Address asset) implements Touch {}

    /** Which supplies the account uses as collateral. */
    record Collateral(Address account) implements Touch {}

    /** Which efficiency mode the account has chosen. */
    record Efficiency(Address account) implements Touch {}

    /** The asset's indexes and rates. */
    record Indexes(Address asset) implements Touch {}

    /** What governance sets: reserves, thresholds, bonuses, efficiency modes, pauses, price sources. */
    record Parameters() implements Touch {}
}
