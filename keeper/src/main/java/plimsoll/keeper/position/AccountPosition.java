package plimsoll.keeper.position;

import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * One account's collateral and debt in the market.
 *
 * @param mode the efficiency mode or sub-market that the account has chosen, 0 for none
 * @param holdings one per reserve touched, by ascending reserve
 */
public record AccountPosition(Address account, int mode, List<Holding> holdings) {

    public AccountPosition {
        holdings = List.copyOf(holdings);
        for (int i = 1; i < holdings.size(); i++) {
            if (holdings.get(i - 1).reserve() >= holdings.get(i).reserve()) {
                throw new IllegalArgumentException("Holdings are not by ascending reserve: found="
                        + holdings.get(i - 1).reserve() + ","
                        + holdings.get(i).reserve());
            }
        }
    }

    public boolean isEmpty() {
        return holdings.isEmpty();
    }

    public Optional<Holding> holding(int reserve) {
        return holdings.stream().filter(holding -> holding.reserve() == reserve).findFirst();
    }
}
