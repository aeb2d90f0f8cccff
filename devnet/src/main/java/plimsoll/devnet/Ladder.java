package plimsoll.devnet;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/**
 * Borrowers near the line, one behind the other: each has two WETH and owes as many USDC as a falling price of WETH lets it owe until
 * its own rung is reached.
 */
public final class Ladder {

    private static final TokenAmount COLLATERAL = Asset.WETH.amount("2");

    private final Market market;
    private final Price top;
    private final Rungs rungs;
    private final List<Borrower> borrowers;

    private Ladder(Market market, Price top, Rungs rungs, List<Borrower> borrowers) {
        this.market = market;
        this.top = top;
        this.rungs = rungs;
        this.borrowers = List.copyOf(borrowers);
    }

    /**
     * Where they stand.
     *
     * @param first how far the price must fall until the first crosses the line
     * @param step how much farther for each that follows; none lets all of them cross at once
     */
    public record Rungs(int count, Bps first, Bps step) {

        private Bps fallTo(int rung) {
            return new Bps(first.raw() + rung * step.raw());
        }
    }

    static Ladder open(Market market, String name, Rungs rungs) {
        Price top = market.priceOf(Asset.WETH).now();
        Price dollar = market.priceOf(Asset.USDC).now();
        Bps threshold = market.configurationOf(Asset.WETH).liquidationThreshold();
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < rungs.count; i++) {
            TokenAmount debt = COLLATERAL
                    .valueAt(fallen(top, rungs.fallTo(i)), RoundingMode.FLOOR)
                    .times(threshold, RoundingMode.FLOOR)
                    .amountAt(dollar, Asset.USDC.decimals(), RoundingMode.FLOOR);
            openings.add(new Opening(name + "-" + i, Map.of(Asset.WETH, COLLATERAL), Map.of(Asset.USDC, debt)));
        }
        return new Ladder(market, top, rungs, market.open(openings));
    }

    /** From the first to cross to the last. */
    public List<Borrower> borrowers() {
        return borrowers;
    }

    /** Lets the price of WETH fall half a step below a rung: whoever stands there has crossed the line, and the next has not. */
    public void fallBelow(int rung) {
        Bps below = new Bps(rungs.fallTo(rung).raw() + rungs.step.raw() / 2);
        market.priceOf(Asset.WETH).is(fallen(top, below));
    }

    private static Price fallen(Price price, Bps fall) {
        return price.times(Bps.ONE_HUNDRED_PERCENT.minus(fall), RoundingMode.FLOOR);
    }
}
