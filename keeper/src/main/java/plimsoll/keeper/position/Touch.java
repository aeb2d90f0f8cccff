package plimsoll.keeper.position;

import java.util.Optional;
import plimsoll.units.Address;

/** A fact about the market that a log has made stale, to be read again at the block's hash. */
public sealed interface Touch {

    /** Whose fact it is, where it belongs to an account. */
    default Optional<Address> whose() {
        return switch (this) {
            case Supply(Address account, Address _) -> Optional.of(account);
            case Debt(Address account, Address _) -> Optional.of(account);
            case Collateral(Address account) -> Optional.of(account);
            case Efficiency(Address account) -> Optional.of(account);
            case Account(Address account) -> Optional.of(account);
            case Indexes _, Parameters _ -> Optional.empty();
        };
    }

    /** What the account has supplied of the asset. */
    record Supply(Address account, Address asset) implements Touch {}

    /** What the account owes of the asset. */
    record Debt(Address account, Address asset) implements Touch {}

    /** Which supplies the account uses as collateral. */
    record Collateral(Address account) implements Touch {}

    /** Which efficiency mode the account has chosen. */
    record Efficiency(Address account) implements Touch {}

    /** Everything about the account. */
    record Account(Address account) implements Touch {}

    /** The asset's indexes and rates. */
    record Indexes(Address asset) implements Touch {}

    /** What governance sets: reserves, thresholds, bonuses, efficiency modes, pauses, price sources. */
    record Parameters() implements Touch {}
}
