package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import plimsoll.protocol.compound.CompoundLiquidation.Pair;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What accounts are worth at one block and one set of prices.
 *
 * <pre>
 * C = Σ ⌊⌊⌊fᵢ·xᵢ/10¹⁸⌋·pᵢ/10¹⁸⌋·tᵢ/10¹⁸⌋     f threshold, x exchange rate, p price, t the reserve's tokens held
 * B = Σ ⌊pᵢ·⌊bᵢ·Iᵢ/jᵢ⌋/10¹⁸⌋ + v              b principal, I the reserve's borrow index, j the account's, v stablecoin debt
 * short ⇔ B > C
 * </pre>
 *
 * The market's own views take every reserve as it was last touched. A liquidation first brings the two reserves of its pair
 * up to date and no other, so that the same account may be short in one pair and not in another.
 *
 * <p>Source: venus-protocol 10.3.0, Lens/ComptrollerLens.sol _calculateAccountPosition; compound-protocol a3214f6,
 * Comptroller.sol getHypotheticalAccountLiquidityInternal. A total that would not fit 256 bits throws
 * {@link ArithmeticException} where the contracts revert.
 */
public final class CompoundValuation {

    private final CompoundMarket market;
    private final long block;
    private final ReserveValue[] stored;
    private final ReserveValue[] accrued;

    CompoundValuation(CompoundMarket market, long block, Map<Integer, UnderlyingPrice> prices) {
        this.market = market;
        this.block = block;
        this.stored = new ReserveValue[market.reserves().size()];
        this.accrued = new ReserveValue[stored.length];
        for (CompoundReserve reserve : market.reserves()) {
            Optional<UnderlyingPrice> price = Optional.ofNullable(prices.get(reserve.id()));
            ReserveTotals totals = reserve.totals();
            stored[reserve.id()] = ReserveValue.of(totals, price);
            accrued[reserve.id()] =
                    totals.accrues() ? ReserveValue.of(totals.accruedTo(block), price) : stored[reserve.id()];
        }
    }

    /** How collateral is weighted. */
    public enum Weighting {
        /** By collateral factors: what limits borrowing. The market may bound the prices for this more than we are told. */
        BORROWING,
        /** By liquidation thresholds: what liquidations ask. */
        LIQUIDATION
    }

    public CompoundMarket market() {
        return market;
    }

    /** The block in which liquidations are taken to land. */
    public long block() {
        return block;
    }

    /**
     * What {@code getAccountLiquidity} ({@code LIQUIDATION}) or {@code getBorrowingPower} answers, reserves as last touched;
     * empty where a price is missing.
     */
    public Optional<CompoundLiquidity> liquidity(CompoundAccount account, Weighting weighting) {
        return sum(account, weighting, stored, vaiOwed(account, false));
    }

    /** What a liquidation of this pair would find, its reserves brought up to date; empty where a price is missing. */
    public Optional<CompoundLiquidity> liquidity(CompoundAccount account, Pair pair) {
        return sum(account, Weighting.LIQUIDATION, accrued(pair), vaiOwed(account, true));
    }

    private ReserveValue[] accrued(Pair pair) {
        ReserveValue[] values = stored.clone();
        values[pair.collateral()] = accrued(pair.collateral());
        values[pair.debt()] = accrued(pair.debt());
        return values;
    }

    /** What {@code liquidateBorrow} does for this pair when asked to repay so much. */
    public CompoundLiquidation liquidation(CompoundAccount account, Pair pair, TokenAmount repaid) {
        return new LiquidationRule(this, account, pair).repaying(repaid.raw());
    }

    /** The liquidation of this pair that repays the most that the close factor and the borrower's collateral allow. */
    public CompoundLiquidation largestLiquidation(CompoundAccount account, Pair pair) {
        return new LiquidationRule(this, account, pair).repayingMost();
    }

    /** Underlying that tokens of a reserve stand for, interest up to this block included, rounded down. */
    public TokenAmount supplied(CompoundHolding holding) {
        ReserveValue value = accrued(holding.reserve());
        return TokenAmount.ofRaw(
                CompoundMath.times(value.exchangeRate(), holding.tokens()), decimals(holding.reserve()));
    }

    /** What is owed, interest up to this block included. */
    public TokenAmount borrowed(CompoundHolding holding) {
        return TokenAmount.ofRaw(accrued(holding.reserve()).owed(holding.borrowed()), decimals(holding.reserve()));
    }

    /** A reserve's totals, interest up to this block included. */
    public ReserveTotals totals(int reserve) {
        return accrued(reserve).totals();
    }

    /** The stablecoin's mint index as a liquidation finds it; 1 where the market has none. */
    public Wad vaiIndex() {
        Optional<CompoundMarket.Vai> vai = market.terms().vai();
        boolean accrues = market.terms().liquidator().isPresent();
        return vai.map(it -> accrues ? it.indexAt(block) : it.mintIndex()).orElse(Wad.ONE);
    }

    ReserveValue accrued(int reserve) {
        return accrued[market.reserve(reserve).id()];
    }

    /** The first reserve whose price a liquidation of this pair misses. */
    OptionalInt unpriced(CompoundAccount account, Pair pair) {
        return unpriced(account, accrued(pair));
    }

    private OptionalInt unpriced(CompoundAccount account, ReserveValue[] values) {
        for (CompoundHolding holding : account.holdings()) {
            if (counts(holding, values) && !values[holding.reserve()].isPriced()) {
                return OptionalInt.of(holding.reserve());
            }
        }
        return OptionalInt.empty();
    }

    /** Stablecoin debt; a liquidation through the liquidator contract brings its interest up to date first. */
    BigInteger vaiOwed(CompoundAccount account, boolean liquidating) {
        return market.terms()
                .vai()
                .map(vai -> account.vai().owedAt(liquidating ? vaiIndex() : vai.mintIndex()))
                .orElse(BigInteger.ZERO);
    }

    private Optional<CompoundLiquidity> sum(
            CompoundAccount account, Weighting weighting, ReserveValue[] values, BigInteger vai) {
        if (unpriced(account, values).isPresent()) {
            return Optional.empty();
        }
        BigInteger collateral = BigInteger.ZERO;
        BigInteger debt = BigInteger.ZERO;
        for (CompoundHolding holding : account.holdings()) {
            if (!counts(holding, values)) {
                continue;
            }
            ReserveValue value = values[holding.reserve()];
            if (holding.tokens().signum() > 0) {
                Wad factor = factor(market.risk(account.pool(), holding.reserve()), weighting);
                collateral = collateral.add(value.weighted(factor.raw(), holding.tokens()));
            }
            if (!holding.borrowed().isNone()) {
                debt = debt.add(value.debtValue(holding.borrowed()));
            }
        }
        CompoundMath.word(collateral);
        return Optional.of(new CompoundLiquidity(new Wad(collateral), new Wad(CompoundMath.plus(debt, vai))));
    }

    /** Entered, and at Venus listed and not empty; a debt that rounds to nothing is none. */
    private boolean counts(CompoundHolding holding, ReserveValue[] values) {
        if (!holding.entered()) {
            return false;
        }
        if (market.revision().asksPriceOfEmptyReserves()) {
            return true;
        }
        return market.reserve(holding.reserve()).is(CompoundReserve.Flag.LISTED)
                && (holding.tokens().signum() > 0
                        || values[holding.reserve()].owed(holding.borrowed()).signum() > 0);
    }

    private Wad factor(RiskParameters risk, Weighting weighting) {
        return weighting == Weighting.BORROWING || !market.revision().hasThresholds()
                ? risk.collateralFactor()
                : risk.liquidationThreshold();
    }

    private int decimals(int reserve) {
        return market.reserve(reserve).decimals();
    }
}
