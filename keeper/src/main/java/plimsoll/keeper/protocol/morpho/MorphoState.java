package plimsoll.keeper.protocol.morpho;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.Morpho;
import plimsoll.abi.PreLiquidation;
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
import plimsoll.keeper.protocol.morpho.MarketTerms.Offer;
import plimsoll.protocol.morpho.MorphoLiquidation;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Request;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.protocol.morpho.MorphoPosition;
import plimsoll.protocol.morpho.MorphoStanding;
import plimsoll.protocol.morpho.MorphoTotals;
import plimsoll.protocol.morpho.MorphoValuation;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.protocol.morpho.PreLiquidationValuation;
import plimsoll.protocol.morpho.Shares;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Gas;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * A Morpho Blue market at one block. Its base currency is the loan token, whose price is 1. An account that has authorised the
 * pre-liquidation contract is counted against the line that it crosses first.
 */
final class MorphoState implements Market {

    /** Twice what was measured for a pre-liquidation, the dearer of the two. */
    private static final Gas GAS_LIMIT = new Gas(700_000);

    private static final Price ONE = Price.parse("1");

    private final MarketTerms terms;
    private final MarketBlock block;
    private final MorphoTotals totals;
    private final OracleView.Seen price;
    private final Optional<OraclePrice> offerPrice;
    private final Optional<MorphoValuation> valuation;
    private final Optional<PreLiquidationValuation> offered;

    /** What was found for an account; a call must name the very shares or collateral that led to the amounts. */
    private final Map<Looked, Chosen> chosen = new HashMap<>();

    private record Looked(Address account, TokenAmount repaid, TokenAmount seized) {}

    private record Chosen(Request request, boolean before) {
        BigInteger seized() {
            return request instanceof Seize(TokenAmount collateral) ? collateral.raw() : BigInteger.ZERO;
        }

        BigInteger shares() {
            return request instanceof Repay(Shares repaid) ? repaid.raw() : BigInteger.ZERO;
        }
    }

    /** @param accrued the market's totals with interest up to the block's time */
    MorphoState(
            MarketTerms terms,
            MarketBlock block,
            MorphoTotals accrued,
            OracleView.Seen price,
            Optional<OraclePrice> offerPrice) {
        this.terms = terms;
        this.block = block;
        this.totals = accrued;
        this.price = price;
        this.offerPrice = offerPrice;
        this.valuation = price.counted().map(counted -> MorphoValuation.of(terms.lltv(), accrued, counted));
        this.offered = valuation.flatMap(market -> terms.offer()
                .flatMap(offer -> offerPrice.map(at -> PreLiquidationValuation.of(market, offer.terms(), at))));
    }

    /** What an account's decisions rest on, to be written down. */
    record Extract(
            MarketTerms terms,
            MarketBlock block,
            MorphoTotals totals,
            OracleView.Seen price,
            Optional<OraclePrice> offerPrice)
            implements MarketExtract {

        @Override
        public Market restore() {
            return new MorphoState(terms, block, totals, price, offerPrice);
        }
    }

    @Override
    public MarketBlock block() {
        return block;
    }

    @Override
    public List<Asset> assets() {
        return terms.assets();
    }

    @Override
    public PriceView price(int reserve) {
        return reserve == MarketTerms.LOAN ? new PriceView.Fresh(ONE, block.time()) : price.view();
    }

    /**
     * The promise of {@link Weights}, in units of the loan token. What may be owed is M ≥ c·p·L − L − 1 after two floors (L the
     * threshold, p the price of a unit), what is owed is B ≤ d·w + 1 after one ceiling, and ⌊M·10¹⁸ ÷ B⌋ is below h·10¹⁸ only if
     * M &lt; h·B. Of two lines the nearer one has the smaller weight, and the promise holds for it whichever is crossed.
     */
    @Override
    public Weights weights(List<Integer> modesInUse) {
        var weights = new Weights(modesInUse.size());
        double perShare = (totals.borrowed().raw().doubleValue() + 1)
                / (totals.borrowShares().raw().doubleValue() + 1e6);
        double line = terms.lltv().raw().doubleValue() / 1e18;
        for (int slot = 0; slot < modesInUse.size(); slot++) {
            weights.set(slot, MarketTerms.LOAN, 0, 0, perShare, 1);
            Optional<Double> perUnit = mayOwePerUnit(modesInUse.get(slot));
            if (perUnit.isPresent()) {
                weights.set(slot, MarketTerms.COLLATERAL, perUnit.get(), line + 1, 0, 0);
            } else {
                weights.setUnpriced(slot, MarketTerms.COLLATERAL);
            }
        }
        return weights;
    }

    /** What a unit of collateral lets an account of this mode owe, up to the nearest line. */
    private Optional<Double> mayOwePerUnit(int mode) {
        Optional<Double> ordinary = price.counted().map(counted -> perUnit(counted, terms.lltv()));
        if (mode != MarketTerms.AUTHORISED || terms.offer().isEmpty()) {
            return ordinary;
        }
        Wad first = terms.offer().get().terms().preLltv();
        return offerPrice.flatMap(at -> ordinary.map(weight -> Math.min(weight, perUnit(at, first))));
    }

    private static double perUnit(OraclePrice at, Wad line) {
        return at.raw().doubleValue() / 1e36 * (line.raw().doubleValue() / 1e18);
    }

    @Override
    public Optional<Standing> standing(AccountPosition position) {
        MorphoPosition held = held(position);
        if (valuation.isEmpty() || (isOffered(position) && offerPrice.isEmpty())) {
            return Optional.empty();
        }
        MorphoStanding ordinary = valuation.get().standing(held);
        MorphoStanding nearest = isOffered(position) ? nearer(ordinary, held) : ordinary;
        return Optional.of(new Standing(
                value(ordinary.collateral()),
                value(ordinary.borrowed()),
                nearest.healthFactor(),
                nearest.isLiquidatable()));
    }

    private MorphoStanding nearer(MorphoStanding ordinary, MorphoPosition held) {
        Offer offer = terms.offer().orElseThrow();
        MorphoStanding before = MorphoValuation.of(offer.terms().preLltv(), totals, offerPrice.orElseThrow())
                .standing(held);
        return before.mostBorrowed().compareTo(ordinary.mostBorrowed()) < 0 ? before : ordinary;
    }

    /** Whether the pre-liquidation contract may act for the account. */
    private boolean isOffered(AccountPosition position) {
        return position.mode() == MarketTerms.AUTHORISED && terms.offer().isPresent();
    }

    @Override
    public TokenAmount supplied(Holding holding) {
        return TokenAmount.ofRaw(
                holding.supplied().raw(), asset(holding.reserve()).decimals());
    }

    @Override
    public TokenAmount borrowed(Holding holding) {
        return totals.owedFor(Shares.ofRaw(holding.borrowed().raw()));
    }

    @Override
    public Outcome largest(AccountPosition position, Pair pair) {
        MorphoPosition held = held(position);
        return isBeforeTheLine(position, held)
                ? outcome(position, held, offered.orElseThrow().largest(held), true)
                : outcome(position, held, priced().largest(held), false);
    }

    @Override
    public Outcome covering(AccountPosition position, Pair pair, TokenAmount repaid) {
        MorphoPosition held = held(position);
        return isBeforeTheLine(position, held)
                ? outcome(position, held, offered.orElseThrow().covering(held, repaid), true)
                : outcome(position, held, priced().covering(held, repaid), false);
    }

    private boolean isBeforeTheLine(AccountPosition position, MorphoPosition held) {
        return isOffered(position)
                && offered.isPresent()
                && !priced().standing(held).isLiquidatable();
    }

    private MorphoValuation priced() {
        return valuation.orElseThrow(() -> new IllegalStateException("Market has no price: id=" + terms.id()));
    }

    private Outcome outcome(AccountPosition position, MorphoPosition held, MorphoLiquidation found, boolean before) {
        return switch (found) {
            case Seizure seizure -> {
                chosen.put(
                        new Looked(position.account(), seizure.repaid(), seizure.seized()),
                        new Chosen(seizure.request(), before));
                yield new Outcome.Seizure(
                        seizure.repaid(),
                        seizure.seized(),
                        TokenAmount.zero(held.collateral().decimals()),
                        seizure.position().borrowShares().isZero());
            }
            case MorphoLiquidation.Refused refused -> new Outcome.Refused(refused.error());
        };
    }

    private Chosen chosen(Opportunity opportunity) {
        var looked = new Looked(opportunity.account(), opportunity.repaid(), opportunity.received());
        return Optional.ofNullable(chosen.get(looked))
                .orElseThrow(() -> new IllegalArgumentException("Liquidation was not looked at in this block: account="
                        + opportunity.account() + " repaid=" + opportunity.repaid()));
    }

    @Override
    public LiquidationCall call(Opportunity opportunity) {
        Chosen how = chosen(opportunity);
        BigInteger seized = how.seized();
        BigInteger shares = how.shares();
        if (how.before) {
            Address contract = terms.offer().orElseThrow().contract();
            String data = PreLiquidation.PRE_LIQUIDATE.encode(opportunity.account(), seized, shares, "0x");
            return new LiquidationCall(contract, data, contract, GAS_LIMIT);
        }
        String data = Morpho.LIQUIDATE.encode(terms.params(), opportunity.account(), seized, shares, "0x");
        return new LiquidationCall(terms.morpho(), data, terms.morpho(), GAS_LIMIT);
    }

    /** The sale stands within the callback, so that nothing is borrowed whatever the funding. */
    @Override
    public List<ExecutorStep> steps(Opportunity opportunity, Optional<ExecutorStep.Sale> sale, Funding funding) {
        Chosen how = chosen(opportunity);
        List<ExecutorStep> inCallback = sale.<List<ExecutorStep>>map(List::of).orElse(List.of());
        Address loan = terms.loan().address();
        Address collateral = terms.collateral().address();
        return List.of(
                how.before
                        ? new ExecutorStep.MorphoPreLiquidation(
                                terms.offer().orElseThrow().contract(),
                                loan,
                                collateral,
                                opportunity.account(),
                                how.seized(),
                                how.shares(),
                                inCallback)
                        : new ExecutorStep.MorphoLiquidation(
                                terms.morpho(),
                                new ExecutorStep.MorphoMarket(
                                        loan,
                                        collateral,
                                        terms.oracle(),
                                        terms.irm(),
                                        terms.lltv().raw()),
                                opportunity.account(),
                                how.seized(),
                                how.shares(),
                                inCallback));
    }

    @Override
    public Object extract(AccountPosition position) {
        return new Extract(terms, block, totals, price, offerPrice);
    }

    private MorphoPosition held(AccountPosition position) {
        BigInteger collateral = position.holding(MarketTerms.COLLATERAL)
                .map(Holding::supplied)
                .map(StoredAmount::raw)
                .orElse(BigInteger.ZERO);
        BigInteger shares = position.holding(MarketTerms.LOAN)
                .map(Holding::borrowed)
                .map(StoredAmount::raw)
                .orElse(BigInteger.ZERO);
        return new MorphoPosition(
                TokenAmount.ofRaw(collateral, terms.collateral().decimals()), Shares.ofRaw(shares));
    }

    private static BaseValue value(TokenAmount loanTokens) {
        return loanTokens.valueAt(ONE, RoundingMode.FLOOR);
    }
}
