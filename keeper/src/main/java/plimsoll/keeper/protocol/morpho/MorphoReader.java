package plimsoll.keeper.protocol.morpho;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.Morpho;
import plimsoll.abi.MorphoPricing;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
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
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.watch.Batch;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.Reading;
import plimsoll.keeper.watch.Stale;
import plimsoll.protocol.morpho.MorphoTotals;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.protocol.morpho.Shares;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * Follows one market of Morpho Blue. The rate is asked of the interest rate model at the block, for the totals of the last reading:
 * where nobody touched the market they are still the block's, and one exchange is enough; where they are not, the rate is asked again.
 */
public final class MorphoReader implements ProtocolReader {

    /** The events that move a position, each with the account in {@code onBehalf} or {@code borrower}. */
    private static final List<ContractEvent> MOVES = List.of(
            Morpho.SUPPLY_COLLATERAL_EVENT, Morpho.WITHDRAW_COLLATERAL_EVENT, Morpho.BORROW_EVENT, Morpho.REPAY_EVENT);

    private final Chain chain;
    private final MarketTerms terms;
    private final Heartbeats heartbeats;
    private Optional<MorphoTotals> last = Optional.empty();

    private MorphoReader(Chain chain, MarketTerms terms, Heartbeats heartbeats) {
        this.chain = chain;
        this.terms = terms;
        this.heartbeats = heartbeats;
    }

    /**
     * Finds the market; throws where the contract has none of this name.
     *
     * @param part the market's id as 0x hex, or the address of a pre-liquidation contract of the market, which is then used, too
     */
    public static MorphoReader of(Chain chain, Address morpho, String part, Heartbeats heartbeats) {
        BlockHeader head = chain.head();
        return new MorphoReader(chain, new TermsReader(chain, morpho, head.at()).read(part), heartbeats);
    }

    @Override
    public String name() {
        return terms.morpho() + "/" + terms.id();
    }

    /** Morpho's own arithmetic is; what is done with a pre-liquidation contract, which no package ships, is not. */
    @Override
    public boolean isProven() {
        return terms.offer().isEmpty();
    }

    /** Of this market alone; but who authorises whom is not told by market. */
    @Override
    public LogQuery logs() {
        List<String> signatures = new ArrayList<>(List.of(Morpho.LIQUIDATE_EVENT.topic()));
        MOVES.forEach(event -> signatures.add(event.topic()));
        if (terms.offer().isEmpty()) {
            return new LogQuery(List.of(terms.morpho()), List.of(signatures, List.of(terms.id())));
        }
        signatures.add(Morpho.SET_AUTHORIZATION_EVENT.topic());
        return LogQuery.of(List.of(terms.morpho()), signatures);
    }

    @Override
    public Set<Touch> touches(List<EventLog> logs) {
        Set<Touch> touches = new HashSet<>();
        for (EventLog log : logs) {
            account(log).ifPresent(account -> touches.add(new Touch.Account(account)));
        }
        return touches;
    }

    private Optional<Address> account(EventLog log) {
        if (is(log, Morpho.SET_AUTHORIZATION_EVENT)) {
            AbiValues values = Morpho.SET_AUTHORIZATION_EVENT.decode(log.topics(), log.data());
            return Optional.of(values.address("authorizer"))
                    .filter(_ -> terms.offer()
                            .map(offer -> offer.contract().equals(values.address("authorized")))
                            .orElse(false));
        }
        if (log.topics().size() < 2 || !log.topics().get(1).equals(terms.id())) {
            return Optional.empty();
        }
        if (is(log, Morpho.LIQUIDATE_EVENT)) {
            return Optional.of(
                    Morpho.LIQUIDATE_EVENT.decode(log.topics(), log.data()).address("borrower"));
        }
        return MOVES.stream()
                .filter(event -> is(log, event))
                .findFirst()
                .map(event -> event.decode(log.topics(), log.data()).address("onBehalf"));
    }

    private static boolean is(EventLog log, ContractEvent event) {
        return !log.topics().isEmpty() && log.topics().getFirst().equals(event.topic());
    }

    @Override
    public List<Asset> assets() {
        return terms.assets();
    }

    /** A market has one price. */
    @Override
    public boolean isCheapAgain() {
        return true;
    }

    /** The collateral comes before the loan token is taken. */
    @Override
    public Optional<Bps> flashFee() {
        return Optional.of(Bps.ZERO);
    }

    @Override
    public List<Allowance> allowances() {
        List<Allowance> allowances = new ArrayList<>();
        allowances.add(new Allowance(terms.loan().address(), terms.morpho()));
        terms.offer()
                .ifPresent(offer -> allowances.add(new Allowance(terms.loan().address(), offer.contract())));
        return allowances;
    }

    @Override
    public Reading read(MarketBlock block, Stale stale, PositionBook book, List<Call> alongside) {
        var batch = new Batch();
        List<Fact> facts = new ArrayList<>();
        List<CallResult> answers = new ArrayList<>();
        var totals = new AtomicReference<Optional<MorphoTotals>>(Optional.empty());
        var rate = new AtomicReference<Optional<Wad>>(Optional.empty());
        var price = new OracleView(terms.collateral(), terms.loan(), heartbeats, block.time());
        var offerPrice = new AtomicReference<Optional<OraclePrice>>(Optional.empty());
        batch.must(terms.morpho(), Morpho.MARKET, v -> totals.set(Optional.of(totals(v))), terms.id());
        last.ifPresent(assumed -> rate(batch, assumed, rate));
        batch.may(terms.oracle(), MorphoPricing.PRICE, price::answered);
        terms.feeds().forEach(feed -> batch.may(feed, Aggregator.LATEST_ROUND_DATA, price::dated));
        terms.offer()
                .ifPresent(offer -> batch.may(
                        offer.oracle(),
                        MorphoPricing.PRICE,
                        answer -> offerPrice.set(answer.map(v -> OraclePrice.ofRaw(v.integer(0))))));
        stale.accounts().forEach(account -> position(batch, account, facts));
        alongside.forEach(call -> batch.add(call, answers::add));
        batch.run(chain, BlockAt.hash(block.hash()));

        MorphoTotals stored = totals.get().orElseThrow();
        requireNotFromLater(stored.lastUpdate(), block);
        if (!last.equals(Optional.of(stored))) {
            var again = new Batch();
            rate(again, stored, rate);
            again.run(chain, BlockAt.hash(block.hash()));
            last = Optional.of(stored);
        }
        MorphoTotals accrued =
                stored.accruedTo(block.time(), rate.get().orElse(Wad.ZERO)).totals();
        return new Reading(facts, new MorphoState(terms, block, accrued, price.seen(), offerPrice.get()), answers);
    }

    /** Some nodes answer from the state of a newer block while they take it in; what they said is read again. */
    private static void requireNotFromLater(Instant updated, MarketBlock block) {
        if (updated.isAfter(block.time())) {
            throw new RpcException(
                    RpcException.Kind.TRANSIENT,
                    "Node answered from a later block than was asked for: block=" + block.number());
        }
    }

    private void rate(Batch batch, MorphoTotals of, AtomicReference<Optional<Wad>> rate) {
        if (terms.irm().equals(Address.ZERO)) {
            return;
        }
        List<Object> market = List.of(
                of.supplied().raw(),
                of.supplyShares().raw(),
                of.borrowed().raw(),
                of.borrowShares().raw(),
                of.lastUpdate().getEpochSecond(),
                of.fee().raw());
        batch.must(
                terms.irm(),
                MorphoPricing.BORROW_RATE_VIEW,
                v -> rate.set(Optional.of(Wad.ofRaw(v.integer(0)))),
                terms.params(),
                market);
    }

    private void position(Batch batch, Address account, List<Fact> facts) {
        batch.must(
                terms.morpho(),
                Morpho.POSITION,
                v -> {
                    facts.add(new Fact.SupplyIs(
                            account, MarketTerms.COLLATERAL, StoredAmount.ofRaw(v.integer("collateral"))));
                    facts.add(
                            new Fact.DebtIs(account, MarketTerms.LOAN, StoredAmount.ofRaw(v.integer("borrowShares"))));
                    facts.add(new Fact.CollateralIs(account, Set.of(MarketTerms.COLLATERAL)));
                },
                terms.id(),
                account);
        terms.offer()
                .ifPresent(offer -> batch.must(
                        terms.morpho(),
                        Morpho.IS_AUTHORIZED,
                        v -> facts.add(new Fact.EfficiencyIs(account, v.bool(0) ? MarketTerms.AUTHORISED : 0)),
                        account,
                        offer.contract()));
    }

    private MorphoTotals totals(AbiValues stored) {
        int decimals = terms.loan().decimals();
        return new MorphoTotals(
                TokenAmount.ofRaw(stored.integer("totalSupplyAssets"), decimals),
                new Shares(stored.integer("totalSupplyShares")),
                TokenAmount.ofRaw(stored.integer("totalBorrowAssets"), decimals),
                new Shares(stored.integer("totalBorrowShares")),
                Instant.ofEpochSecond(stored.integer("lastUpdate").longValueExact()),
                new Wad(stored.integer("fee")));
    }
}
