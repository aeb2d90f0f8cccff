package plimsoll.keeper.store;

import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.Reserve;
import plimsoll.protocol.aave.AaveAccount;
import plimsoll.protocol.aave.AaveAccountData;
import plimsoll.units.Address;

/** A market's reserves and positions as of one block. */
public record Snapshot(MarketBlock block, List<Reserve> reserves, List<Position> positions) {

    public Snapshot {
        reserves = List.copyOf(reserves);
        positions = List.copyOf(positions);
    }

    /**
     * One account.
     *
     * @param data absent where a price is missing
     */
    public record Position(Address account, AaveAccount holdings, Optional<AaveAccountData> data) {}
}
