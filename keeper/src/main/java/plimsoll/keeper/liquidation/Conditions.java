package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
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
 * @param flashFee what borrowing for the length of a transaction costs; absent where we have no way to
 * @param feesLeft what our transactions may still cost in the chain's coin; absent where nothing limits it
 */
public record Conditions(
        GasPrice gasPrice,
        Optional<Price> coin,
        Map<Address, TokenAmount> funds,
        Optional<Bps> flashFee,
        Optional<Wei> feesLeft) {

    private static final int COIN_DECIMALS = 18;

    public Conditions {
        funds = Map.copyOf(funds);
    }

    /** With our own funds alone and no limit on fees. */
    public Conditions(GasPrice gasPrice, Optional<Price> coin, Map<Address, TokenAmount> funds) {
        this(gasPrice, coin, funds, Optional.empty(), Optional.empty());
    }

    public Conditions withFlashFee(Bps fee) {
        return new Conditions(gasPrice, coin, funds, Optional.of(fee), feesLeft);
    }

    public Conditions withFeesLeft(Wei left) {
        return new Conditions(gasPrice, coin, funds, flashFee, Optional.of(left));
    }

    /** What one liquidation costs in the chain's coin. */
    Wei fee(Policy policy) {
        return gasPrice.times(policy.gasOfLiquidation());
    }

    BaseValue gasCost(Policy policy) {
        return coin.map(price ->
                        TokenAmount.ofRaw(fee(policy).raw(), COIN_DECIMALS).valueAt(price, RoundingMode.CEILING))
                .orElse(BaseValue.ZERO);
    }

    /** What we hold of an asset; nothing where it was not read. */
    public TokenAmount held(Address asset, int decimals) {
        return funds.getOrDefault(asset, TokenAmount.zero(decimals));
    }
}
