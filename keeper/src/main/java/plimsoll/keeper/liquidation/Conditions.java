package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/**
 * What a block offers us.
 *
 * @param gasPrice what we would pay for a unit of gas now
 * @param coin the price of the chain's coin; without it gas counts as free
 * @param funds what we hold of each asset
 */
public record Conditions(GasPrice gasPrice, Optional<Price> coin, Map<Address, TokenAmount> funds) {

    private static final int COIN_DECIMALS = 18;

    public Conditions {
        funds = Map.copyOf(funds);
    }

    BaseValue gasCost(Policy policy) {
        Wei fee = gasPrice.times(policy.gasOfLiquidation());
        return coin.map(price -> TokenAmount.ofRaw(fee.raw(), COIN_DECIMALS).valueAt(price, RoundingMode.CEILING))
                .orElse(BaseValue.ZERO);
    }

    /** What we hold of an asset; nothing where it was not read. */
    public TokenAmount held(Address asset, int decimals) {
        return funds.getOrDefault(asset, TokenAmount.zero(decimals));
    }
}
