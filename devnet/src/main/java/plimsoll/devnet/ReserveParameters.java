package plimsoll.devnet;

import java.util.List;
import plimsoll.units.Bps;

/**
 * How a reserve starts out: close to Aave's main market in 2023, caps out of the way.
 *
 * @param bonus the premium alone
 * @param supplyCap whole tokens
 * @param borrowCap whole tokens
 * @param lent whole tokens that a lender supplies from the start, so that others can borrow
 */
record ReserveParameters(
        Bps ltv,
        Bps liquidationThreshold,
        Bps bonus,
        Bps reserveFactor,
        long supplyCap,
        long borrowCap,
        String lent,
        InterestRates rates) {

    static final Bps LIQUIDATION_PROTOCOL_FEE = Bps.percent(10);

    /** The kinked rate curve: base, then two slopes on both sides of the optimal usage. */
    record InterestRates(Bps optimalUsage, Bps base, Bps slope1, Bps slope2) {

        List<Integer> raw() {
            return List.of(optimalUsage.raw(), base.raw(), slope1.raw(), slope2.raw());
        }
    }

    static ReserveParameters of(Asset asset) {
        return switch (asset) {
            case WETH ->
                new ReserveParameters(
                        new Bps(8_000),
                        new Bps(8_250),
                        new Bps(500),
                        new Bps(1_500),
                        50_000_000,
                        40_000_000,
                        "400000",
                        new InterestRates(new Bps(8_000), new Bps(100), new Bps(380), new Bps(8_000)));
            case WBTC ->
                new ReserveParameters(
                        new Bps(7_300),
                        new Bps(7_800),
                        new Bps(500),
                        new Bps(2_000),
                        2_000_000,
                        1_000_000,
                        "20000",
                        new InterestRates(new Bps(4_500), new Bps(0), new Bps(400), new Bps(30_000)));
            case LINK ->
                new ReserveParameters(
                        new Bps(5_300),
                        new Bps(6_800),
                        new Bps(700),
                        new Bps(2_000),
                        5_000_000_000L,
                        1_000_000_000L,
                        "20000000",
                        new InterestRates(new Bps(4_500), new Bps(0), new Bps(700), new Bps(30_000)));
            case USDC ->
                new ReserveParameters(
                        new Bps(7_700),
                        new Bps(8_000),
                        new Bps(450),
                        new Bps(1_000),
                        50_000_000_000L,
                        50_000_000_000L,
                        "1000000000",
                        new InterestRates(new Bps(9_000), new Bps(0), new Bps(350), new Bps(6_000)));
        };
    }
}
