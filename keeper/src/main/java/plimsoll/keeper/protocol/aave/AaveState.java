package plimsoll.keeper.protocol.aave;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.AavePool;
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
import plimsoll.keeper.position.Weights;
import plimsoll.protocol.aave.AaveAccount;
import plimsoll.protocol.aave.AaveAccountData;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveHolding;
import plimsoll.protocol.aave.AaveLiquidation;
import plimsoll.protocol.aave.AaveMarket;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.protocol.aave.AaveValuation;
import plimsoll.protocol.aave.ScaledAmount;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** An Aave v3 market at one block. */
public final class AaveState implements Market {

    private static final BigInteger ALL = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    /** Twice what was measured, for accounts whose bad debt in several reserves is written off on the way. */
    private static final Gas GAS_LIMIT = new Gas(1_000_000);

    /** Interest of the seconds between trial and block; what is not needed goes back with the loan. */
    private static final Bps HEADROOM = new Bps(1);

    private final Address pool;
    private final MarketBlock block;
    private final AaveRevision revision;
    private final List<Reserve> reserves;
    private final List<AaveEModeCategory> modes;
    private final Map<Integer, PriceView> prices;
    private final boolean sentinelAllowsLiquidation;
    private final AaveValuation valuation;
    private final BitSet priced = new BitSet();

    /**
     * @param reserves by ascending number
     * @param modes the efficiency modes that accounts use
     * @param prices by reserve number
     */
    public AaveState(
            Address pool,
            MarketBlock block,
            AaveRevision revision,
            List<Reserve> reserves,
            List<AaveEModeCategory> modes,
            Map<Integer, PriceView> prices,
            boolean sentinelAllowsLiquidation) {
        this.pool = pool;
        this.block = block;
        this.revision = revision;
        this.reserves = List.copyOf(reserves);
        this.modes = List.copyOf(modes);
        this.prices = Map.copyOf(prices);
        this.sentinelAllowsLiquidation = sentinelAllowsLiquidation;
        Map<Integer, Price> known = new HashMap<>();
        prices.forEach((number, view) -> view.counted().ifPresent(price -> known.put(number, price)));
        known.keySet().forEach(priced::set);
        this.valuation = new AaveMarket(
                        revision, reserves.stream().map(Reserve::stored).toList(), modes, sentinelAllowsLiquidation)
                .valuedAt(block.time(), known);
    }

    /** What an account's decisions rest on, to be written down. */
    record Extract(
            Address pool,
            MarketBlock block,
            AaveRevision revision,
            List<Reserve> reserves,
            List<AaveEModeCategory> modes,
            Map<Integer, PriceView> prices,
            boolean sentinelAllowsLiquidation)
            implements MarketExtract {

        @Override
        public Market restore() {
            return new AaveState(pool, block, revision, reserves, modes, prices, sentinelAllowsLiquidation);
        }
    }

    /** A price that is not there yet is as fresh as the block. */
    @Override
    public Optional<Market> withPrice(int reserve, Price price) {
        if (!prices.containsKey(reserve) || price.raw().signum() <= 0) {
            return Optional.empty();
        }
        Map<Integer, PriceView> others = new HashMap<>(prices);
        others.put(reserve, new PriceView.Fresh(price, block.time()));
        return Optional.of(new AaveState(pool, block, revision, reserves, modes, others, sentinelAllowsLiquidation));
    }

    @Override
    public MarketBlock block() {
        return block;
    }

    @Override
    public List<Asset> assets() {
        return reserves.stream().map(Reserve::asAsset).toList();
    }

    @Override
    public boolean isFrozen(int reserve) {
        return reserve(reserve).stored().configuration().isFrozen();
    }

    @Override
    public PriceView price(int reserve) {
        return prices.getOrDefault(reserve, new PriceView.Missing("no price was read"));
    }

    /**
     * The promise of {@link Weights}, in the base currency's smallest unit. The pool computes an integer S (in bps of it) from
     * S* = Σ c·income·price ÷ unit·LT by flooring twice per collateral, the balance and then its value:
     * S* − S ≤ Σ (price ÷ unit + 1)·LT. It computes D from D* by two ceilings per debt: D − D* ≤ Σ (price ÷ unit + 1). Its health
     * factor ⌊(S·10¹⁸ + ⌊D/2⌋) ÷ D⌋ ÷ 10⁴ is below h only if S &lt; h·10⁴·D.
     *
     * <p>Revisions before 3.5 round half up, which errs by half of what the slacks allow, but cut the average threshold S ÷ C to whole
     * bps and round its product with the collateral C half up once more: S' &gt; Σ c·(LT − 1) − ½·10⁴, so that each threshold counts for
     * one less and each slack for one unit more.
     */
    @Override
    public Weights weights(List<Integer> modesInUse) {
        var weights = new Weights(modesInUse.size());
        for (Reserve reserve : reserves) {
            double income =
                    reserve.stored().normalizedIncome(block.time()).raw().doubleValue() / 1e27;
            double debt = reserve.stored()
                            .normalizedDebt(block.time(), revision)
                            .raw()
                            .doubleValue()
                    / 1e27;
            double unit = TokenAmount.zero(reserve.decimals()).unit().doubleValue();
            Optional<Price> counted = price(reserve.number()).counted();
            for (int slot = 0; slot < modesInUse.size(); slot++) {
                if (counted.isEmpty()) {
                    weights.setUnpriced(slot, reserve.number());
                } else {
                    double price = counted.get().raw().doubleValue() / unit;
                    double threshold =
                            thresholdOf(reserve, modesInUse.get(slot)).raw() / 1e4;
                    double cut = revision.isFrom(AaveRevision.V3_5) ? 0 : 1;
                    weights.set(
                            slot,
                            reserve.number(),
                            income * price * Math.max(0, threshold - cut / 1e4),
                            (price + 1) * threshold + cut,
                            debt * price,
                            price + 1);
                }
            }
        }
        return weights;
    }

    @Override
    public Optional<Standing> standing(AccountPosition position) {
        for (Holding holding : position.holdings()) {
            boolean counts = holding.usedAsCollateral() || !holding.borrowed().isZero();
            if (counts && !priced.get(holding.reserve())) {
                return Optional.empty();
            }
        }
        AaveAccountData data = valuation.accountData(account(position));
        return Optional.of(
                new Standing(data.totalCollateral(), data.totalDebt(), data.healthFactor(), data.isLiquidatable()));
    }

    @Override
    public TokenAmount supplied(Holding holding) {
        return reserve(holding.reserve())
                .stored()
                .supplied(ScaledAmount.ofRaw(holding.supplied().raw()), block.time(), revision);
    }

    @Override
    public TokenAmount borrowed(Holding holding) {
        return reserve(holding.reserve())
                .stored()
                .owed(ScaledAmount.ofRaw(holding.borrowed().raw()), block.time(), revision);
    }

    @Override
    public Outcome largest(AccountPosition position, Pair pair) {
        AaveAccount account = account(position);
        return outcome(account, pair, valuation.largestLiquidation(account, pairOf(pair)));
    }

    @Override
    public Outcome covering(AccountPosition position, Pair pair, TokenAmount repaid) {
        AaveAccount account = account(position);
        return outcome(account, pair, valuation.liquidation(account, pairOf(pair), repaid));
    }

    private Outcome outcome(AaveAccount account, Pair pair, AaveLiquidation found) {
        return switch (found) {
            case AaveLiquidation.Seizure seizure ->
                new Outcome.Seizure(
                        seizure.repaid(), seizure.seized(), seizure.protocolFee(), takesAll(account, pair, seizure));
            case AaveLiquidation.Refused refused -> new Outcome.Refused(refused.error());
        };
    }

    /** Whether asking for more than there is comes to the same: then interest of the next seconds leaves no dust. */
    private boolean takesAll(AaveAccount account, Pair pair, AaveLiquidation.Seizure chosen) {
        TokenAmount beyondAnyDebt = TokenAmount.parse("1e45", chosen.repaid().decimals());
        return valuation.liquidation(account, pairOf(pair), beyondAnyDebt).equals(chosen);
    }

    @Override
    public LiquidationCall call(Opportunity opportunity) {
        String data = AavePool.LIQUIDATION_CALL.encode(
                opportunity.collateral().asset(),
                opportunity.debt().asset(),
                opportunity.account(),
                opportunity.takesAll() ? ALL : opportunity.repaid().raw(),
                false);
        return new LiquidationCall(pool, data, pool, GAS_LIMIT);
    }

    /** The pool itself lends: what it takes back must cover interest between trial and block where all there is is repaid. */
    @Override
    public List<ExecutorStep> steps(Opportunity opportunity, Optional<ExecutorStep.Sale> sale, Funding funding) {
        Address debt = opportunity.debt().asset();
        TokenAmount repaid = opportunity.repaid();
        List<ExecutorStep> steps = new ArrayList<>();
        steps.add(new ExecutorStep.AaveLiquidation(
                pool,
                opportunity.collateral().asset(),
                debt,
                opportunity.account(),
                opportunity.takesAll() ? ExecutorStep.ALL : repaid.raw()));
        sale.ifPresent(steps::add);
        TokenAmount headroom = opportunity.takesAll()
                ? repaid.times(HEADROOM, RoundingMode.CEILING)
                : TokenAmount.zero(repaid.decimals());
        return switch (funding) {
            case INVENTORY -> steps;
            case FLASH_LOAN ->
                List.of(new ExecutorStep.AaveFlash(
                        pool, debt, repaid.plus(headroom).raw(), steps));
        };
    }

    @Override
    public Object extract(AccountPosition position) {
        List<Reserve> touched = new ArrayList<>();
        Map<Integer, PriceView> known = new HashMap<>();
        position.holdings().forEach(holding -> {
            touched.add(reserve(holding.reserve()));
            known.put(holding.reserve(), price(holding.reserve()));
        });
        return new Extract(
                pool,
                block,
                revision,
                touched,
                mode(position.mode()).stream().toList(),
                known,
                sentinelAllowsLiquidation);
    }

    private Reserve reserve(int number) {
        return reserves.stream()
                .filter(reserve -> reserve.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Market has no such reserve: number=" + number));
    }

    private Optional<AaveEModeCategory> mode(int id) {
        return modes.stream().filter(mode -> mode.id() == id).findFirst();
    }

    /** The threshold that counts for an account in this efficiency mode: before 3.6 none where the reserve has none of its own. */
    private Bps thresholdOf(Reserve reserve, int mode) {
        Bps own = reserve.stored().configuration().liquidationThreshold();
        if (own.isZero() && !revision.isFrom(AaveRevision.V3_6)) {
            return own;
        }
        return mode(mode)
                .filter(found -> found.covers(reserve.number()))
                .map(AaveEModeCategory::liquidationThreshold)
                .orElse(own);
    }

    private static AaveLiquidation.Pair pairOf(Pair pair) {
        return new AaveLiquidation.Pair(pair.collateral(), pair.debt());
    }

    private static AaveAccount account(AccountPosition position) {
        List<Holding> holdings = position.holdings();
        AaveHolding[] same = new AaveHolding[holdings.size()];
        for (int i = 0; i < same.length; i++) {
            Holding holding = holdings.get(i);
            same[i] = new AaveHolding(
                    holding.reserve(),
                    ScaledAmount.ofRaw(holding.supplied().raw()),
                    holding.usedAsCollateral(),
                    ScaledAmount.ofRaw(holding.borrowed().raw()));
        }
        return new AaveAccount(position.mode(), List.of(same));
    }
}
