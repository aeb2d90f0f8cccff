package plimsoll.keeper.protocol.comet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.abi.Comet;
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
import plimsoll.protocol.comet.CometAbsorption;
import plimsoll.protocol.comet.CometAccount;
import plimsoll.protocol.comet.CometMarket;
import plimsoll.protocol.comet.CometMarket.CometPrices;
import plimsoll.protocol.comet.CometPurchase;
import plimsoll.protocol.comet.CometPurchase.Stock;
import plimsoll.protocol.comet.CometSolvency;
import plimsoll.protocol.comet.CometStanding;
import plimsoll.protocol.comet.CometValuation;
import plimsoll.protocol.comet.Principal;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Gas;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/**
 * A Compound III market at one block. Absorbing an account costs gas and brings nothing by itself; what it brings is the collateral
 * that the market then sells below its price. That sale stands in the book as the market's own account: it "owes" base tokens
 * and can be "liquidated" of its collateral while it sells.
 */
final class CometState implements Market {

    static final int BASE = 0;

    /** What the market's own account in the book owes: so much that the screen never passes it over. */
    static final BigInteger FOR_SALE = BigInteger.TWO.pow(100);

    /** Twice what absorbing an account with many kinds of collateral takes. */
    private static final Gas GAS_LIMIT = new Gas(2_000_000);

    private final Address comet;
    private final MarketBlock block;
    private final Asset base;
    private final CometMarket market;
    private final List<Collateral> collateral;
    private final Map<Integer, PriceView> prices;
    private final Shop shop;
    private final CometValuation valuation;

    CometState(
            Address comet,
            MarketBlock block,
            Asset base,
            CometMarket market,
            List<Collateral> collateral,
            Map<Integer, PriceView> prices,
            Shop shop) {
        this.comet = comet;
        this.block = block;
        this.base = base;
        this.market = market;
        this.collateral = List.copyOf(collateral);
        this.prices = Map.copyOf(prices);
        this.shop = shop;
        Map<Integer, Price> byOffset = new HashMap<>();
        collateral.forEach(it -> price(it.number())
                .counted()
                .ifPresent(price -> byOffset.put(it.stored().offset(), price)));
        this.valuation =
                market.accruedTo(block.time(), new CometPrices(price(BASE).counted(), byOffset));
    }

    /** What an account's decisions rest on, to be written down. */
    record Extract(
            Address comet,
            MarketBlock block,
            Asset base,
            CometMarket market,
            List<Collateral> collateral,
            Map<Integer, PriceView> prices,
            Shop shop)
            implements MarketExtract {

        @Override
        public Market restore() {
            return new CometState(comet, block, base, market, collateral, prices, shop);
        }
    }

    @Override
    public MarketBlock block() {
        return block;
    }

    @Override
    public List<Asset> assets() {
        List<Asset> assets = new ArrayList<>(List.of(base));
        collateral.forEach(it -> assets.add(it.asAsset()));
        return assets;
    }

    @Override
    public PriceView price(int reserve) {
        return prices.getOrDefault(reserve, new PriceView.Missing("no price was read"));
    }

    /**
     * The promise of {@link Weights}, in dollars with 8 decimals. The market floors each collateral's value and then its share, so
     * it loses less than the factor + 1 of each; it floors the debt twice, so that the exact debt is never less.
     */
    @Override
    public Weights weights(List<Integer> modes) {
        var weights = new Weights(modes.size());
        double index = valuation.totals().borrowIndex().doubleValue() / 1e15;
        for (int slot = 0; slot < modes.size(); slot++) {
            Optional<Price> basePrice = price(BASE).counted();
            if (basePrice.isPresent()) {
                double perToken = basePrice.get().raw().doubleValue() / Math.pow(10, base.decimals());
                weights.set(slot, BASE, 0, 0, index * perToken, 1);
            } else {
                weights.setUnpriced(slot, BASE);
            }
            for (Collateral it : collateral) {
                Optional<Price> price = price(it.number()).counted();
                double factor = it.stored().liquidateCollateralFactor().raw().doubleValue() / 1e18;
                if (price.isPresent()) {
                    double perToken = price.get().raw().doubleValue()
                            / Math.pow(10, it.stored().decimals());
                    weights.set(slot, it.number(), perToken * factor, factor + 1, 0, 0);
                } else {
                    weights.setUnpriced(slot, it.number());
                }
            }
        }
        return weights;
    }

    @Override
    public Optional<Standing> standing(AccountPosition position) {
        if (isShop(position)) {
            boolean isSelling = hasStock() && !market.pauses().buy() && valuation.isForSale(shop.base());
            return Optional.of(new Standing(
                    BaseValue.ZERO,
                    BaseValue.ZERO,
                    isSelling ? Optional.of(HealthFactor.parse("0")) : Optional.empty(),
                    isSelling));
        }
        CometAccount account = account(position);
        return switch (valuation.solvency(account)) {
            case CometSolvency.NoPrice _ -> Optional.empty();
            case CometSolvency.Solvent _ -> Optional.of(standing(account, false));
            case CometSolvency.Liquidatable _ -> Optional.of(standing(account, true));
        };
    }

    private Standing standing(CometAccount account, boolean isLiquidatable) {
        CometStanding found = valuation.standing(account);
        return new Standing(found.collateral(), found.debt(), found.healthFactor(), isLiquidatable);
    }

    @Override
    public TokenAmount supplied(Holding holding) {
        return holding.reserve() == BASE
                ? valuation.lent(lender(holding.supplied().raw()))
                : TokenAmount.ofRaw(
                        holding.supplied().raw(), asset(holding.reserve()).decimals());
    }

    @Override
    public TokenAmount borrowed(Holding holding) {
        return valuation.owed(lender(holding.borrowed().raw().negate()));
    }

    @Override
    public Outcome largest(AccountPosition position, Pair pair) {
        if (isShop(position)) {
            return outcome(valuation.largestPurchase(Collateral.offset(pair.collateral()), stock(pair)));
        }
        return switch (valuation.absorption(account(position))) {
            case CometAbsorption.Refused(String error) -> new Outcome.Refused(error);
            case CometAbsorption.Absorbed _ ->
                new Outcome.Seizure(nothing(BASE), nothing(pair.collateral()), nothing(pair.collateral()), true);
        };
    }

    /** An absorption costs no tokens, so that nothing can be cut; a purchase can be of any size. */
    @Override
    public Outcome covering(AccountPosition position, Pair pair, TokenAmount repaid) {
        return isShop(position)
                ? outcome(valuation.purchase(
                        Collateral.offset(pair.collateral()), repaid, nothing(pair.collateral()), stock(pair)))
                : largest(position, pair);
    }

    private static Outcome outcome(CometPurchase purchase) {
        return switch (purchase) {
            case CometPurchase.Refused(String error) -> new Outcome.Refused(error);
            case CometPurchase.Bought(TokenAmount paid, TokenAmount received)
            when received.isZero() -> new Outcome.Refused("nothing is for sale for " + paid);
            case CometPurchase.Bought(TokenAmount paid, TokenAmount received) ->
                new Outcome.Seizure(paid, received, TokenAmount.zero(received.decimals()), false);
        };
    }

    /** Whoever calls names itself: absorber or recipient. Only {@link #call(Opportunity, Address)} knows it. */
    @Override
    public LiquidationCall call(Opportunity opportunity) {
        throw new IllegalStateException("A call of Compound III names who makes it");
    }

    @Override
    public LiquidationCall call(Opportunity opportunity, Address caller) {
        String data = opportunity.account().equals(comet)
                ? Comet.BUY_COLLATERAL.encode(
                        opportunity.collateral().asset(),
                        opportunity.received().raw(),
                        opportunity.repaid().raw(),
                        caller)
                : Comet.ABSORB.encode(caller, List.of(opportunity.account()));
        return new LiquidationCall(comet, data, comet, GAS_LIMIT);
    }

    /** All of it: the market is one record, and an account may refer to any of its collateral. */
    @Override
    public Object extract(AccountPosition position) {
        return new Extract(comet, block, base, market, collateral, prices, shop);
    }

    private boolean isShop(AccountPosition position) {
        return position.account().equals(comet);
    }

    private boolean hasStock() {
        return shop.collateral().values().stream().anyMatch(amount -> !amount.isZero());
    }

    private Stock stock(Pair pair) {
        TokenAmount held = Optional.ofNullable(shop.collateral().get(Collateral.offset(pair.collateral())))
                .orElse(nothing(pair.collateral()));
        return new Stock(shop.base(), held);
    }

    private TokenAmount nothing(int reserve) {
        return TokenAmount.zero(asset(reserve).decimals());
    }

    private static CometAccount lender(BigInteger principal) {
        return new CometAccount(Principal.ofRaw(principal), Map.of());
    }

    private static CometAccount account(AccountPosition position) {
        Map<Integer, BigInteger> held = new TreeMap<>();
        BigInteger principal = BigInteger.ZERO;
        for (Holding holding : position.holdings()) {
            if (holding.reserve() == BASE) {
                principal = holding.supplied().raw().subtract(holding.borrowed().raw());
            } else if (holding.usedAsCollateral()) {
                held.put(
                        Collateral.offset(holding.reserve()), holding.supplied().raw());
            }
        }
        return new CometAccount(Principal.ofRaw(principal), held);
    }
}
