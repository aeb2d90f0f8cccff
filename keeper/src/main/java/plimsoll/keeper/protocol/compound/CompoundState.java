package plimsoll.keeper.protocol.compound;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.abi.ExecutorStep;
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketExtract;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Outcome;
import plimsoll.keeper.liquidation.Pair;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Weights;
import plimsoll.protocol.compound.BorrowSnapshot;
import plimsoll.protocol.compound.CompoundAccount;
import plimsoll.protocol.compound.CompoundHolding;
import plimsoll.protocol.compound.CompoundLiquidation;
import plimsoll.protocol.compound.CompoundLiquidity;
import plimsoll.protocol.compound.CompoundMarket;
import plimsoll.protocol.compound.CompoundReserve.Flag;
import plimsoll.protocol.compound.CompoundRevision;
import plimsoll.protocol.compound.CompoundValuation;
import plimsoll.protocol.compound.UnderlyingPrice;
import plimsoll.protocol.compound.VaiDebt;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * Venus' core pool at one block, valued for liquidations that land in the next. A liquidation brings only the two reserves of its
 * pair up to date, so that an account stands as in the pair that is worst for it.
 *
 * <p>What is asked for must also pass when it is tried on this block's own state, where a little less interest is owed: the
 * amounts to repay are this block's, what they bring is the next one's.
 */
public final class CompoundState implements Market {

    private static final BigInteger SCALE = BigInteger.TEN.pow(18);

    /** From dollars with 18 decimals to the base currency's 8. */
    private static final BigInteger BASE_SCALE = BigInteger.TEN.pow(10);

    private static final String NOT_THE_STABLECOIN = "stablecoin debt is not liquidated by us";

    private final MarketBlock block;
    private final Parameters parameters;
    private final Map<Integer, UnderlyingPrice> prices;
    private final Map<Integer, PriceView> views;
    private final CompoundValuation valuation;
    private final CompoundValuation trial;

    CompoundState(
            MarketBlock block,
            Parameters parameters,
            Map<Integer, UnderlyingPrice> prices,
            Map<Integer, PriceView> views) {
        this.block = block;
        this.parameters = parameters;
        this.prices = Map.copyOf(prices);
        this.views = Map.copyOf(views);
        CompoundMarket market = new CompoundMarket(
                CompoundRevision.VENUS_CORE_10_3,
                parameters.terms(),
                parameters.reserves().stream().map(Reserve::stored).toList(),
                parameters.pools());
        this.valuation = market.valuedAt(block.number().value() + 1, prices);
        this.trial = market.valuedAt(block.number().value(), prices);
    }

    /** What an account's decisions rest on, to be written down. */
    record Extract(
            MarketBlock block,
            Parameters parameters,
            Map<Integer, UnderlyingPrice> prices,
            Map<Integer, PriceView> views)
            implements MarketExtract {

        @Override
        public Market restore() {
            return new CompoundState(block, parameters, prices, views);
        }
    }

    @Override
    public MarketBlock block() {
        return block;
    }

    @Override
    public List<Asset> assets() {
        return CompoundReader.assets(parameters);
    }

    @Override
    public PriceView price(int reserve) {
        if (reserve == Reserve.VAI) {
            return new PriceView.Fresh(plimsoll.units.Price.parse("1"), block.time());
        }
        return views.getOrDefault(reserve, new PriceView.Missing("no price was read"));
    }

    /**
     * The promise of {@link Weights}, in dollars of 10⁻¹⁸. The market computes C from t·f·x·p/10⁵⁴ by three divisions rounded down,
     * so that C &gt; t·(f·x·p/10³⁶ − p/10¹⁸ − 1)/10¹⁸ − 1; x as last touched is not above x up to date. It computes B by divisions
     * rounded down of (b/j)·I·p/10¹⁸, with the index I up to date not below the one last touched. Stablecoin debt
     * m + (I − i)·(m − p) is at most m·(1 + I − i), which is at most (m/i)·(1 + I)²/4 for every i from 1 to I.
     */
    @Override
    public Weights weights(List<Integer> modes) {
        var weights = new Weights(modes.size());
        for (int slot = 0; slot < modes.size(); slot++) {
            for (Reserve reserve : parameters.reserves()) {
                weigh(weights, slot, modes.get(slot), reserve);
            }
            int vai = slot;
            parameters.terms().vai().ifPresent(terms -> {
                double index = valuation.vaiIndex().raw().doubleValue() / 1e18;
                weights.set(vai, Reserve.VAI, 0, 0, 1e18 * (1 + index) * (1 + index) / 4, 0);
            });
        }
        return weights;
    }

    private void weigh(Weights weights, int slot, int pool, Reserve reserve) {
        if (!reserve.stored().is(Flag.LISTED)) {
            weights.set(slot, reserve.number(), 0, 0, 0, 0);
            return;
        }
        UnderlyingPrice found = prices.get(reserve.number());
        if (found == null) {
            weights.setUnpriced(slot, reserve.number());
            return;
        }
        double price = found.mantissa().doubleValue();
        double factor = valuation
                .market()
                .risk(pool, reserve.number())
                .liquidationThreshold()
                .raw()
                .doubleValue();
        double rate = reserve.stored().totals().exchangeRate().doubleValue();
        double index = valuation.totals(reserve.number()).borrowIndex().raw().doubleValue();
        double held = Math.max(0, (factor / 1e18 * (rate / 1e18) * price - price / 1e18 - 1) / 1e18);
        double owed = reserve.stored().is(Flag.FORCED_LIQUIDATION) ? Double.POSITIVE_INFINITY : index / 1e18 * price;
        weights.set(slot, reserve.number(), held, 1, owed, 0);
    }

    @Override
    public Optional<Standing> standing(AccountPosition position) {
        CompoundAccount account = account(position);
        Optional<CompoundLiquidity> worst = valuation.liquidity(account, CompoundValuation.Weighting.LIQUIDATION);
        if (worst.isEmpty()) {
            return Optional.empty();
        }
        boolean forced = false;
        boolean isShort = false;
        for (Pair pair : pairs(position)) {
            forced |= parameters.reserves().get(pair.debt()).stored().is(Flag.FORCED_LIQUIDATION);
            Optional<CompoundLiquidity> found = valuation.liquidity(account, pairOf(pair));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            isShort |= found.get().isShort();
            if (isWorse(found.get(), worst.get())) {
                worst = found;
            }
        }
        return Optional.of(new Standing(
                supplied(position),
                BaseValue.ofRaw(worst.get().debt().raw().divide(BASE_SCALE)),
                health(worst.get()),
                isShort || forced));
    }

    private static boolean isWorse(CompoundLiquidity one, CompoundLiquidity other) {
        BigInteger left = one.debt().raw().multiply(other.collateral().raw());
        BigInteger right = other.debt().raw().multiply(one.collateral().raw());
        return left.compareTo(right) > 0;
    }

    private static Optional<HealthFactor> health(CompoundLiquidity liquidity) {
        if (liquidity.debt().isZero()) {
            return Optional.empty();
        }
        BigInteger ratio = liquidity
                .collateral()
                .raw()
                .multiply(SCALE)
                .divide(liquidity.debt().raw());
        return Optional.of(new HealthFactor(new Wad(ratio)));
    }

    /** Every collateral that could be seized for every debt that could be repaid. */
    private static List<Pair> pairs(AccountPosition position) {
        List<Pair> pairs = new ArrayList<>();
        for (Holding debt : position.holdings()) {
            for (Holding collateral : position.holdings()) {
                if (debt.reserve() != Reserve.VAI
                        && collateral.reserve() != Reserve.VAI
                        && !debt.borrowed().isZero()
                        && collateral.usedAsCollateral()
                        && !collateral.supplied().isZero()) {
                    pairs.add(new Pair(collateral.reserve(), debt.reserve()));
                }
            }
        }
        return pairs;
    }

    private BaseValue supplied(AccountPosition position) {
        BigInteger sum = BigInteger.ZERO;
        for (Holding holding : position.holdings()) {
            UnderlyingPrice price = prices.get(holding.reserve());
            if (holding.usedAsCollateral() && price != null) {
                sum = sum.add(supplied(holding).raw().multiply(price.mantissa()).divide(SCALE));
            }
        }
        return BaseValue.ofRaw(sum.divide(BASE_SCALE));
    }

    @Override
    public TokenAmount supplied(Holding holding) {
        return holding.reserve() == Reserve.VAI ? TokenAmount.zero(18) : valuation.supplied(holding(holding));
    }

    @Override
    public TokenAmount borrowed(Holding holding) {
        return holding.reserve() == Reserve.VAI
                ? TokenAmount.ofRaw(vai(holding).owedAt(valuation.vaiIndex()), 18)
                : valuation.borrowed(holding(holding));
    }

    @Override
    public Outcome largest(AccountPosition position, Pair pair) {
        if (pair.debt() == Reserve.VAI) {
            return new Outcome.Refused(NOT_THE_STABLECOIN);
        }
        return switch (trial.largestLiquidation(account(position), pairOf(pair))) {
            case CompoundLiquidation.Seizure seizure -> covering(position, pair, seizure.repaid());
            case CompoundLiquidation.Refused refused -> new Outcome.Refused(refused.error());
        };
    }

    @Override
    public Outcome covering(AccountPosition position, Pair pair, TokenAmount repaid) {
        if (pair.debt() == Reserve.VAI) {
            return new Outcome.Refused(NOT_THE_STABLECOIN);
        }
        CompoundAccount account = account(position);
        if (trial.liquidation(account, pairOf(pair), repaid) instanceof CompoundLiquidation.Refused refused) {
            return new Outcome.Refused(refused.error());
        }
        return switch (valuation.liquidation(account, pairOf(pair), repaid)) {
            case CompoundLiquidation.Seizure seizure
            when seizure.redeemable() ->
                new Outcome.Seizure(seizure.repaid(), seizure.redeemed(), fee(pair, seizure), false);
            case CompoundLiquidation.Seizure _ -> new Outcome.Refused("reserve cannot pay out what would be seized");
            case CompoundLiquidation.Refused refused -> new Outcome.Refused(refused.error());
        };
    }

    private TokenAmount fee(Pair pair, CompoundLiquidation.Seizure seizure) {
        var kept =
                new CompoundHolding(pair.collateral(), seizure.protocolShare().raw(), true, BorrowSnapshot.NONE);
        return valuation.supplied(kept);
    }

    @Override
    public LiquidationCall call(Opportunity opportunity) {
        return new Calls(parameters).liquidation(opportunity);
    }

    @Override
    public List<ExecutorStep> steps(Opportunity opportunity, Optional<ExecutorStep.Sale> sale, Funding funding) {
        return new Calls(parameters).steps(opportunity, sale, funding);
    }

    /** What a liquidation brings are the reserve's own tokens. */
    @Override
    public Optional<Address> receiptOf(Address asset) {
        return Optional.of(parameters.reserve(asset).token());
    }

    @Override
    public LiquidationCall redemption(Address asset, TokenAmount receipts) {
        return new Calls(parameters).redemption(asset, receipts);
    }

    /** What a liquidation brings in the collateral reserve's own tokens. */
    public BigInteger shares(AccountPosition position, Opportunity opportunity) {
        Pair pair = new Pair(
                parameters.reserve(opportunity.collateral().asset()).number(),
                parameters.reserve(opportunity.debt().asset()).number());
        return switch (valuation.liquidation(account(position), pairOf(pair), opportunity.repaid())) {
            case CompoundLiquidation.Seizure seizure -> seizure.received().raw();
            case CompoundLiquidation.Refused refused ->
                throw new IllegalArgumentException("Market refuses the liquidation: why=" + refused.error());
        };
    }

    @Override
    public Object extract(AccountPosition position) {
        return new Extract(block, parameters, prices, views);
    }

    private static CompoundLiquidation.Pair pairOf(Pair pair) {
        return new CompoundLiquidation.Pair(pair.collateral(), pair.debt());
    }

    private static CompoundAccount account(AccountPosition position) {
        List<CompoundHolding> holdings = position.holdings().stream()
                .filter(holding -> holding.reserve() != Reserve.VAI)
                .map(CompoundState::holding)
                .toList();
        VaiDebt vai = position.holding(Reserve.VAI).map(CompoundState::vai).orElse(VaiDebt.NONE);
        return new CompoundAccount(position.mode(), holdings, vai, Set.of());
    }

    /** A debt is always one of an entered reserve. */
    private static CompoundHolding holding(Holding holding) {
        StoredAmount borrowed = holding.borrowed();
        return new CompoundHolding(
                holding.reserve(),
                holding.supplied().raw(),
                holding.usedAsCollateral() || !borrowed.isZero(),
                borrowed.isZero()
                        ? BorrowSnapshot.NONE
                        : new BorrowSnapshot(borrowed.raw(), Wad.ofRaw(borrowed.storedAt())));
    }

    private static VaiDebt vai(Holding holding) {
        return holding.borrowed().isZero()
                ? VaiDebt.NONE
                : new VaiDebt(
                        holding.borrowed().raw(),
                        holding.supplied().raw(),
                        Wad.ofRaw(holding.borrowed().storedAt()));
    }
}
