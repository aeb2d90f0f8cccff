package plimsoll.oracle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.oracle.parameter.AaveCollateralRule;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;
import plimsoll.units.Bps;

class PlannerTest {

    private static final Address WETH = Address.parse("0x00000000000000000000000000000000000000e1");
    private static final Address WBTC = Address.parse("0x00000000000000000000000000000000000000b1");
    private static final ForcedLiquidations NONE = (before, after) -> 0;

    @Test
    void changesEveryReserveInOneStepOfGovernance() {
        Map<Address, CollateralParameters> live = Map.of(WETH, vector(8000, 8250, 500), WBTC, vector(7000, 7500, 1000));
        Map<Address, CollateralParameters> target =
                Map.of(WETH, vector(7800, 8100, 500), WBTC, vector(7200, 7700, 1000));

        Plan plan = new Planner(StepLimits.governance(0), NONE).plan(live, target);

        assertThat(plan).isInstanceOf(Plan.Reachable.class);
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.changes()).extracting(ParameterChange::reserve).containsExactly(WBTC, WETH);
            assertThat(step.isAcceptable()).isTrue();
        });
    }

    @Test
    void hasNothingToDoAtTheTarget() {
        Map<Address, CollateralParameters> live = Map.of(WETH, vector(8000, 8250, 500));

        assertThat(new Planner(StepLimits.governance(0), NONE).plan(live, live).steps())
                .isEmpty();
    }

    @Test
    void refusesWhatOnlyTheContractsRoundingWouldAccept() {
        // 9524 * 10500 = 100 002 000, half-up 10 000: the contract takes it, a liquidation would lose 0.002 %.
        CollateralParameters rounded = vector(9000, 9524, 500);
        assertThat(AaveCollateralRule.contractAccepts(rounded)).isTrue();

        Plan plan = new Planner(StepLimits.governance(0), NONE)
                .plan(Map.of(WETH, vector(9000, 9500, 500)), Map.of(WETH, rounded));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Unreachable.class,
                        unreachable -> assertThat(unreachable.reason()).contains("exceeds 100 %"));
    }

    @Test
    void cutsTheThresholdBeforeItRaisesTheBonus() {
        // From 90 % / 11 % to 80 % / 25 %: a straight line would pass 85 % / 18 %, which owes 100.3 %.
        StepLimits limits = new StepLimits(
                new Bps(500), new Bps(500), new Bps(700), StepLimits.UNBOUNDED, Duration.ofDays(3), Integer.MAX_VALUE);

        Plan plan = new Planner(limits, NONE)
                .plan(Map.of(WETH, vector(7000, 9000, 1100)), Map.of(WETH, vector(7000, 8000, 2500)));

        assertThat(plan).isInstanceOf(Plan.Reachable.class);
        assertThat(plan.steps()).hasSize(3).allMatch(Step::isAcceptable);
        assertThat(plan.steps().getFirst().changes().getFirst().to()).isEqualTo(vector(7000, 8500, 1764));
        assertThat(plan.duration()).isEqualTo(Duration.ofDays(6));
    }

    @Test
    void holdsEveryCutBackByTheSameShareWhereTooManyWouldBeLiquidated() {
        Map<Address, CollateralParameters> live = Map.of(WETH, vector(7000, 8000, 500), WBTC, vector(6000, 7000, 500));
        Map<Address, CollateralParameters> target =
                Map.of(WETH, vector(6000, 7000, 500), WBTC, vector(5000, 6500, 500));
        // One account goes for each 100 bps of cuts in sum.
        ForcedLiquidations impact = (before, after) -> before.keySet().stream()
                        .mapToInt(reserve -> threshold(before, reserve) - threshold(after, reserve))
                        .sum()
                / 100;

        Plan plan = new Planner(StepLimits.governance(5), impact).plan(live, target);

        assertThat(plan).isInstanceOf(Plan.Reachable.class);
        assertThat(plan.steps()).hasSizeGreaterThan(2);
        for (Step step : plan.steps()) {
            assertThat(step.forcedLiquidations()).isLessThanOrEqualTo(5);
        }
        Step first = plan.steps().getFirst();
        int cutOfWeth = cut(first, WETH);
        int cutOfWbtc = cut(first, WBTC);
        assertThat(cutOfWeth).isBetween(2 * cutOfWbtc - 2, 2 * cutOfWbtc + 2);
    }

    @Test
    void saysSoWhereNoCutIsBearable() {
        ForcedLiquidations always = (before, after) -> before.equals(after) ? 0 : 7;

        Plan plan = new Planner(StepLimits.governance(0), always)
                .plan(Map.of(WETH, vector(7000, 8000, 500)), Map.of(WETH, vector(7000, 7900, 500)));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Unreachable.class,
                        unreachable -> assertThat(unreachable.reason()).contains("found=7 allowed=0"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverLeavesWhatTheContractAcceptsOnTheWay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Map<Address, CollateralParameters> live = Map.of(WETH, legal(random, 10_000), WBTC, legal(random, 10_000));
            Map<Address, CollateralParameters> target =
                    Map.of(WETH, legal(random, 10_000), WBTC, legal(random, 10_000));
            StepLimits limits = new StepLimits(
                    new Bps(random.nextInt(50, 3000)),
                    new Bps(random.nextInt(50, 3000)),
                    new Bps(random.nextInt(50, 3000)),
                    StepLimits.UNBOUNDED,
                    Duration.ofDays(3),
                    0);

            Plan plan = new Planner(limits, NONE).plan(live, target);

            assertThat(plan)
                    .as("seed %s case %s: %s to %s", seed, i, live, target)
                    .isInstanceOf(Plan.Reachable.class);
            Map<Address, CollateralParameters> now = new HashMap<>(live);
            for (Step step : plan.steps()) {
                for (ParameterChange change : step.changes()) {
                    assertThat(change.from()).isEqualTo(now.get(change.reserve()));
                    assertThat(AaveCollateralRule.violations(change.to())).isEmpty();
                    assertThat(AaveCollateralRule.contractAccepts(change.to())).isTrue();
                    now.put(change.reserve(), change.to());
                }
            }
            assertThat(now).isEqualTo(target);
        }
    }

    /** On a coarse grid, where all sequences can be tried, none is shorter. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void isAsShortAsTheShortestOfAllSequences(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 12; i++) {
            CollateralParameters from = legal(random, 12);
            CollateralParameters to = legal(random, 12);
            int ltvStep = random.nextInt(1, 4);
            int thresholdStep = random.nextInt(1, 4);
            int bonusStep = random.nextInt(1, 4);
            StepLimits limits = new StepLimits(
                    new Bps(ltvStep),
                    new Bps(thresholdStep),
                    new Bps(bonusStep),
                    StepLimits.UNBOUNDED,
                    Duration.ZERO,
                    0);

            Plan plan = new Planner(limits, NONE).plan(Map.of(WETH, from), Map.of(WETH, to));

            assertThat(plan.steps())
                    .as("seed %s case %s: %s to %s by %s", seed, i, from, to, limits)
                    .hasSize(shortest(from, to, ltvStep, thresholdStep, bonusStep));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void movesCapsByTheShortestLegalSequence(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            long from = random.nextLong(1, 60);
            long to = random.nextLong(1, 60);
            int share = random.nextInt(500, 9_000);
            StepLimits limits =
                    new StepLimits(new Bps(1), new Bps(1), new Bps(1), new Bps(share), Duration.ofDays(5), 0);

            Plan plan = new Planner(limits, NONE)
                    .plan(
                            Map.of(WETH, vector(8000, 8250, 500).withCaps(from, 7)),
                            Map.of(WETH, vector(8000, 8250, 500).withCaps(to, 7)));

            int shortest = shortest(from, to, share);
            assertThat(plan instanceof Plan.Reachable)
                    .as("seed %s case %s: %s to %s by %s bps", seed, i, from, to, share)
                    .isEqualTo(shortest >= 0);
            if (shortest >= 0) {
                assertThat(plan.steps()).hasSize(shortest).allMatch(Step::isAcceptable);
            }
        }
    }

    @Test
    void movesCapsAlsoOfWhatIsNoCollateral() {
        CollateralParameters usdc = vector(0, 0, 0).withCaps(1_000, 900);

        Plan plan = new Planner(StepLimits.governance(0), NONE)
                .plan(Map.of(WETH, usdc), Map.of(WETH, usdc.withCaps(2_000, 1_800)));

        assertThat(plan).isInstanceOf(Plan.Reachable.class);
        assertThat(plan.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.changes()).singleElement().satisfies(change -> {
                    assertThat(change.movesCollateral()).isFalse();
                    assertThat(change.movesSupplyCap()).isTrue();
                    assertThat(change.movesBorrowCap()).isTrue();
                }));
    }

    @Test
    void leavesTheRemovalOfACapToPeople() {
        CollateralParameters weth = vector(8000, 8250, 500).withCaps(1_000, 900);

        Plan plan = new Planner(StepLimits.governance(0), NONE)
                .plan(Map.of(WETH, weth), Map.of(WETH, weth.withCaps(0, 900)));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Unreachable.class,
                        unreachable -> assertThat(unreachable.reason()).startsWith("Removing a cap is for people"));
    }

    /** Breadth first over every cap that a step within floor(share · cap) can reach. */
    private static int shortest(long from, long to, int share) {
        Map<Long, Integer> seen = new HashMap<>(Map.of(from, 0));
        Deque<Long> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            long now = open.removeFirst();
            int steps = seen.getOrDefault(now, 0);
            if (now == to) {
                return steps;
            }
            long reach = now * share / 10_000;
            for (long next = Math.max(1, now - reach); next <= Math.min(200, now + reach); next++) {
                if (seen.putIfAbsent(next, steps + 1) == null) {
                    open.addLast(next);
                }
            }
        }
        return -1;
    }

    /** Breadth first over every legal vector that one step can reach. */
    private static int shortest(
            CollateralParameters from, CollateralParameters to, int ltvStep, int thresholdStep, int bonusStep) {
        Map<CollateralParameters, Integer> seen = new HashMap<>(Map.of(from, 0));
        Deque<CollateralParameters> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            CollateralParameters now = open.removeFirst();
            int steps = seen.getOrDefault(now, 0);
            if (now.equals(to)) {
                return steps;
            }
            for (int l = -ltvStep; l <= ltvStep; l++) {
                for (int t = -thresholdStep; t <= thresholdStep; t++) {
                    for (int b = -bonusStep; b <= bonusStep; b++) {
                        int ltv = now.ltv().raw() + l;
                        int threshold = now.liquidationThreshold().raw() + t;
                        int bonus = now.liquidationBonus().raw() + b;
                        if (ltv < 0 || threshold < 1 || threshold > 10_000 || bonus < 1 || ltv > threshold) {
                            continue;
                        }
                        CollateralParameters next = vector(ltv, threshold, bonus);
                        if (AaveCollateralRule.holds(next) && !seen.containsKey(next)) {
                            seen.put(next, steps + 1);
                            open.addLast(next);
                        }
                    }
                }
            }
        }
        return -1;
    }

    /** A random legal vector; a small spread puts it next to the edges LTV = LT and LT (1 + LB) = 1 where rules bind. */
    private static CollateralParameters legal(SplittableRandom random, int spread) {
        while (true) {
            int threshold = spread > 100 ? random.nextInt(100, 9_900) : random.nextInt(8_000, 8_000 + spread);
            int highestBonus =
                    AaveCollateralRule.highestBonus(new Bps(threshold)).raw();
            int bonus = highestBonus - random.nextInt(0, Math.min(spread, highestBonus));
            int ltv = Math.max(0, threshold - random.nextInt(0, spread));
            if (bonus <= 5_000 || spread <= 100) {
                return vector(ltv, threshold, bonus);
            }
        }
    }

    private static int cut(Step step, Address reserve) {
        return step.changes().stream()
                .filter(change -> change.reserve().equals(reserve))
                .mapToInt(change -> change.from().liquidationThreshold().raw()
                        - change.to().liquidationThreshold().raw())
                .sum();
    }

    private static int threshold(Map<Address, CollateralParameters> parameters, Address reserve) {
        return Objects.requireNonNull(parameters.get(reserve))
                .liquidationThreshold()
                .raw();
    }

    private static CollateralParameters vector(int ltv, int threshold, int bonus) {
        return new CollateralParameters(new Bps(ltv), new Bps(threshold), new Bps(bonus), 0, 0);
    }
}
