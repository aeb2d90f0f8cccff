package plimsoll.protocol.comet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * A market at one block: one base token that is lent and borrowed, against collateral that is only kept.
 *
 * @param storeFrontPriceFactor the share of the liquidation penalty that buyers of absorbed collateral get as a discount
 * @param targetReserves absorbed collateral is for sale while the reserves are below this
 * @param assets by ascending offset, none left out
 */
public record CometMarket(
        int baseDecimals,
        Wad storeFrontPriceFactor,
        TokenAmount targetReserves,
        CometRates supplyRates,
        CometRates borrowRates,
        CometTotals totals,
        Pauses pauses,
        List<CometAsset> assets) {

    /** What a guardian may stop of what concerns a liquidator. */
    public record Pauses(boolean absorb, boolean buy) {

        public static final Pauses NONE = new Pauses(false, false);

        /** As {@code totalsBasic} packs them: bit 3 absorbing, bit 4 buying. */
        public static Pauses ofFlags(int flags) {
            return new Pauses((flags >> 3 & 1) != 0, (flags >> 4 & 1) != 0);
        }
    }

    public CometMarket {
        assets = List.copyOf(assets);
        for (int offset = 0; offset < assets.size(); offset++) {
            if (assets.get(offset).offset() != offset) {
                throw new IllegalArgumentException("Assets are not by ascending offset: found="
                        + assets.get(offset).offset() + " place=" + offset);
            }
        }
        if (storeFrontPriceFactor.compareTo(Wad.ONE) > 0) {
            throw new IllegalArgumentException("Store front price factor exceeds one: found=" + storeFrontPriceFactor);
        }
    }

    /** Each account on the stored indexes, as {@code isLiquidatable} answers between two accruals. */
    public CometValuation asStored(CometPrices prices) {
        return new CometValuation(this, totals, prices);
    }

    /** Each account on indexes accrued to this time, as {@code absorb} sees it in a block of that time. */
    public CometValuation accruedTo(Instant now, CometPrices prices) {
        return new CometValuation(this, totals.accruedTo(now, supplyRates, borrowRates), prices);
    }

    /**
     * Prices in dollars with 8 decimals. One that is missing stands for a feed that answered zero or less, where the
     * contract reverts with BadPrice.
     */
    public record CometPrices(Optional<Price> base, Map<Integer, Price> byOffset) {
        public CometPrices {
            byOffset = Map.copyOf(byOffset);
        }
    }
}
