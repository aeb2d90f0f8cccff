package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plimsoll.risk.calibration.Eligibility.Facts;
import plimsoll.risk.calibration.Eligibility.Rules;
import plimsoll.risk.calibration.Eligibility.Verdict;

class EligibilityTest {

    @Test
    void letsMatureAndDeepAssetsFollowTheModel() {
        assertThat(judge(new Facts(30, 5e6, 5e6, false, 2, 0))).isInstanceOf(Verdict.Automatic.class);
    }

    @Test
    void leavesTheYoungTheSmallAndEfficiencyModeCollateralToPeople() {
        assertThat(judge(new Facts(29, 5e6, 5e6, false, 2, 0)))
                .isInstanceOfSatisfying(
                        Verdict.Excluded.class,
                        excluded ->
                                assertThat(excluded.reasons()).containsExactly("listed for 29 days, fewer than 30"));
        assertThat(judge(new Facts(30, 5e6, 4.9e6, false, 2, 0))).isInstanceOf(Verdict.Excluded.class);
        assertThat(judge(new Facts(30, 5e6, 5e6, true, 2, 0))).isInstanceOf(Verdict.Excluded.class);
    }

    @Test
    void isolatesTheThinAndWhatOneSourcePrices() {
        assertThat(judge(new Facts(30, 4_999_999, 5e6, false, 1, 0)))
                .isInstanceOfSatisfying(
                        Verdict.Isolated.class,
                        isolated -> assertThat(isolated.reasons())
                                .containsExactly(
                                        "venues take 4 999 999 within the bonus, less than 5 000 000",
                                        "1 independent sources of the price, fewer than 2"));
    }

    private static Verdict judge(Facts facts) {
        return Eligibility.of(facts, Rules.standard());
    }
}
