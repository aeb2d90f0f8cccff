package plimsoll.keeper.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

class PlannerTest {

    private static final Address ALICE = new Address("0x" + "a1".repeat(20));
    private static final Address BOB = new Address("0x" + "b0".repeat(20));
    private static final Leg USDC = new Leg(new Address("0x" + "01".repeat(20)), "USDC", Price.parse("1"));
    private static final Leg WETH = new Leg(new Address("0x" + "02".repeat(20)), "WETH", Price.parse("2000"));
    private static final Leg WBTC = new Leg(new Address("0x" + "03".repeat(20)), "WBTC", Price.parse("60000"));

    private final Planner planner =
            new Planner(new Policy(BaseValue.parse("10"), GasPrice.parse("100"), new Gas(500_000), Bps.percent(2)));

    @Test
    void takesThePairThatLeavesMost() {
        // 1 000 USDC repaid either way: 1 050 quoted for the WETH, 1 060 for the WBTC, 2 of gas.
        var weth = trial(ALICE, WETH, "1000", "0.53", "1050");
        var wbtc = trial(ALICE, WBTC, "1000", "0.0177", "1060");

        Assessment assessment =
                planner.assess(List.of(weth, wbtc), conditions("2", "5000")).get(ALICE);

        assertThat(assessment).isInstanceOfSatisfying(Assessment.Act.class, act -> {
            assertThat(act.plan().opportunity()).isEqualTo(wbtc.opportunity());
            assertThat(act.plan().profit()).isEqualTo(BaseValue.parse("58"));
        });
    }

    @Test
    void leavesWhatDoesNotPayTheLeastProfit() {
        // 1 011 - 1 000 - 2 = 9, and 10 is the least.
        var trial = trial(ALICE, WETH, "1000", "0.52", "1011");

        Assessment assessment =
                planner.assess(List.of(trial), conditions("2", "5000")).get(ALICE);

        assertThat(assessment).isEqualTo(new Assessment.Unprofitable(BaseValue.parse("1011"), BaseValue.parse("1012")));
    }

    @Test
    void countsTheSlippageWhereNoVenueQuotes() {
        // 0.53 WETH are worth 1 060; 2 % off leaves 1 038.80.
        Opportunity opportunity = trial(ALICE, WETH, "1000", "0.53", "0").opportunity();

        Assessment assessment = planner.assess(List.of(Trial.untried(opportunity)), conditions("2", "5000"))
                .get(ALICE);

        assertThat(assessment)
                .isInstanceOfSatisfying(
                        Assessment.Act.class,
                        act -> assertThat(act.plan().proceeds()).isEqualTo(BaseValue.parse("1038.8")));
    }

    @Test
    void doesNotTakeWhatTheChainRefused() {
        var refused = new Trial(
                trial(ALICE, WETH, "1000", "0.6", "1100").opportunity(),
                Optional.of("MustNotLeaveDust"),
                Optional.empty());

        assertThat(planner.assess(List.of(refused), conditions("2", "5000")))
                .containsExactly(Map.entry(ALICE, new Assessment.Refused("MustNotLeaveDust")));
    }

    @Test
    void spendsItsFundsOnWhatPaysMost() {
        // One pool for both: 2 000 a WETH up to 0.55, 1 950 for what comes after.
        List<SaleCurve.Point> quotes = List.of(quote("0.55", "1100"), quote("1.08", "2133.5"));
        var small = new Trial(trial(ALICE, WETH, "1000", "0.53", "1050").opportunity(), Optional.empty(), quotes);
        var large = new Trial(trial(BOB, WETH, "1000", "0.55", "1100").opportunity(), Optional.empty(), quotes);

        Map<Address, Assessment> assessments = planner.assess(List.of(small, large), conditions("0", "1500"));

        assertThat(assessments.get(BOB)).isInstanceOf(Assessment.Act.class);
        assertThat(assessments.get(ALICE)).isEqualTo(new Assessment.Unfunded(USDC.asset(), usdc("500")));
    }

    private static SaleCurve.Point quote(String weth, String usdc) {
        return new SaleCurve.Point(TokenAmount.parse(weth, 18), usdc(usdc));
    }

    /** At 500 000 gas and a coin of 2 000: {@code gasCost} 2 is 2 gwei. */
    private static Conditions conditions(String gasCost, String usdcHeld) {
        return new Conditions(
                GasPrice.parse(gasCost), Optional.of(Price.parse("2000")), Map.of(USDC.asset(), usdc(usdcHeld)));
    }

    private static Trial trial(Address account, Leg collateral, String repaid, String received, String quoted) {
        int decimals = collateral.equals(WBTC) ? 8 : 18;
        return new Trial(
                new Opportunity(
                        account,
                        HealthFactor.parse("0.9"),
                        USDC,
                        collateral,
                        usdc(repaid),
                        TokenAmount.parse(received, decimals),
                        TokenAmount.zero(decimals),
                        true),
                Optional.empty(),
                Optional.of(usdc(quoted)));
    }

    private static TokenAmount usdc(String amount) {
        return TokenAmount.parse(amount, 6);
    }
}
