package plimsoll.keeper.margin;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.position.Weights;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** A market without interest: stored units are tokens, WETH has a threshold of 80 %, USDC costs a dollar. */
final class PlainMarket implements MarketState {

    static final Asset WETH = new Asset(0, new Address("0x00000000000000000000000000000000000000e1"), "WETH", 18);
    static final Asset USDC = new Asset(1, new Address("0x00000000000000000000000000000000000000d1"), "USDC", 6);

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bps THRESHOLD = Bps.percent(80);

    private final Price weth;
    private final boolean isStale;
    private final boolean isPriced;

    PlainMarket() {
        this(Price.parse("2000"), false, true);
    }

    private PlainMarket(Price weth, boolean isStale, boolean isPriced) {
        this.weth = weth;
        this.isStale = isStale;
        this.isPriced = isPriced;
    }

    PlainMarket wethAt(long dollars) {
        return new PlainMarket(Price.parse(Long.toString(dollars)), isStale, isPriced);
    }

    PlainMarket stale() {
        return new PlainMarket(weth, true, isPriced);
    }

    PlainMarket unpriced() {
        return new PlainMarket(weth, isStale, false);
    }

    @Override
    public MarketBlock block() {
        return new MarketBlock(new BlockNumber(7), new BlockHash("0x" + "0".repeat(64)), TIME);
    }

    @Override
    public List<Asset> assets() {
        return List.of(WETH, USDC);
    }

    @Override
    public PriceView price(int reserve) {
        if (!isPriced) {
            return new PriceView.Missing("aggregator answers 0");
        }
        return isStale
                ? new PriceView.Stale(priceOf(reserve), TIME, Duration.ofHours(30), Duration.ofHours(25))
                : new PriceView.Fresh(priceOf(reserve), TIME);
    }

    private Price priceOf(int reserve) {
        return reserve == 0 ? weth : Price.parse("1");
    }

    @Override
    public Weights weights(List<Integer> modes) {
        throw new UnsupportedOperationException("nobody screens this market");
    }

    @Override
    public Optional<Standing> standing(AccountPosition position) {
        if (!isPriced) {
            return Optional.empty();
        }
        BaseValue collateral = BaseValue.ZERO;
        BaseValue debt = BaseValue.ZERO;
        for (Holding holding : position.holdings()) {
            Price price = priceOf(holding.reserve());
            collateral = collateral.plus(supplied(holding).valueAt(price, RoundingMode.FLOOR));
            debt = debt.plus(borrowed(holding).valueAt(price, RoundingMode.CEILING));
        }
        Optional<HealthFactor> health = HealthFactor.of(collateral, THRESHOLD, debt);
        return Optional.of(new Standing(
                collateral,
                debt,
                health,
                health.filter(it -> it.isBelow(HealthFactor.ONE)).isPresent()));
    }

    @Override
    public TokenAmount supplied(Holding holding) {
        return tokens(holding.supplied().raw(), holding);
    }

    @Override
    public TokenAmount borrowed(Holding holding) {
        return tokens(holding.borrowed().raw(), holding);
    }

    private static TokenAmount tokens(BigInteger raw, Holding holding) {
        return TokenAmount.ofRaw(raw, holding.reserve() == 0 ? WETH.decimals() : USDC.decimals());
    }
}
