package plimsoll.keeper.app;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;

/**
 * A plan that was sent.
 *
 * @param gas what its transaction was counted to cost
 */
record Planned(LiquidationPlan plan, BaseValue gas) {

    static List<Planned> sentIn(List<Round> rounds) {
        List<Planned> planned = new ArrayList<>();
        for (Round round : rounds) {
            round.decisions().forEach(decision -> {
                if (decision.assessment() instanceof Assessment.Act(LiquidationPlan plan)
                        && round.sent().containsKey(decision.account())) {
                    planned.add(new Planned(plan, gas(round.scene())));
                }
            });
        }
        return planned;
    }

    private static BaseValue gas(Scene scene) {
        return scene.conditions()
                .coin()
                .map(price -> TokenAmount.ofRaw(
                                scene.conditions()
                                        .gasPrice()
                                        .times(scene.policy().gasOfLiquidation())
                                        .raw(),
                                18)
                        .valueAt(price, RoundingMode.CEILING))
                .orElse(BaseValue.ZERO);
    }

    /** What the executor is to gain by it; gas is the signer's. */
    BigInteger gain() {
        return plan.proceeds().raw().subtract(plan.cost().raw()).add(gas.raw());
    }
}
