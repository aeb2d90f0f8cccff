package plimsoll.risk.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.simulation.CollateralTerms;
import plimsoll.risk.simulation.KeeperBehaviour;
import plimsoll.risk.simulation.SaleImpact;
import plimsoll.risk.simulation.SimulatedAsset;
import plimsoll.risk.simulation.SimulatedBook;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;
import plimsoll.risk.simulation.SimulatedMarket;
import plimsoll.risk.simulation.SimulationSettings;
import plimsoll.risk.stress.HypotheticalShock.Course;
import plimsoll.risk.stress.ReverseStress.Answer;
import plimsoll.risk.stress.ReverseStress.Direction;
import plimsoll.risk.stress.StressedAsset.Kind;
import plimsoll.risk.strict.SeededRandom;

/** Small books whose losses can be worked out by hand: sales cost nothing, liquidators ask for no margin and no gas. */
class StressTestTest {

    private static final int WETH = 0;
    private static final int USDC = 1;
    private static final SimulationSettings FREE = new SimulationSettings(new KeeperBehaviour(0, 1, 0, 0), 0);
    private static final SimulatedMarket MARKET = new SimulatedMarket(
            List.of(asset("WETH", new CollateralTerms(0.80, 0.825, 0.05)), asset("USDC", CollateralTerms.NONE)));
    private static final List<StressedAsset> ASSETS =
            List.of(new StressedAsset("WETH", Kind.ETHER), new StressedAsset("USDC", Kind.STABLE));

    @Test
    void aWorthlessCollateralCostsTheDebtBehindIt() {
        var stress = stress(account(100_000, 60_000), account(50_000, 10_000));

        var result = stress.jumpToDefault(WETH, 0, 3);

        assertThat(result.badDebt()).isCloseTo(70_000, within(1e-3));
        assertThat(result.worstAsset()).contains("WETH");
    }

    @Test
    void aRecoveryPaysForAsMuchDebtAsItLeavesAfterTheBonus() {
        var stress = stress(account(100_000, 60_000));

        var result = stress.jumpToDefault(WETH, 0.42, 3);

        // 42,000 are left; at a bonus of 5 % they repay 40,000 of 60,000.
        assertThat(result.badDebt()).isCloseTo(20_000, within(1e-6));
        assertThat(result.liquidatedValue()).isCloseTo(42_000, within(1e-6));
        assertThat(result.badDebtShare().orElseThrow()).isCloseTo(20.0 / 42, within(1e-9));
    }

    @Test
    void aStressThatReachesNobodyCostsNothing() {
        var stress = stress(account(100_000, 60_000));

        // 80,000 at a threshold of 82.5 % still hold up 66,000.
        var result = stress.run("calm", HypotheticalShock.of(new double[] {0.8, 1}, Course.linear(2, 4)));

        assertThat(result.badDebt()).isZero();
        assertThat(result.liquidatedValue()).isZero();
        assertThat(result.badDebtShare()).isEmpty();
        assertThat(result.worstAsset()).isEmpty();
    }

    @Test
    void reverseStressFindsWhereTheBonusIsNoLongerCovered() {
        var stress = stress(account(100_000, 60_000));

        var answers = stress.reverse(Course.immediate(2)).eachAlone(Direction.FALL, 1_000);

        // At once to 1 - s: uncovered is 60,000 - 100,000 (1 - s)/1.05, more than 1,000 where s > 1 - 0.6195.
        assertThat(answers.getFirst())
                .isInstanceOfSatisfying(
                        Answer.Breaks.class,
                        breaks -> assertThat(breaks.severity()).isCloseTo(1 - 0.6195, within(1e-4)));
        assertThat(answers.get(USDC)).isInstanceOf(Answer.Holds.class);
    }

    @Test
    void runsEveryScenarioThatStrikesTheMarket() {
        var stress = stress(account(100_000, 60_000));

        var results = stress.run(ScenarioLibrary.all(), ASSETS, Duration.ofMinutes(10), 12);

        assertThat(results)
                .extracting(StressResult::scenario)
                .containsExactlyInAnyOrder(
                        "crash-2025-10-10",
                        "control-2025-02",
                        "debt-without-mint-2026-02 USDC",
                        "stable-backing-gone-2025-11 USDC");
        assertThat(results)
                .filteredOn(result -> result.scenario().startsWith("stable-backing"))
                .singleElement()
                .satisfies(result -> assertThat(result.badDebt()).isZero());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aDeeperDefaultNeverCostsLess(long seed) {
        var random = new SeededRandom(seed);
        var accounts = new ArrayList<Account>();
        for (var i = 0; i < 30; i++) {
            var collateral = 5_000 + 100_000 * random.nextDouble();
            accounts.add(account(collateral, collateral * (0.2 + 0.6 * random.nextDouble())));
        }
        var stress = stress(accounts.toArray(Account[]::new));

        var before = 0.0;
        for (var recovery = 1.0; recovery >= 0; recovery -= 0.1) {
            var badDebt = stress.jumpToDefault(WETH, recovery, 3).badDebt();
            assertThat(badDebt)
                    .describedAs("seed %d recovery %s", seed, recovery)
                    .isGreaterThanOrEqualTo(before - 1e-6);
            before = badDebt;
        }
    }

    private static StressTest stress(Account... accounts) {
        return new StressTest(MARKET, SimulatedBook.of(List.of(accounts)), FREE);
    }

    private static Account account(double collateral, double debt) {
        return new Account(List.of(new Collateral(WETH, collateral)), List.of(new Debt(USDC, debt)));
    }

    private static SimulatedAsset asset(String name, CollateralTerms terms) {
        return new SimulatedAsset(name, terms, 0, true, SaleImpact.NONE, 0, 0);
    }
}
