package plimsoll.keeper.api;

import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Reserve;
import plimsoll.protocol.aave.AaveAccount;
import plimsoll.protocol.aave.AaveAccountData;
import plimsoll.protocol.aave.AaveHolding;
import plimsoll.protocol.aave.ScaledAmount;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;
import plimsoll.units.Ray;
import plimsoll.units.TokenAmount;

/** One account, its values in the market's base currency. */
public record PositionView(
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
     * @param data absent where a price is missing, which shows as no health factor and no values
     */
    public static PositionView of(
            Address account, AaveAccount position, Optional<AaveAccountData> data, MarketState market) {
        return new PositionView(
                account,
                data.flatMap(AaveAccountData::healthFactor),
                data.map(AaveAccountData::totalCollateral).orElse(BaseValue.ZERO),
                data.map(AaveAccountData::totalDebt).orElse(BaseValue.ZERO),
                position.eModeCategory(),
                position.holdings().stream()
                        .map(holding -> HoldingView.of(holding, market))
                        .toList());
    }

    /** Amounts with interest up to the block. */
    public record HoldingView(String asset, TokenAmount supplied, TokenAmount owed, boolean usedAsCollateral) {

        private static HoldingView of(AaveHolding holding, MarketState market) {
            Reserve reserve = market.reserve(holding.reserve());
            Instant now = market.block().time();
            return new HoldingView(
                    reserve.symbol(),
                    tokens(holding.supplied(), reserve.stored().normalizedIncome(now), RoundingMode.FLOOR, reserve),
                    tokens(holding.borrowed(), reserve.stored().normalizedDebt(now), RoundingMode.CEILING, reserve),
                    holding.usedAsCollateral());
        }

        private static TokenAmount tokens(ScaledAmount scaled, Ray index, RoundingMode rounding, Reserve reserve) {
            return TokenAmount.ofRaw(
                    Ray.ofRaw(scaled.raw()).times(index, rounding).raw(), reserve.decimals());
        }
    }
}
