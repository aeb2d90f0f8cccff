package plimsoll.keeper.position;

import java.util.Set;
import plimsoll.units.Address;

/** What a contract answered about one account at one block. Reserves go by their number in the market. */
public sealed interface Fact {

    Address account();

    /** What the account has supplied. */
    record SupplyIs(Address account, int reserve, StoredAmount stored) implements Fact {}

    /** What the account owes. */
    record DebtIs(Address account, int reserve, StoredAmount stored) implements Fact {}

    /** The reserves whose supply the account uses as collateral. */
    record CollateralIs(Address account, Set<Integer> reserves) implements Fact {
        public CollateralIs {
            reserves = Set.copyOf(reserves);
        }
    }

    /** The efficiency mode that the account has chosen; 0 is none. */
    record EfficiencyIs(Address account, int mode) implements Fact {}
}
