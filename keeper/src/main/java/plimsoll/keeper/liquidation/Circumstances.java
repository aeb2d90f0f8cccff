package plimsoll.keeper.liquidation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import plimsoll.keeper.liquidation.guard.Evidence;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;

/**
 * What we know of ourselves, and of what speaks for or against acting, when a block is judged.
 *
 * @param self the account that we act as, where there is one
 * @param pending the reasons of our transactions that have no outcome yet, by the account that they liquidate
 * @param evidence what the guards look at
 * @param spentOnBadDebt what write-offs of bad debt have lost within the last 24 hours
 */
public record Circumstances(
        Optional<Address> self, Map<Address, String> pending, Evidence evidence, BaseValue spentOnBadDebt) {

    public Circumstances {
        pending = Map.copyOf(pending);
    }

    /** Without any evidence. */
    public Circumstances(Optional<Address> self, Map<Address, String> pending) {
        this(self, pending, Evidence.none(Instant.EPOCH, Instant.EPOCH), BaseValue.ZERO);
    }
}
