package plimsoll.keeper.api;

import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Standing;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/** One account, its values in the market's base currency. */
public record PositionView(
        String market,
        Address account,
        Optional<HealthFactor> healthFactor,
        BaseValue collateralBase,
        BaseValue debtBase,
        int efficiencyMode,
        List<HoldingView> holdings) {

    public PositionView {
        holdings = List.copyOf(holdings);
    }

    /**
     * A position as it stands at the market state's block.
     *
     * @param standing absent where a price is missing, which shows as no health factor and no values
     */
    public static PositionView of(
            String marketName, AccountPosition position, Optional<Standing> standing, MarketState market) {
        return new PositionView(
                marketName,
                position.account(),
                standing.flatMap(Standing::healthFactor),
                standing.map(Standing::collateral).orElse(BaseValue.ZERO),
                standing.map(Standing::debt).orElse(BaseValue.ZERO),
                position.mode(),
                position.holdings().stream()
                        .map(holding -> HoldingView.of(holding, market))
                        .toList());
    }

    /** Amounts with interest up to the block. */
    public record HoldingView(String asset, TokenAmount supplied, TokenAmount owed, boolean usedAsCollateral) {

        private static HoldingView of(Holding holding, MarketState market) {
            return new HoldingView(
                    market.asset(holding.reserve()).symbol(),
                    market.supplied(holding),
                    market.borrowed(holding),
                    holding.usedAsCollateral());
        }
    }
}
