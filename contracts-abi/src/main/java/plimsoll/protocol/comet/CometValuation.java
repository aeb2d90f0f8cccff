package plimsoll.protocol.comet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import plimsoll.protocol.comet.CometAbsorption.Absorbed;
import plimsoll.protocol.comet.CometAbsorption.Seized;
import plimsoll.protocol.comet.CometMarket.CometPrices;
import plimsoll.protocol.comet.CometPurchase.Bought;
import plimsoll.protocol.comet.CometPurchase.Stock;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What accounts are worth, what absorbing them takes and what absorbed collateral costs, on one set of indexes and prices.
 *
 * <pre>
 * L = −⌊⌊|m|·I/10¹⁵⌋·p₀/u₀⌋ + Σ ⌊⌊bᵢ·pᵢ/uᵢ⌋·LFᵢ/10¹⁸⌋      liquidatable where m &lt; 0 and L &lt; 0
 *      m principal, I borrow index, p price, u one token, 0 the base token, b collateral, LF liquidate collateral factor
 * credit = ⌊(Σ ⌊⌊bᵢ·pᵢ/uᵢ⌋·Fᵢ/10¹⁸⌋)·u₀/p₀⌋                  F liquidation factor; the account keeps max(0, credit − debt)
 * quote = ⌊⌊p₀·a·u/pd⌋/u₀⌋,  pd = ⌊p·(1 − d)⌋,  d = ⌊s·(1 − F)⌋   a base tokens paid, s store front price factor
 * </pre>
 *
 * <p>Source: comet d5a30b0a, Comet.sol isLiquidatable, absorbInternal, buyCollateral, quoteCollateral, getReserves. A number
 * that would not fit the contract's word throws {@link ArithmeticException} where the contract reverts.
 */
public final class CometValuation {

    private final CometMarket market;
    private final CometTotals totals;
    private final CometPrices prices;
    private final BigInteger baseScale;

    CometValuation(CometMarket market, CometTotals totals, CometPrices prices) {
        this.market = market;
        this.totals = totals;
        this.prices = prices;
        this.baseScale = BigInteger.TEN.pow(market.baseDecimals());
    }

    /** The totals that accounts are valued on. */
    public CometTotals totals() {
        return totals;
    }

    /** Assets are asked in their order until the debt is covered: a price that is not needed may be missing. */
    public CometSolvency solvency(CometAccount account) {
        if (!account.principal().isDebt()) {
            return new CometSolvency.Solvent();
        }
        if (prices.base().isEmpty()) {
            return new CometSolvency.NoPrice(OptionalInt.empty());
        }
        BigInteger liquidity = CometMath.signedMulPrice(
                totals.balance(account.principal()), prices.base().get().raw(), baseScale);
        for (Map.Entry<Integer, BigInteger> held : account.collateral().entrySet()) {
            if (liquidity.signum() >= 0) {
                return new CometSolvency.Solvent();
            }
            CometAsset asset = asset(held.getKey());
            Optional<Price> price = price(asset);
            if (price.isEmpty()) {
                return new CometSolvency.NoPrice(OptionalInt.of(asset.offset()));
            }
            BigInteger worth = CometMath.mulPrice(held.getValue(), price.get().raw(), asset.scale());
            liquidity = liquidity.add(
                    CometMath.mulFactor(worth, asset.liquidateCollateralFactor().raw()));
        }
        return liquidity.signum() < 0 ? new CometSolvency.Liquidatable() : new CometSolvency.Solvent();
    }

    /** The account in dollars; what has no price counts nothing. */
    public CometStanding standing(CometAccount account) {
        BigInteger collateral = BigInteger.ZERO;
        BigInteger carries = BigInteger.ZERO;
        for (Map.Entry<Integer, BigInteger> held : account.collateral().entrySet()) {
            CometAsset asset = asset(held.getKey());
            BigInteger price = price(asset).map(Price::raw).orElse(BigInteger.ZERO);
            BigInteger worth = CometMath.mulPrice(held.getValue(), price, asset.scale());
            collateral = collateral.add(worth);
            carries = carries.add(
                    CometMath.mulFactor(worth, asset.liquidateCollateralFactor().raw()));
        }
        BigInteger owed = owed(account).raw();
        BigInteger debt = CometMath.mulPrice(owed, prices.base().map(Price::raw).orElse(BigInteger.ZERO), baseScale);
        Optional<HealthFactor> health = debt.signum() == 0
                ? Optional.empty()
                : Optional.of(
                        new HealthFactor(new Wad(carries.multiply(Wad.SCALE).divide(debt))));
        return new CometStanding(new BaseValue(collateral), new BaseValue(debt), health);
    }

    /** What absorbing this account comes to; on accrued indexes, for the contract accrues first. */
    public CometAbsorption absorption(CometAccount account) {
        if (market.pauses().absorb()) {
            return new CometAbsorption.Refused("Paused");
        }
        switch (solvency(account)) {
            case CometSolvency.Solvent _ -> {
                return new CometAbsorption.Refused("NotLiquidatable");
            }
            case CometSolvency.NoPrice _ -> {
                return new CometAbsorption.Refused("BadPrice");
            }
            case CometSolvency.Liquidatable _ -> {}
        }
        BigInteger credit = BigInteger.ZERO;
        List<Seized> seized = new ArrayList<>();
        for (Map.Entry<Integer, BigInteger> held : account.collateral().entrySet()) {
            CometAsset asset = asset(held.getKey());
            BigInteger worth = CometMath.mulPrice(
                    held.getValue(), price(asset).orElseThrow().raw(), asset.scale());
            credit = credit.add(
                    CometMath.mulFactor(worth, asset.liquidationFactor().raw()));
            seized.add(new Seized(
                    asset.offset(), new TokenAmount(held.getValue(), asset.decimals()), new BaseValue(worth)));
        }
        BigInteger before = totals.balance(account.principal());
        BigInteger after = before.add(
                        CometMath.divPrice(credit, prices.base().orElseThrow().raw(), baseScale))
                .max(BigInteger.ZERO);
        return new Absorbed(
                base(after.subtract(before)),
                new Principal(CometMath.principalValueSupply(after, totals.supplyIndex())),
                seized);
    }

    /** Collateral that {@code quoteCollateral} offers for so many base tokens; empty where a price is missing. */
    public Optional<TokenAmount> quote(int offset, TokenAmount paid) {
        CometAsset asset = asset(offset);
        return prices.base()
                .flatMap(base -> price(asset)
                        .map(price -> new TokenAmount(
                                quote(asset, discounted(asset, price), base, paid.raw()), asset.decimals())));
    }

    /** What {@code buyCollateral} comes to for so many base tokens. */
    public CometPurchase purchase(int offset, TokenAmount paid, TokenAmount atLeast, Stock stock) {
        if (market.pauses().buy()) {
            return new CometPurchase.Refused("Paused");
        }
        if (!isForSale(stock.baseHeld())) {
            return new CometPurchase.Refused("NotForSale");
        }
        Optional<TokenAmount> received = quote(offset, paid);
        if (received.isEmpty()) {
            return new CometPurchase.Refused("BadPrice");
        }
        if (received.get().compareTo(atLeast) < 0) {
            return new CometPurchase.Refused("TooMuchSlippage");
        }
        if (received.get().compareTo(stock.collateralHeld()) > 0) {
            return new CometPurchase.Refused("InsufficientReserves");
        }
        return new Bought(paid, received.get());
    }

    /**
     * The purchase that takes as much of the absorbed collateral as can be had, for the fewest base tokens that buy it. The
     * amount is exact, so {@code received} is what to ask for at least.
     */
    public CometPurchase largestPurchase(int offset, Stock stock) {
        CometAsset asset = asset(offset);
        Optional<Price> base = prices.base();
        Optional<Price> price = price(asset);
        if (base.isEmpty() || price.isEmpty()) {
            return purchase(offset, base(BigInteger.ZERO), TokenAmount.zero(asset.decimals()), stock);
        }
        BigInteger discounted = discounted(asset, price.get());
        BigInteger perToken = base.get().raw().multiply(asset.scale());
        // The quote exceeds what is held from the first amount that would buy one wei more.
        BigInteger more = stock.collateralHeld().raw().add(BigInteger.ONE);
        BigInteger most = cost(more, discounted, perToken).subtract(BigInteger.ONE);
        BigInteger received = quote(asset, discounted, base.get(), most);
        BigInteger paid = cost(received, discounted, perToken);
        return purchase(offset, base(paid), new TokenAmount(received, asset.decimals()), stock);
    }

    /** Base tokens of the market's own, accrued; negative where lenders are owed more than there is. */
    public BigInteger reserves(TokenAmount baseHeld) {
        return baseHeld.raw().subtract(totals.totalSupply()).add(totals.totalBorrow());
    }

    /** Absorbed collateral is sold only while the reserves are below their target. */
    public boolean isForSale(TokenAmount baseHeld) {
        return reserves(baseHeld).compareTo(market.targetReserves().raw()) < 0;
    }

    /** What the account lends, interest included; zero where it owes. */
    public TokenAmount lent(CometAccount account) {
        return base(totals.balance(account.principal()).max(BigInteger.ZERO));
    }

    /** What the account owes, interest included. */
    public TokenAmount owed(CometAccount account) {
        return base(totals.balance(account.principal()).negate().max(BigInteger.ZERO));
    }

    /** The fewest base tokens that buy at least so much. */
    private BigInteger cost(BigInteger collateral, BigInteger discounted, BigInteger perToken) {
        BigInteger[] both = collateral.multiply(baseScale).multiply(discounted).divideAndRemainder(perToken);
        return both[1].signum() == 0 ? both[0] : both[0].add(BigInteger.ONE);
    }

    private BigInteger quote(CometAsset asset, BigInteger discounted, Price base, BigInteger paid) {
        return CometMath.word(CometMath.word(base.raw().multiply(paid)).multiply(asset.scale()))
                .divide(discounted)
                .divide(baseScale);
    }

    private BigInteger discounted(CometAsset asset, Price price) {
        BigInteger one = CometMath.FACTOR_SCALE;
        BigInteger discount = CometMath.mulFactor(
                market.storeFrontPriceFactor().raw(),
                one.subtract(asset.liquidationFactor().raw()));
        return CometMath.mulFactor(price.raw(), one.subtract(discount));
    }

    private Optional<Price> price(CometAsset asset) {
        return Optional.ofNullable(prices.byOffset().get(asset.offset()));
    }

    private CometAsset asset(int offset) {
        if (offset < 0 || offset >= market.assets().size()) {
            throw new IllegalArgumentException("Market has no such collateral: found=" + offset);
        }
        return market.assets().get(offset);
    }

    private TokenAmount base(BigInteger raw) {
        return new TokenAmount(raw, market.baseDecimals());
    }
}
