package plimsoll.protocol.aave;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import plimsoll.units.Price;

/**
 * A market's reserves and eMode categories at one block.
 *
 * <p>Before 3.4 the debt of a reserve without virtual accounting (GHO) depended on a discount that is not known here, so
 * such a market is refused.
 *
 * @param sentinelAllowsLiquidation what the price oracle sentinel answers; true where the market has none, as from 3.7 on
 */
public record AaveMarket(
        AaveRevision revision,
        List<AaveReserve> reserves,
        List<AaveEModeCategory> eModeCategories,
        boolean sentinelAllowsLiquidation) {

    public AaveMarket {
        reserves = List.copyOf(reserves);
        eModeCategories = List.copyOf(eModeCategories);
        if (reserves.stream().map(AaveReserve::id).distinct().count() != reserves.size()) {
            throw new IllegalArgumentException("Market names a reserve twice: reserves=" + reserves);
        }
        if (!revision.isFrom(AaveRevision.V3_4)) {
            reserves.stream()
                    .filter(reserve -> !reserve.configuration().hasVirtualAccounting())
                    .findFirst()
                    .ifPresent(reserve -> {
                        throw new IllegalArgumentException("Debt of a reserve without virtual accounting is not known"
                                + " before 3.4: reserve=" + reserve.id() + " revision=" + revision.poolRevision());
                    });
        }
    }

    /**
     * The market's view of every account at a block time and at prices by reserve id. A reserve may lack a price; only
     * accounts that touch it cannot be valued then.
     */
    public AaveValuation valuedAt(Instant now, Map<Integer, Price> prices) {
        return new AaveValuation(this, now, prices);
    }
}
