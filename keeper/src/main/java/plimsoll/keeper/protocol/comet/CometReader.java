package plimsoll.keeper.protocol.comet;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.Comet;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.watch.Batch;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.Reading;
import plimsoll.keeper.watch.Stale;
import plimsoll.protocol.comet.CometMarket;
import plimsoll.protocol.comet.CometMarket.Pauses;
import plimsoll.protocol.comet.CometTotals;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/**
 * Follows a Compound III market; everything about it is found from the one contract.
 *
 * <p>One borrower can pass base tokens to another, and neither debt's change leaves a log. So that no debt stays behind, each
 * reading looks again at the principal of {@value #AGAIN} accounts of the book besides those that logs named, in turn.
 */
public final class CometReader implements ProtocolReader {

    private static final int AGAIN = 256;

    private final Chain chain;
    private final Address comet;
    private final Heartbeats heartbeats;
    private Terms terms;
    private Address lastLookedAt = Address.ZERO;

    private CometReader(Chain chain, Address comet, Heartbeats heartbeats) {
        this.chain = chain;
        this.comet = comet;
        this.heartbeats = heartbeats;
        this.terms = Terms.read(chain, comet, chain.head().at());
    }

    /** Finds the market; throws where the contract is none. */
    public static CometReader of(Chain chain, Address comet, Heartbeats heartbeats) {
        return new CometReader(chain, comet, heartbeats);
    }

    @Override
    public String name() {
        return comet.toString();
    }

    @Override
    public LogQuery logs() {
        return LogQuery.of(List.of(comet));
    }

    @Override
    public Set<Touch> touches(List<EventLog> logs) {
        Set<Touch> touches = new HashSet<>();
        logs.forEach(log -> touches.addAll(LogTranslator.touches(log)));
        return touches;
    }

    @Override
    public List<Asset> assets() {
        List<Asset> assets = new ArrayList<>(List.of(terms.base()));
        terms.collateral().forEach(it -> assets.add(it.asAsset()));
        return assets;
    }

    /** No package of the real contract can be had. */
    @Override
    public boolean isProven() {
        return false;
    }

    @Override
    public List<Allowance> allowances() {
        return List.of(new Allowance(terms.base().address(), comet));
    }

    @Override
    public Reading read(MarketBlock block, Stale stale, PositionBook book, List<Call> alongside) {
        BlockAt at = BlockAt.hash(block.hash());
        if (stale.parameters()) {
            terms = Terms.read(chain, comet, at);
        }
        var batch = new Batch();
        List<Fact> facts = new ArrayList<>();
        Map<Integer, PriceView> prices = new HashMap<>();
        List<AbiValues> totals = new ArrayList<>();
        Map<Integer, TokenAmount> stock = new HashMap<>();
        List<TokenAmount> baseHeld = new ArrayList<>();
        List<CallResult> answers = new ArrayList<>();
        batch.must(comet, Comet.TOTALS_BASIC, v -> totals.add(v.values(0)));
        batch.must(
                terms.base().address(),
                Erc20.BALANCE_OF,
                v -> baseHeld.add(new TokenAmount(v.integer(0), terms.base().decimals())),
                comet);
        price(batch, terms.base(), terms.baseFeed(), block.time(), prices);
        for (Collateral it : terms.collateral()) {
            price(batch, it.asAsset(), it.stored().priceFeed(), block.time(), prices);
            batch.must(
                    comet,
                    Comet.GET_COLLATERAL_RESERVES,
                    v -> stock.put(
                            it.stored().offset(),
                            new TokenAmount(v.integer(0), it.stored().decimals())),
                    it.stored().asset());
        }
        Set<Address> touched = stale.accounts();
        touched.forEach(account -> account(batch, account, facts));
        again(book, touched).forEach(account -> principal(batch, account, facts));
        alongside.forEach(call -> batch.add(call, answers::add));
        batch.run(chain, at);
        var shop = new Shop(baseHeld.getFirst(), stock);
        shopFacts(shop, facts);
        return new Reading(facts, state(block, totals.getFirst(), prices, shop), answers);
    }

    private CometState state(MarketBlock block, AbiValues totals, Map<Integer, PriceView> prices, Shop shop) {
        Instant accrued =
                Instant.ofEpochSecond(totals.integer("lastAccrualTime").longValueExact());
        if (accrued.isAfter(block.time())) {
            throw new RpcException(
                    RpcException.Kind.TRANSIENT,
                    "Node answered from a later block than was asked for: block=" + block.number() + " comet=" + comet);
        }
        CometMarket market = terms.market(
                new CometTotals(
                        totals.integer("baseSupplyIndex"),
                        totals.integer("baseBorrowIndex"),
                        totals.integer("totalSupplyBase"),
                        totals.integer("totalBorrowBase"),
                        accrued),
                Pauses.ofFlags(totals.integer("pauseFlags").intValueExact()));
        return new CometState(comet, block, terms.base(), market, terms.collateral(), prices, shop);
    }

    private void account(Batch batch, Address account, List<Fact> facts) {
        principal(batch, account, facts);
        for (Collateral it : terms.collateral()) {
            batch.must(
                    comet,
                    Comet.USER_COLLATERAL,
                    v -> facts.add(new Fact.SupplyIs(account, it.number(), StoredAmount.ofRaw(v.integer(0)))),
                    account,
                    it.stored().asset());
        }
    }

    private void principal(Batch batch, Address account, List<Fact> facts) {
        batch.must(
                comet,
                Comet.USER_BASIC,
                v -> {
                    BigInteger principal = v.integer("principal");
                    BigInteger none = BigInteger.ZERO;
                    facts.add(new Fact.SupplyIs(account, CometState.BASE, StoredAmount.ofRaw(principal.max(none))));
                    facts.add(new Fact.DebtIs(
                            account,
                            CometState.BASE,
                            StoredAmount.ofRaw(principal.negate().max(none))));
                    facts.add(new Fact.CollateralIs(
                            account,
                            collateral(v.integer("assetsIn")
                                    .or(v.integer("_reserved").shiftLeft(16)))));
                },
                account);
    }

    private static Set<Integer> collateral(BigInteger bits) {
        Set<Integer> numbers = new HashSet<>();
        for (int offset = 0; offset < bits.bitLength(); offset++) {
            if (bits.testBit(offset)) {
                numbers.add(Collateral.number(offset));
            }
        }
        return numbers;
    }

    /** The next accounts of the book in their order, after the last that were looked at again. */
    private List<Address> again(PositionBook book, Set<Address> touched) {
        TreeSet<Address> ordered = new TreeSet<>(java.util.Comparator.comparing(Address::hex));
        ordered.addAll(book.accounts());
        ordered.removeAll(touched);
        ordered.remove(comet);
        List<Address> next = new ArrayList<>(ordered.tailSet(lastLookedAt, false));
        next.addAll(ordered.headSet(lastLookedAt, true));
        List<Address> again = next.subList(0, Math.min(AGAIN, next.size()));
        if (!again.isEmpty()) {
            lastLookedAt = again.getLast();
        }
        return again;
    }

    /** The market's own account: what it sells. */
    private void shopFacts(Shop shop, List<Fact> facts) {
        Set<Integer> sold = new HashSet<>();
        shop.collateral().forEach((offset, amount) -> {
            int number = Collateral.number(offset);
            facts.add(new Fact.SupplyIs(comet, number, StoredAmount.ofRaw(amount.raw())));
            if (!amount.isZero()) {
                sold.add(number);
            }
        });
        facts.add(new Fact.CollateralIs(comet, sold));
        facts.add(new Fact.DebtIs(
                comet, CometState.BASE, sold.isEmpty() ? StoredAmount.ZERO : StoredAmount.ofRaw(CometState.FOR_SALE)));
    }

    /** The market takes any positive answer; the round's time says whether we believe it. */
    private void price(Batch batch, Asset asset, Address feed, Instant now, Map<Integer, PriceView> prices) {
        batch.may(
                feed,
                Aggregator.LATEST_ROUND_DATA,
                round -> prices.put(
                        asset.number(),
                        heartbeats.view(asset.address(), round.flatMap(CometReader::positive), round, now)));
    }

    private static Optional<Price> positive(AbiValues round) {
        return Optional.of(round.integer("answer"))
                .filter(raw -> raw.signum() > 0)
                .map(Price::ofRaw);
    }

    static AbiValues one(Chain chain, Address contract, ContractFunction function, BlockAt at, Object... arguments) {
        return function.decode(chain.call(contract, function.encode(arguments), at));
    }
}
