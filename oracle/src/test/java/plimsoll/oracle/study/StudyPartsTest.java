package plimsoll.oracle.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import plimsoll.oracle.study.Profile.Appetite;
import plimsoll.risk.simulation.CollateralTerms;

class StudyPartsTest {

    @Test
    void aBorrowerKeepsItsHealthAndNeverStartsAboveTheLimit() {
        var careful = profile(new Appetite.Health(2));
        var daring = profile(new Appetite.Health(1.01));

        // Collateral of 100 may borrow 80 and hold up 83: 83/2, and 83/1.01 = 82.2 is cut to 80.
        assertThat(careful.debt(80, 83)).isEqualTo(41.5);
        assertThat(daring.debt(80, 83)).isEqualTo(80);
    }

    @Test
    void aBorrowerKeepsItsShareOfTheLimit() {
        assertThat(profile(new Appetite.ShareOfLimit(0.7)).debt(80, 83)).isCloseTo(56, within(1e-12));
        assertThat(profile(new Appetite.ShareOfLimit(1.4)).debt(80, 83)).isEqualTo(80);
    }

    @Test
    void scalingASetKeepsWhatTheContractAccepts() {
        var set = new ParameterSet("set", new TreeMap<>(Map.of("WETH", new CollateralTerms(0.80, 0.90, 0.05))));

        var tighter = set.scaled(0.5).of("WETH");
        var looser = set.scaled(1.2).of("WETH");

        assertThat(tighter.liquidationThreshold()).isEqualTo(0.45);
        assertThat(tighter.ltv()).isCloseTo(0.40, within(1e-12));
        assertThat(looser.liquidationThreshold() * 1.05).isCloseTo(1, within(1e-12));
        assertThat(set.of("none")).isEqualTo(CollateralTerms.NONE);
    }

    @Test
    void numbersReadTheSameEverywhere() {
        assertThat(Markdown.percent(0.785)).isEqualTo("78.5");
        assertThat(Markdown.share(0.000216)).isEqualTo("0.0216 %");
        assertThat(Markdown.millions(1_234_567_890)).isEqualTo("1,234.6");
        assertThat(Markdown.millions(12_345)).isEqualTo("0.012");
        assertThat(Markdown.number(-0.0001, 2)).isEqualTo("0.00");
    }

    @Test
    void aTableHasARuleUnderItsHeader() {
        var table = Markdown.table(Markdown.cells("a", "b"), List.of(Markdown.cells(1, 2)));

        assertThat(table).isEqualTo("| a | b |\n| --- | --- |\n| 1 | 2 |\n");
    }

    @Test
    void everyPlaceOfThePageMustBeComputed() {
        assertThatNullPointerException()
                .isThrownBy(() -> StudyText.fill(Map.of()))
                .withMessageContaining("nothing computed for {{summary}}");
    }

    private static Profile profile(Appetite appetite) {
        return new Profile(new TreeMap<>(Map.of("WETH", 100.0)), new TreeMap<>(Map.of("USDC", 1.0)), appetite, false);
    }
}
