package plimsoll.protocol.aave;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import plimsoll.units.Price;

/**
 * A market's reserves and eMode categories at one block.
 *
 * @param sentinelAllowsLiquidation what the price oracle sentinel answers; true where the market has none
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
    }

    /**
     * The market's view of every account at a block time and at prices by reserve id. A reserve may lack a price; only
     * accounts that touch it cannot be valued then.
     */
    public AaveValuation valuedAt(Instant now, Map<Integer, Price> prices) {
        return switch (revision) {
            case V3_6 -> new AaveValuation(this, now, prices);
        };
    }
}
