package plimsoll.protocol.compound;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One account of a market, as much as its liquidity and its liquidation depend on.
 *
 * @param pool the pool chosen, 0 for the core pool
 * @param holdings one per reserve touched, by ascending reserve id
 * @param vai debt in Venus' own stablecoin
 * @param forced reserves whose debt of this account may be liquidated without a shortfall
 */
public record CompoundAccount(int pool, List<CompoundHolding> holdings, VaiDebt vai, Set<Integer> forced) {

    public CompoundAccount {
        holdings = List.copyOf(holdings);
        forced = Set.copyOf(forced);
        for (int i = 1; i < holdings.size(); i++) {
            if (holdings.get(i - 1).reserve() >= holdings.get(i).reserve()) {
                throw new IllegalArgumentException("Holdings are not by ascending reserve: found="
                        + holdings.get(i - 1).reserve() + ","
                        + holdings.get(i).reserve());
            }
        }
    }

    /** An account in the core pool without further obligations. */
    public static CompoundAccount of(List<CompoundHolding> holdings) {
        return new CompoundAccount(0, holdings, VaiDebt.NONE, Set.of());
    }

    public Optional<CompoundHolding> holding(int reserve) {
        return holdings.stream().filter(holding -> holding.reserve() == reserve).findFirst();
    }
}
