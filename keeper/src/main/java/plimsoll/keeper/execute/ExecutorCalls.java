package plimsoll.keeper.execute;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Executor;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.UniswapV3;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.units.Address;
import plimsoll.units.Gas;

/**
 * Liquidations by our executor: borrow where it has no inventory, repay, seize, sell, give back, in one transaction that reverts unless
 * it leaves the least profit in the debt's asset. A trial of it is a trial of everything, the sale included.
 */
public final class ExecutorCalls implements LiquidationCalls {

    private static final ContractFunction FACTORY = ContractFunction.of("factory()", "(address)");
    /**
     * For the loan, the redemption and the sale beside the liquidation itself, whose own limit is added. Whole executions were measured
     * at 540,000 gas at Aave, 1,110,000 at Venus and 290,000 at Morpho, a third of these limits or less; bad debt in several reserves,
     * many entered reserves and a sale through many ticks come on top.
     */
    private static final Gas GAS_ON_TOP = new Gas(1_000_000);

    private final ExecutorSettings settings;
    private final Policy policy;
    private final Map<List<Address>, Address> venuePools;

    private ExecutorCalls(ExecutorSettings settings, Policy policy, Map<List<Address>, Address> venuePools) {
        this.settings = settings;
        this.policy = policy;
        this.venuePools = Map.copyOf(venuePools);
    }

    /** Looks up the venue's pool of each pair of assets once. */
    public static ExecutorCalls over(
            Chain chain, ExecutorSettings settings, Policy policy, Venue venue, List<Address> assets) {
        Address factory = FACTORY.decode(chain.call(venue.router(), FACTORY.encode(), BlockTag.LATEST))
                .address(0);
        List<List<Address>> pairs = new ArrayList<>();
        for (Address one : assets) {
            assets.stream().filter(other -> one.compareTo(other) < 0).forEach(other -> pairs.add(List.of(one, other)));
        }
        List<CallResult> answers = chain.callAll(
                pairs.stream()
                        .map(pair -> Call.of(
                                factory, UniswapV3.FACTORY_GET_POOL.encode(pair.get(0), pair.get(1), venue.fee())))
                        .toList(),
                BlockTag.LATEST);
        Map<List<Address>, Address> pools = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (answers.get(i) instanceof CallResult.Returned(String data)) {
                Address found = UniswapV3.FACTORY_GET_POOL.decode(data).address(0);
                if (!found.equals(Address.ZERO)) {
                    pools.put(pairs.get(i), found);
                }
            }
        }
        return new ExecutorCalls(settings, policy, pools);
    }

    @Override
    public boolean sell() {
        return true;
    }

    @Override
    public LiquidationCall call(Opportunity opportunity, Market market, Address sender) {
        List<ExecutorStep> steps =
                market.steps(opportunity, sale(opportunity), settings.flash() ? Funding.FLASH_LOAN : Funding.INVENTORY);
        if (steps.isEmpty()) {
            return market.call(opportunity, sender);
        }
        String data = Executor.execute(steps, opportunity.debt().asset(), leastProfit(opportunity));
        long gas = market.call(opportunity, sender).gasLimit().units() + GAS_ON_TOP.units();
        return new LiquidationCall(settings.address(), data, settings.address(), new Gas(gas));
    }

    /** Without a pool nothing is sold, and the trial says that the loan cannot be given back. */
    private Optional<ExecutorStep.Sale> sale(Opportunity opportunity) {
        Address sold = opportunity.collateral().asset();
        Address bought = opportunity.debt().asset();
        List<Address> pair = sold.compareTo(bought) < 0 ? List.of(sold, bought) : List.of(bought, sold);
        return Optional.ofNullable(venuePools.get(pair)).map(venue -> ExecutorStep.Sale.uniswapV3(venue, sold, bought));
    }

    private BigInteger leastProfit(Opportunity opportunity) {
        return policy.minProfit()
                .amountAt(opportunity.debt().price(), opportunity.repaid().decimals(), RoundingMode.FLOOR)
                .raw();
    }
}
