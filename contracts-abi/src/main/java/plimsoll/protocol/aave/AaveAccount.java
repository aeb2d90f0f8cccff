package plimsoll.protocol.aave;

import java.util.List;
import java.util.Optional;

/**
 * One account of a market, as much as its health depends on.
 *
 * @param eModeCategory the category chosen, 0 for none
 * @param holdings one per reserve touched, by ascending reserve id
 */
public record AaveAccount(int eModeCategory, List<AaveHolding> holdings) {

    public AaveAccount {
        holdings = List.copyOf(holdings);
        for (int i = 1; i < holdings.size(); i++) {
            if (holdings.get(i - 1).reserve() >= holdings.get(i).reserve()) {
                throw new IllegalArgumentException("Holdings are not by ascending reserve: found="
                        + holdings.get(i - 1).reserve() + ","
                        + holdings.get(i).reserve());
            }
        }
    }

    public Optional<AaveHolding> holding(int reserve) {
        return holdings.stream().filter(holding -> holding.reserve() == reserve).findFirst();
    }
}
