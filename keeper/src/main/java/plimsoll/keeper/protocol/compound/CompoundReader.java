package plimsoll.keeper.protocol.compound;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VToken;
import plimsoll.abi.VTokenStorage;
import plimsoll.abi.VaiController;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.StorageKey;
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
import plimsoll.protocol.compound.CompoundMarket;
import plimsoll.protocol.compound.ReserveTotals;
import plimsoll.protocol.compound.UnderlyingPrice;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.Wad;

/** Follows Venus' core pool; everything about it is found from its comptroller. */
public final class CompoundReader implements ProtocolReader {

    private static final ContractFunction PRICE =
            ContractFunction.of("getUnderlyingPrice(address vToken)", "(uint256)");

    /** Dollars with 18 decimals for 10¹⁸ smallest units become dollars with 8 decimals for a whole token. */
    private static final BigInteger PRICE_SCALE = BigInteger.TEN.pow(28);

    /** A debt's principal and index stand in storage alone; this is how many words make one. */
    private static final int WORDS = 2;

    private final Chain chain;
    private final Heartbeats heartbeats;
    private final ParameterReader reader;
    private Parameters parameters;

    private CompoundReader(Chain chain, Address comptroller, Heartbeats heartbeats) {
        this.chain = chain;
        this.heartbeats = heartbeats;
        this.reader = new ParameterReader(chain, comptroller);
        this.parameters = reader.read(chain.head().at());
    }

    /** Finds the market; throws where the contract is no comptroller, or one whose arithmetic is not known here. */
    public static CompoundReader of(Chain chain, Address comptroller, Heartbeats heartbeats) {
        return new CompoundReader(chain, comptroller, heartbeats);
    }

    @Override
    public String name() {
        return parameters.comptroller().toString();
    }

    @Override
    public LogQuery logs() {
        List<Address> followed = new ArrayList<>(List.of(parameters.comptroller(), parameters.oracle()));
        parameters.vaiController().ifPresent(followed::add);
        parameters.terms().liquidator().ifPresent(liquidator -> followed.add(liquidator.contract()));
        parameters.reserves().forEach(reserve -> followed.add(reserve.token()));
        return LogQuery.of(followed);
    }

    @Override
    public Set<Touch> touches(List<EventLog> logs) {
        Map<Address, Address> underlyings = new HashMap<>();
        parameters.reserves().forEach(reserve -> underlyings.put(reserve.token(), reserve.underlying()));
        return new LogTranslator(parameters.comptroller(), parameters.vaiController(), underlyings).touches(logs);
    }

    @Override
    public List<Asset> assets() {
        return assets(parameters);
    }

    static List<Asset> assets(Parameters parameters) {
        List<Asset> assets = new ArrayList<>();
        parameters.reserves().forEach(reserve -> assets.add(reserve.asAsset()));
        parameters.vaiController().ifPresent(vai -> assets.add(new Asset(Reserve.VAI, vai, "VAI", 18)));
        return assets;
    }

    /** The pool that buys the collateral pays in advance. */
    @Override
    public Optional<Bps> flashFee() {
        return Optional.of(Bps.ZERO);
    }

    @Override
    public List<Allowance> allowances() {
        return parameters.reserves().stream()
                .filter(reserve -> reserve.unknown().isEmpty())
                .map(reserve -> new Allowance(reserve.underlying(), parameters.spender(reserve)))
                .toList();
    }

    @Override
    public Reading read(MarketBlock block, Stale stale, PositionBook book, List<Call> alongside) {
        BlockAt at = BlockAt.hash(block.hash());
        if (stale.parameters()) {
            parameters = reader.read(at);
        }
        var batch = new Batch();
        List<Fact> facts = new ArrayList<>();
        List<CallResult> answers = new ArrayList<>();
        Map<Integer, BigInteger> counted = new HashMap<>();
        Map<Integer, AbiValues> rounds = new HashMap<>();
        parameters.reserves().forEach(reserve -> {
            batch.may(
                    parameters.oracle(),
                    PRICE,
                    price -> price.ifPresent(v -> counted.put(reserve.number(), v.integer(0))),
                    reserve.token());
            reserve.feed()
                    .ifPresent(feed -> batch.may(
                            feed,
                            Aggregator.LATEST_ROUND_DATA,
                            round -> round.ifPresent(v -> rounds.put(reserve.number(), v))));
        });
        Map<Integer, TotalsDraft> totals = new HashMap<>();
        for (Reserve reserve : touched(stale)) {
            totals.put(reserve.number(), TotalsDraft.ask(batch, reserve.token()));
        }
        Vai vai = new Vai(batch);
        Debts debts = new Debts();
        stale.touches().forEach(touch -> ask(touch, batch, facts, debts));
        alongside.forEach(call -> batch.add(call, answers::add));
        batch.run(chain, at);
        debts.read(at, facts);
        parameters = parameters.with(newer(totals, block), vai.terms(at, block));
        Map<Integer, PriceView> views = new HashMap<>();
        Map<Integer, UnderlyingPrice> prices = new HashMap<>();
        for (Reserve reserve : parameters.reserves()) {
            views.put(reserve.number(), view(reserve, counted, rounds, block.time()));
            BigInteger price = counted.getOrDefault(reserve.number(), BigInteger.ZERO);
            if (price.signum() > 0 && reserve.unknown().isEmpty()) {
                prices.put(reserve.number(), new UnderlyingPrice(price));
            }
        }
        return new Reading(facts, new CompoundState(block, parameters, prices, views), answers);
    }

    /** Every reserve whose totals a log has made stale. */
    private List<Reserve> touched(Stale stale) {
        Set<Address> assets = new HashSet<>();
        for (Touch touch : stale.touches()) {
            if (touch instanceof Touch.Indexes(Address asset)) {
                assets.add(asset);
            }
        }
        return parameters.reserves().stream()
                .filter(reserve -> assets.contains(reserve.underlying()))
                .toList();
    }

    private List<Reserve> newer(Map<Integer, TotalsDraft> drafts, MarketBlock block) {
        List<Reserve> newer = new ArrayList<>();
        for (Reserve reserve : parameters.reserves()) {
            Optional<ReserveTotals> read =
                    Optional.ofNullable(drafts.get(reserve.number())).flatMap(TotalsDraft::totals);
            Reserve now = read.map(reserve::with).orElse(reserve);
            // Some nodes answer from the state of a newer block while they take it in; what they said is read again.
            if (now.stored().totals().accruedAt() > block.number().value()) {
                throw new RpcException(
                        RpcException.Kind.TRANSIENT,
                        "Node answered from a later block than was asked for: block=" + block.number() + " reserve="
                                + reserve.symbol());
            }
            newer.add(now);
        }
        return newer;
    }

    private void ask(Touch touch, Batch batch, List<Fact> facts, Debts debts) {
        switch (touch) {
            case Touch.Supply(Address account, Address asset) ->
                reserve(asset).ifPresent(reserve -> supply(account, reserve, batch, facts));
            case Touch.Debt(Address account, Address asset) -> {
                reserve(asset).ifPresent(reserve -> debts.ask(account, reserve, batch));
                if (parameters.vaiController().equals(Optional.of(asset))) {
                    vai(account, asset, batch, facts);
                }
            }
            case Touch.Collateral(Address account) -> collateral(account, batch, facts);
            case Touch.Efficiency(Address account) -> pool(account, batch, facts);
            case Touch.Account(Address account) -> {
                collateral(account, batch, facts);
                pool(account, batch, facts);
                parameters.vaiController().ifPresent(controller -> vai(account, controller, batch, facts));
                for (Reserve reserve : parameters.reserves()) {
                    supply(account, reserve, batch, facts);
                    debts.ask(account, reserve, batch);
                }
            }
            case Touch.Indexes _, Touch.Parameters _ -> {} // asked for once, not for each touch
        }
    }

    private Optional<Reserve> reserve(Address underlying) {
        return parameters.reserves().stream()
                .filter(reserve -> reserve.underlying().equals(underlying))
                .findFirst();
    }

    private static void supply(Address account, Reserve reserve, Batch batch, List<Fact> facts) {
        batch.must(
                reserve.token(),
                VToken.BALANCE_OF,
                v -> facts.add(new Fact.SupplyIs(account, reserve.number(), StoredAmount.ofRaw(v.integer(0)))),
                account);
    }

    private void collateral(Address account, Batch batch, List<Fact> facts) {
        batch.must(
                parameters.comptroller(),
                VenusComptroller.GET_ASSETS_IN,
                v -> {
                    Set<Integer> entered = new HashSet<>();
                    AbiValues tokens = v.values(0);
                    for (Reserve reserve : parameters.reserves()) {
                        if (tokens.contains(reserve.token())) {
                            entered.add(reserve.number());
                        }
                    }
                    facts.add(new Fact.CollateralIs(account, entered));
                },
                account);
    }

    private void pool(Address account, Batch batch, List<Fact> facts) {
        batch.must(
                parameters.comptroller(),
                VenusComptroller.USER_POOL_ID,
                v -> facts.add(new Fact.EfficiencyIs(account, v.integer(0).intValueExact())),
                account);
    }

    /** The stablecoin's debt in a holding of its own: what was minted since which index, and how much of it is old interest. */
    private void vai(Address account, Address controller, Batch batch, List<Fact> facts) {
        Map<String, BigInteger> read = new HashMap<>();
        batch.must(
                parameters.comptroller(), VenusComptroller.MINTED_VAIS, v -> read.put("minted", v.integer(0)), account);
        batch.must(
                controller,
                VaiController.PAST_VAI_INTEREST,
                v -> facts.add(new Fact.SupplyIs(account, Reserve.VAI, StoredAmount.ofRaw(v.integer(0)))),
                account);
        batch.must(
                controller,
                VaiController.GET_VAI_MINTER_INTEREST_INDEX,
                v -> facts.add(new Fact.DebtIs(
                        account,
                        Reserve.VAI,
                        new StoredAmount(read.getOrDefault("minted", BigInteger.ZERO), v.integer(0)))),
                account);
    }

    private PriceView view(
            Reserve reserve, Map<Integer, BigInteger> counted, Map<Integer, AbiValues> rounds, Instant now) {
        if (reserve.unknown().isPresent()) {
            return new PriceView.Missing(reserve.unknown().get());
        }
        BigInteger unit = BigInteger.TEN.pow(reserve.stored().decimals());
        Optional<Price> price = Optional.ofNullable(counted.get(reserve.number()))
                .filter(mantissa -> mantissa.signum() > 0)
                .map(mantissa ->
                        Price.ofRaw(mantissa.multiply(unit).divide(PRICE_SCALE).max(BigInteger.ONE)));
        return heartbeats.view(reserve.underlying(), price, Optional.ofNullable(rounds.get(reserve.number())), now);
    }

    /** The debts to read: what each comes to from a function, what it is made of from storage. */
    private final class Debts {

        private final Map<StorageKey, Fact.DebtIs> places = new LinkedHashMap<>();
        private final Map<StorageKey, BigInteger> owed = new HashMap<>();

        void ask(Address account, Reserve reserve, Batch batch) {
            if (reserve.unknown().isPresent()) {
                batch.may(
                        reserve.token(),
                        VToken.BORROW_BALANCE_STORED,
                        v -> unreadable(
                                account, reserve, v.map(a -> a.integer(0)).orElse(BigInteger.ZERO)),
                        account);
                return;
            }
            StorageKey key = new StorageKey(reserve.token(), VTokenStorage.principal(account));
            places.put(key, new Fact.DebtIs(account, reserve.number(), StoredAmount.ZERO));
            batch.must(reserve.token(), VToken.BORROW_BALANCE_STORED, v -> owed.put(key, v.integer(0)), account);
        }

        /** A debt in a reserve that is not known counts as infinitely dear, whatever it is. */
        private void unreadable(Address account, Reserve reserve, BigInteger amount) {
            places.put(
                    new StorageKey(reserve.token(), VTokenStorage.principal(account)),
                    new Fact.DebtIs(account, reserve.number(), StoredAmount.ofRaw(amount)));
        }

        void read(BlockAt at, List<Fact> facts) {
            List<StorageKey> keys = new ArrayList<>();
            places.forEach((key, fact) -> {
                if (owed.getOrDefault(key, BigInteger.ZERO).signum() > 0) {
                    keys.add(key);
                    keys.add(new StorageKey(key.contract(), key.slot().add(BigInteger.ONE)));
                }
            });
            List<BigInteger> words = keys.isEmpty() ? List.of() : chain.storage(keys, at);
            Map<StorageKey, StoredAmount> stored = new HashMap<>();
            for (int i = 0; i < keys.size(); i += WORDS) {
                stored.put(
                        keys.get(i),
                        new StoredAmount(words.get(i), words.get(i + 1).max(BigInteger.ONE)));
            }
            places.forEach((key, fact) -> facts.add(
                    new Fact.DebtIs(fact.account(), fact.reserve(), stored.getOrDefault(key, fact.stored()))));
        }
    }

    /** How the stablecoin's debts grow. */
    private final class Vai {

        private final Map<ContractFunction, BigInteger> found = new HashMap<>();

        Vai(Batch batch) {
            parameters.vaiController().ifPresent(controller -> {
                for (ContractFunction function :
                        List.of(VaiController.VAI_MINT_INDEX, VaiController.GET_VAI_REPAY_RATE_PER_BLOCK)) {
                    batch.may(controller, function, v -> v.ifPresent(value -> found.put(function, value.integer(0))));
                }
            });
        }

        CompoundMarket.Terms terms(BlockAt at, MarketBlock block) {
            CompoundMarket.Terms old = parameters.terms();
            Optional<CompoundMarket.Vai> vai = parameters.vaiController().map(controller -> {
                BigInteger rate = found.getOrDefault(VaiController.GET_VAI_REPAY_RATE_PER_BLOCK, BigInteger.ZERO);
                return new CompoundMarket.Vai(
                        Wad.ofRaw(found.getOrDefault(VaiController.VAI_MINT_INDEX, BigInteger.ZERO)),
                        Wad.ofRaw(rate),
                        rate.signum() == 0 ? block.number().value() : accruedAt(controller, at));
            });
            return new CompoundMarket.Terms(old.closeFactor(), old.redeemFee(), old.liquidator(), vai, old.paused());
        }

        /** No function answers it, and no event tells of it. */
        private long accruedAt(Address controller, BlockAt at) {
            return chain.storage(List.of(new StorageKey(controller, VTokenStorage.VAI_ACCRUED_AT)), at)
                    .getFirst()
                    .longValueExact();
        }
    }
}
