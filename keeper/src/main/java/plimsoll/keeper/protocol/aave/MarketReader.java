package plimsoll.keeper.protocol.aave;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import plimsoll.abi.AToken;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VariableDebtToken;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.watch.Batch;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.protocol.aave.AaveReserve;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.Price;

/** Reads, in one exchange, what a block changed: prices, indexes and the balances that it touched. */
final class MarketReader {

    /** Of {@code IPriceOracleSentinel}, which markets on rollups have. */
    private static final ContractFunction LIQUIDATION_ALLOWED = ContractFunction.of("isLiquidationAllowed()", "(bool)");

    private final Chain chain;
    private final MarketContracts contracts;
    private final Heartbeats heartbeats;

    MarketReader(Chain chain, MarketContracts contracts, Heartbeats heartbeats) {
        this.chain = chain;
        this.contracts = contracts;
        this.heartbeats = heartbeats;
    }

    /** What holds for everybody at one block. */
    record Common(BlockHash block, Map<Integer, PriceView> prices, boolean sentinelAllowsLiquidation) {}

    /** What one exchange found. */
    record Reading(
            Common common, Map<Integer, AaveReserve.Indexes> indexes, List<Fact> facts, List<CallResult> alongside) {}

    /**
     * @param known of this block, where it was read before
     * @param alongside calls of others that want the same block's state and no exchange of their own
     */
    Reading read(
            MarketBlock block,
            List<Reserve> reserves,
            Set<Touch> touches,
            Optional<Common> known,
            List<Call> alongside) {
        var batch = new Batch();
        Map<Integer, PriceView> prices = new HashMap<>();
        Map<Integer, AaveReserve.Indexes> indexes = new HashMap<>();
        List<Fact> facts = new ArrayList<>();
        List<CallResult> answers = new ArrayList<>();
        Map<Address, Reserve> byAsset = new HashMap<>();
        for (Reserve reserve : reserves) {
            byAsset.put(reserve.asset(), reserve);
            if (known.isEmpty()) {
                price(batch, reserve, block.time(), prices);
            }
        }
        for (Touch touch : touches) {
            switch (touch) {
                case Touch.Supply(Address account, Address asset) ->
                    Optional.ofNullable(byAsset.get(asset)).ifPresent(r -> supply(batch, account, r, facts));
                case Touch.Debt(Address account, Address asset) ->
                    Optional.ofNullable(byAsset.get(asset)).ifPresent(r -> debt(batch, account, r, facts));
                case Touch.Collateral(Address account) -> collateral(batch, account, facts);
                case Touch.Efficiency(Address account) -> efficiency(batch, account, facts);
                case Touch.Indexes(Address asset) ->
                    Optional.ofNullable(byAsset.get(asset)).ifPresent(r -> indexes(batch, r, indexes));
                case Touch.Parameters() -> {} // read before, by ParameterReader
                case Touch.Account(Address account) -> {
                    collateral(batch, account, facts);
                    efficiency(batch, account, facts);
                    for (Reserve reserve : reserves) {
                        supply(batch, account, reserve, facts);
                        debt(batch, account, reserve, facts);
                    }
                }
            }
        }
        AtomicBoolean allowed = new AtomicBoolean(true);
        contracts
                .sentinel()
                .filter(_ -> known.isEmpty())
                .ifPresent(sentinel -> batch.must(sentinel, LIQUIDATION_ALLOWED, v -> allowed.set(v.bool(0))));
        alongside.forEach(call -> batch.add(call, answers::add));
        batch.run(chain, BlockAt.hash(block.hash()));
        Common common = known.orElseGet(() -> new Common(block.hash(), Map.copyOf(prices), allowed.get()));
        return new Reading(common, indexes, facts, answers);
    }

    private static void supply(Batch batch, Address account, Reserve reserve, List<Fact> facts) {
        batch.must(
                reserve.supplyToken(),
                AToken.SCALED_BALANCE_OF,
                v -> facts.add(new Fact.SupplyIs(account, reserve.number(), StoredAmount.ofRaw(v.integer(0)))),
                account);
    }

    private static void debt(Batch batch, Address account, Reserve reserve, List<Fact> facts) {
        batch.must(
                reserve.debtToken(),
                VariableDebtToken.SCALED_BALANCE_OF,
                v -> facts.add(new Fact.DebtIs(account, reserve.number(), StoredAmount.ofRaw(v.integer(0)))),
                account);
    }

    private void collateral(Batch batch, Address account, List<Fact> facts) {
        batch.must(
                contracts.pool(),
                AavePool.GET_USER_CONFIGURATION,
                v -> facts.add(new Fact.CollateralIs(
                        account, ParameterReader.collateral(v.values(0).integer(0)))),
                account);
    }

    private void efficiency(Batch batch, Address account, List<Fact> facts) {
        batch.must(
                contracts.pool(),
                AavePool.GET_USER_EMODE,
                v -> facts.add(new Fact.EfficiencyIs(account, v.integer(0).intValueExact())),
                account);
    }

    private void indexes(Batch batch, Reserve reserve, Map<Integer, AaveReserve.Indexes> indexes) {
        batch.must(
                contracts.pool(),
                AavePool.GET_RESERVE_DATA,
                v -> indexes.put(reserve.number(), ParameterReader.indexes(v.values(0))),
                reserve.asset());
    }

    /** The protocol's own price decides what is legal; the round behind it says whether we believe it. */
    private void price(Batch batch, Reserve reserve, Instant now, Map<Integer, PriceView> prices) {
        Map<String, Optional<AbiValues>> answers = new HashMap<>();
        batch.may(
                contracts.oracle(), AaveOracle.GET_ASSET_PRICE, price -> answers.put("price", price), reserve.asset());
        batch.may(
                reserve.priceSource(),
                Aggregator.LATEST_ROUND_DATA,
                round -> prices.put(
                        reserve.number(),
                        heartbeats.view(
                                reserve.asset(),
                                answers.getOrDefault("price", Optional.empty()).flatMap(MarketReader::positive),
                                round,
                                now)));
    }

    private static Optional<Price> positive(AbiValues answer) {
        return Optional.of(answer.integer(0)).filter(raw -> raw.signum() > 0).map(Price::ofRaw);
    }
}
