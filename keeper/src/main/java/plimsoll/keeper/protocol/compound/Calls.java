package plimsoll.keeper.protocol.compound;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.ExecutorStep.Sale;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusLiquidator;
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.protocol.compound.CompoundMarket;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.TokenAmount;

/** How a liquidation at Venus is called, by us or by our executor. */
record Calls(Parameters parameters) {

    /** Three times what was measured with four reserves: accounts may have entered many. */
    private static final Gas GAS_LIMIT = new Gas(3_000_000);

    LiquidationCall liquidation(Opportunity opportunity) {
        Reserve debt = parameters.reserve(opportunity.debt().asset());
        Reserve collateral = parameters.reserve(opportunity.collateral().asset());
        BigInteger repaid = opportunity.repaid().raw();
        return parameters
                .terms()
                .liquidator()
                .map(CompoundMarket.Liquidator::contract)
                .map(liquidator -> new LiquidationCall(
                        liquidator,
                        VenusLiquidator.LIQUIDATE_BORROW.encode(
                                debt.token(), opportunity.account(), repaid, collateral.token()),
                        liquidator,
                        GAS_LIMIT))
                .orElseGet(() -> new LiquidationCall(
                        debt.token(),
                        VToken.LIQUIDATE_BORROW.encode(opportunity.account(), repaid, collateral.token()),
                        debt.token(),
                        GAS_LIMIT));
    }

    LiquidationCall redemption(Address asset, TokenAmount receipts) {
        Reserve reserve = parameters.reserve(asset);
        return new LiquidationCall(reserve.token(), VToken.REDEEM.encode(receipts.raw()), reserve.token(), GAS_LIMIT);
    }

    /**
     * What is seized comes in the reserve's own tokens, which are redeemed at once. Venus lends nothing within a transaction: the pool
     * that buys the collateral pays in advance, and the two sales that this makes bring together what one would.
     */
    List<ExecutorStep> steps(Opportunity opportunity, Optional<Sale> sale, Funding funding) {
        Reserve debt = parameters.reserve(opportunity.debt().asset());
        Reserve collateral = parameters.reserve(opportunity.collateral().asset());
        BigInteger repaid = opportunity.repaid().raw();
        List<ExecutorStep> seizing = List.of(
                new ExecutorStep.CompoundLiquidation(
                        parameters.spender(debt),
                        debt.token(),
                        debt.underlying(),
                        collateral.token(),
                        opportunity.account(),
                        repaid),
                Sale.compound(collateral.token(), collateral.underlying()));
        List<ExecutorStep> steps = new ArrayList<>(
                switch (funding) {
                    case INVENTORY -> seizing;
                    case FLASH_LOAN ->
                        sale.<List<ExecutorStep>>map(it -> List.of(new ExecutorStep.UniswapV3FlashSwap(
                                        it.venue(), it.sold(), it.bought(), repaid, seizing)))
                                .orElse(seizing);
                });
        sale.ifPresent(steps::add);
        return steps;
    }
}
