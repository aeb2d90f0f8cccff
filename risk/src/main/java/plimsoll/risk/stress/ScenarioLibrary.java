package plimsoll.risk.stress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import plimsoll.risk.stress.Scenario.Strikes;
import plimsoll.risk.stress.StressedAsset.Kind;

/**
 * Incidents that a parameter set must block or bound, and cases that it must bear without being tightened.
 * Incidents that are not shaped like a price (a governance error, a clipped vector) are the planner's tests.
 * Source: docs/models/stress-tests.md, table of scenarios.
 */
public final class ScenarioLibrary {

    private ScenarioLibrary() {}

    public static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "luna-floor-2022-05",
                        "a feed stops at its lowest answer of $0.107 while the market pays $0.01: what is borrowed"
                                + " against the feed's price is worth a tenth of it",
                        new Strikes.Alone(Kind.OTHER, 0.01 / 0.107),
                        Duration.ZERO,
                        false),
                new Scenario(
                        "crv-squeeze-2022-11",
                        "a borrowed asset rises from $0.413 to $0.721 in eight hours (CRV, 2022-11-22): debt outgrows"
                                + " its collateral",
                        new Strikes.Alone(Kind.OTHER, 0.7206 / 0.4132),
                        Duration.ofHours(8),
                        false),
                new Scenario(
                        "crash-2025-10-10",
                        "ether falls 20 % in half an hour and small assets 55 %; bitcoin is taken to fall as ether"
                                + " does",
                        new Strikes.Together(Map.of(
                                Kind.ETHER, 0.80, Kind.STAKED_ETHER, 0.80, Kind.BITCOIN, 0.80, Kind.OTHER, 0.45)),
                        Duration.ofMinutes(30),
                        false),
                new Scenario(
                        "one-holder-2026-02",
                        "an asset whose largest holder is its market falls 60 % in two hours (BAL, 2026-02-02)",
                        new Strikes.Alone(Kind.OTHER, 0.40),
                        Duration.ofHours(2),
                        false),
                new Scenario(
                        "feed-without-ether-2026-02",
                        "a staked ether is priced by its exchange rate alone, $1.12 where $2,200 was meant (cbETH,"
                                + " 2026-02-15)",
                        new Strikes.Alone(Kind.STAKED_ETHER, 1.0 / 2_000),
                        Duration.ZERO,
                        false),
                new Scenario(
                        "debt-without-mint-2026-02",
                        "a borrowed stablecoin cannot be minted and clears above its feed (EURS, 2026-02); 8 % is"
                                + " chosen, not observed",
                        new Strikes.Alone(Kind.STABLE, 1.08),
                        Duration.ofHours(24),
                        false),
                new Scenario(
                        "stable-backing-gone-2025-11",
                        "a stablecoin's backing is gone (xUSD and deUSD, 2025-11): worthless at once",
                        new Strikes.Alone(Kind.STABLE, 0),
                        Duration.ZERO,
                        false),
                new Scenario(
                        "staked-backing-gone-2026-04",
                        "a bridge mints staked ether that nothing backs (rsETH, 2026-04-18): worthless at once",
                        new Strikes.Alone(Kind.STAKED_ETHER, 0),
                        Duration.ZERO,
                        false),
                new Scenario(
                        "control-2025-02",
                        "ether falls 36 % in fifty hours, UNI and LINK 42 %, bitcoin 11 %: $210M were liquidated on"
                                + " Aave without bad debt",
                        new Strikes.Together(Map.of(
                                Kind.ETHER, 0.64, Kind.STAKED_ETHER, 0.64, Kind.BITCOIN, 0.89, Kind.OTHER, 0.58)),
                        Duration.ofHours(50),
                        true));
    }
}
