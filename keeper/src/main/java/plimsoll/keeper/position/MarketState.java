package plimsoll.keeper.position;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveMarket;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.protocol.aave.AaveValuation;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/**
 * Everything about a market at one block that does not belong to an account.
 *
 * @param reserves by ascending number
 * @param modes the efficiency modes that accounts use
 * @param prices by reserve number
 */
public record MarketState(
        MarketBlock block,
        AaveRevision revision,
        List<Reserve> reserves,
        List<AaveEModeCategory> modes,
        Map<Integer, PriceView> prices,
        boolean sentinelAllowsLiquidation) {

    public MarketState {
        reserves = List.copyOf(reserves);
        modes = List.copyOf(modes);
        prices = Map.copyOf(prices);
    }

    /** The exact view of every account at this block. */
    public AaveValuation valuation() {
        Map<Integer, Price> known = new HashMap<>();
        prices.forEach((number, view) -> view.counted().ifPresent(price -> known.put(number, price)));
        return new AaveMarket(
                        revision, reserves.stream().map(Reserve::stored).toList(), modes, sentinelAllowsLiquidation)
                .valuedAt(block.time(), known);
    }

    /** The reserve of this number; throws where the market has none. */
    public Reserve reserve(int number) {
        return reserves.stream()
                .filter(reserve -> reserve.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Market has no such reserve: number=" + number));
    }

    public Optional<Reserve> reserve(Address asset) {
        return reserves.stream()
                .filter(reserve -> reserve.asset().equals(asset))
                .findFirst();
    }

    public PriceView price(int number) {
        return prices.getOrDefault(number, new PriceView.Missing("no price was read"));
    }

    public Optional<AaveEModeCategory> mode(int id) {
        return modes.stream().filter(mode -> mode.id() == id).findFirst();
    }

    /** The threshold that counts for an account in this efficiency mode. */
    Bps thresholdOf(Reserve reserve, int mode) {
        return mode(mode)
                .filter(found -> found.covers(reserve.number()))
                .map(AaveEModeCategory::liquidationThreshold)
                .orElseGet(() -> reserve.stored().configuration().liquidationThreshold());
    }
}
