package plimsoll.keeper.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plimsoll.abi.Erc20;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Opportunities;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.Reading;
import plimsoll.keeper.watch.Stale;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.Address;
import plimsoll.units.GasPrice;
import plimsoll.units.TokenAmount;

/**
 * Tries to liquidate every account of an Aave v3 market on a fork of its chain, with every threshold at one basis point. Each account is
 * tried by itself, on the same state, by the call that the keeper would send, run by the real contracts.
 */
public final class AaveDrill {

    private static final Address LIQUIDATOR = Address.parse("0x00000000000000000000000000000000d7111e7a");
    private static final String PLENTY = "1e12";
    private static final int AT_ONCE = 50;

    private final Chain fork;
    private final Address pool;
    private final Heartbeats heartbeats;

    /** @param fork a node of ours whose state may be changed at will, and which knows anvil's methods */
    public AaveDrill(Chain fork, Address pool, Heartbeats heartbeats) {
        this.fork = fork;
        this.pool = pool;
        this.heartbeats = heartbeats;
    }

    /** An account that could not be liquidated, and why. */
    public record Failure(Address account, String reason) {}

    /** What came of it; accounts without debt are not tried. */
    public record Result(int attempted, int succeeded, List<Failure> failed) {
        public Result {
            failed = List.copyOf(failed);
        }
    }

    /**
     * Prepares the fork and tries everybody.
     *
     * @param book the market's accounts at the block that was forked
     */
    public Result run(PositionBook book, Progress progress) {
        AaveReader reader = AaveReader.of(fork, pool, heartbeats);
        BlockHeader forked = fork.head();
        var thresholds = new Thresholds(fork, pool, forked.at());
        reader.stored().forEach(reserve -> {
            if (!reserve.configuration().liquidationThreshold().isZero()) {
                thresholds.lower(reserve.asset(), reserve.configuration());
            }
        });
        reader.modesOf(book.modes(), forked.at()).forEach(thresholds::lower);
        equip(reader);
        Market market = market(reader, book);
        List<AccountPosition> borrowers = book.all().stream()
                .filter(position -> position.holdings().stream()
                        .anyMatch(it -> !it.borrowed().isZero()))
                .toList();
        List<Failure> failed = new ArrayList<>();
        for (int from = 0; from < borrowers.size(); from += AT_ONCE) {
            List<AccountPosition> some = borrowers.subList(from, Math.min(borrowers.size(), from + AT_ONCE));
            failed.addAll(tried(some, market));
            some.forEach(_ -> progress.advance());
        }
        return new Result(borrowers.size(), borrowers.size() - failed.size(), failed);
    }

    /** Gives the liquidator every token, and the Pool the right to take it. */
    private void equip(AaveReader reader) {
        fork.rpc().call("anvil_setBalance", LIQUIDATOR.hex(), "0xd3c21bcecceda1000000");
        fork.rpc().call("anvil_impersonateAccount", LIQUIDATOR.hex());
        for (Asset asset : reader.assets()) {
            TokenAmount plenty = TokenAmount.parse(PLENTY, asset.decimals());
            String amount = "0x" + plenty.raw().toString(16);
            fork.rpc().call("anvil_dealERC20", LIQUIDATOR.hex(), asset.address().hex(), amount);
            fork.rpc()
                    .call(
                            "eth_sendTransactionSync",
                            Map.of(
                                    "from",
                                    LIQUIDATOR.hex(),
                                    "to",
                                    asset.address().hex(),
                                    "data",
                                    Erc20.APPROVE.encode(pool, plenty.raw())));
        }
    }

    /** The market as it is on the fork now. */
    private Market market(AaveReader reader, PositionBook book) {
        BlockHeader head = fork.head();
        Set<Touch> indexes = reader.assets().stream()
                .map(asset -> new Touch.Indexes(asset.address()))
                .collect(Collectors.toSet());
        Reading reading = reader.read(
                new MarketBlock(head.number(), head.hash(), head.time()), new Stale(true, indexes), book, List.of());
        return reading.market();
    }

    private List<Failure> tried(List<AccountPosition> accounts, Market market) {
        Map<Address, TokenAmount> funds = new HashMap<>();
        market.assets().forEach(asset -> funds.put(asset.address(), TokenAmount.parse(PLENTY, asset.decimals())));
        Conditions unlimited = new Conditions(GasPrice.ZERO, Optional.empty(), funds);
        Map<Address, String> reasons = new LinkedHashMap<>();
        List<Opportunity> opportunities = new ArrayList<>();
        for (AccountPosition account : accounts) {
            AccountHealth health = AccountHealth.of(account, market);
            if (!health.needsDecision()) {
                reasons.put(account.account(), "still above the line: healthFactor=" + said(health));
            } else if (health.standing().isEmpty()) {
                reasons.put(account.account(), "the protocol has no price: " + health.objections());
            } else {
                Opportunities found = Opportunities.of(health, market, unlimited);
                found.obstacle().ifPresent(obstacle -> reasons.put(account.account(), obstacle.reason()));
                opportunities.addAll(found.legal());
            }
        }
        List<CallResult> results = fork.callAll(
                opportunities.stream().map(it -> call(it, market)).toList(),
                fork.head().at());
        Map<Address, String> refused = new LinkedHashMap<>();
        List<Address> done = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Address account = opportunities.get(i).account();
            if (results.get(i) instanceof CallResult.Reverted(String message, Optional<String> data)) {
                refused.putIfAbsent(
                        account,
                        "the chain refused: "
                                + data.map(hex -> RevertReason.decode(hex).describe())
                                        .orElse(message));
            } else {
                done.add(account);
            }
        }
        refused.keySet().removeAll(done);
        reasons.putAll(refused);
        List<Failure> failures = new ArrayList<>();
        reasons.forEach((account, reason) -> failures.add(new Failure(account, reason)));
        return failures;
    }

    private static String said(AccountHealth health) {
        return health.healthFactor().map(Object::toString).orElse("none");
    }

    private static Call call(Opportunity opportunity, Market market) {
        LiquidationCall call = market.call(opportunity, LIQUIDATOR);
        return Call.of(call.to(), call.data()).from(LIQUIDATOR).withGas(call.gasLimit());
    }
}
