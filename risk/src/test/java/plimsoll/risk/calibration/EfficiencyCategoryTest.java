package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.risk.calibration.EfficiencyCategory.Answer;
import plimsoll.risk.calibration.EfficiencyCategory.Member;
import plimsoll.risk.calibration.PegHistory.Rule;
import plimsoll.risk.calibration.Reserves.Recipe;
import plimsoll.risk.strict.SeededRandom;

class EfficiencyCategoryTest {

    private static final long DAY = 86_400;

    @Test
    void flagsTwoPercentForTwoDays() {
        // Off by 2 % or more on days 3, 4 and 5, back on day 6: three days. Days 8 and 9: back after one.
        double[] ratios = {1, 0.999, 1, 0.98, 0.97, 1.03, 0.985, 1, 0.97, 1, 1};

        var history = PegHistory.of(days(ratios.length), ratios, Rule.standard());

        assertThat(history.depegs()).singleElement().satisfies(depeg -> {
            assertThat(depeg.from()).isEqualTo(3 * DAY);
            assertThat(depeg.to()).isEqualTo(6 * DAY);
            assertThat(depeg.worst()).isCloseTo(0.03, within(1e-12));
        });
        assertThat(history.daysOfPeg(10 * DAY)).isEqualTo(4);
        assertThat(PegHistory.of(days(11), ones(11), Rule.standard()).daysOfPeg(10 * DAY))
                .isEqualTo(10);
    }

    @Test
    void countsADepegThatHasNotEnded() {
        double[] ratios = {1, 0.97, 0.96, 0.95};

        assertThat(PegHistory.of(days(4), ratios, Rule.standard()).depegs())
                .singleElement()
                .satisfies(depeg -> assertThat(depeg.to()).isEqualTo(3 * DAY));
    }

    @Test
    void takesWhatTheWeakestMemberBearsAtTheLargestBonus() {
        var random = new SeededRandom(5);
        var one = ReserveCalibration.of(Recipe.random(random).inputs());
        var two = ReserveCalibration.of(Recipe.random(random).inputs());

        var answer = EfficiencyCategory.of(
                List.of(new Member("wstETH", one, 400), new Member("rETH", two, 200)), Rule.standard());

        assertThat(answer).isInstanceOfSatisfying(Answer.Formed.class, formed -> {
            for (var made : List.of(one, two)) {
                var form = made.closedForm();
                var solvency = form.solvencyBound() * (1 + form.bonus()) / (1 + formed.bonus());
                assertThat(formed.liquidationThreshold()).isLessThanOrEqualTo(solvency + 1e-15);
            }
            assertThat(formed.liquidationThreshold() * (1 + formed.bonus())).isLessThanOrEqualTo(1);
            assertThat(formed.ltv()).isLessThanOrEqualTo(formed.liquidationThreshold());
            assertThat(formed.bonus())
                    .isEqualTo(
                            Math.max(one.closedForm().bonus(), two.closedForm().bonus()));
        });
    }

    @Test
    void refusesAMemberWithoutSixMonthsOfPeg() {
        var made = ReserveCalibration.of(Recipe.random(new SeededRandom(5)).inputs());

        assertThat(EfficiencyCategory.of(
                        List.of(new Member("wstETH", made, 400), new Member("weETH", made, 183)), Rule.standard()))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reasons())
                                .containsExactly("weETH has kept its peg for 183 days, not for more than 183"));
    }

    private static long[] days(int count) {
        var times = new long[count];
        for (var i = 0; i < count; i++) {
            times[i] = i * DAY;
        }
        return times;
    }

    private static double[] ones(int count) {
        var ratios = new double[count];
        Arrays.fill(ratios, 1);
        return ratios;
    }
}
