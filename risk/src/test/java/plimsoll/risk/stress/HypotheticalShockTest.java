package plimsoll.risk.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plimsoll.risk.stress.HypotheticalShock.Course;
import plimsoll.risk.stress.StressedAsset.Kind;

class HypotheticalShockTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void arrivesAtOnceAndStays() {
        var shock = HypotheticalShock.of(new double[] {0.5, 1, 1.75}, Course.immediate(3));

        assertThat(prices(shock, 0)).containsExactly(0.5, 0.5, 0.5);
        assertThat(prices(shock, 1)).containsExactly(1, 1, 1);
        assertThat(prices(shock, 2)).containsExactly(1.75, 1.75, 1.75);
    }

    @Test
    void arrivesOnAStraightLine() {
        var shock = HypotheticalShock.of(new double[] {0.6, 1.4}, Course.linear(4, 5));

        // 1 - 0.4 * k/4 and 1 + 0.4 * k/4 for k = 1..4, then unchanged.
        assertThat(prices(shock, 0)).containsExactly(new double[] {0.9, 0.8, 0.7, 0.6, 0.6}, within(1e-15));
        assertThat(prices(shock, 1)).containsExactly(new double[] {1.1, 1.2, 1.3, 1.4, 1.4}, within(1e-15));
    }

    @Test
    void aDefaultStrikesOneAssetAlone() {
        var shock = HypotheticalShock.jumpToDefault(3, 1, 0.25, 2);

        assertThat(prices(shock, 0)).containsOnly(1);
        assertThat(prices(shock, 1)).containsOnly(0.25);
        assertThat(prices(shock, 2)).containsOnly(1);
    }

    @Test
    void whatIsWorthlessStillHasAPriceAboveZero() {
        var shock = HypotheticalShock.jumpToDefault(1, 0, 0, 1);

        assertThat(shock.price(0, 0)).isEqualTo(HypotheticalShock.WORTHLESS).isPositive();
    }

    @Test
    void refusesWhatNoPriceCanDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HypotheticalShock.of(new double[] {-0.1}, Course.immediate(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HypotheticalShock.of(new double[] {Double.NaN}, Course.immediate(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> HypotheticalShock.jumpToDefault(1, 0, 1.5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Course.linear(3, 2));
    }

    @Test
    void aScenarioStrikesKindsTogetherOrEachAssetAlone() {
        var assets = List.of(
                new StressedAsset("WETH", Kind.ETHER),
                new StressedAsset("CRV", Kind.OTHER),
                new StressedAsset("USDC", Kind.STABLE),
                new StressedAsset("BAL", Kind.OTHER));

        var crash = scenario("crash-2025-10-10").shocks(assets, Duration.ofMinutes(10), 6);
        var holder = scenario("one-holder-2026-02").shocks(assets, HOUR, 6);
        var staked = scenario("feed-without-ether-2026-02").shocks(assets, HOUR, 6);

        assertThat(crash).singleElement().satisfies(shock -> {
            var path = (HypotheticalShock) shock.path();
            // Half an hour is three steps of ten minutes: ether 0.8 and the others 0.45 at the third.
            assertThat(path.price(0, 2)).isEqualTo(0.8);
            assertThat(path.price(1, 2)).isEqualTo(0.45);
            assertThat(path.price(2, 5)).isOne();
        });
        assertThat(holder)
                .extracting(Scenario.Shock::name)
                .containsExactly("one-holder-2026-02 CRV", "one-holder-2026-02 BAL");
        assertThat(((HypotheticalShock) holder.get(1).path()).price(3, 1)).isEqualTo(0.4);
        assertThat(((HypotheticalShock) holder.get(1).path()).price(1, 1)).isOne();
        assertThat(staked).isEmpty();
    }

    @Test
    void everyScenarioHasANameOfItsOwnAndAStory() {
        assertThat(ScenarioLibrary.all()).extracting(Scenario::name).doesNotHaveDuplicates();
        assertThat(ScenarioLibrary.all())
                .allSatisfy(scenario -> assertThat(scenario.what()).isNotBlank());
        assertThat(ScenarioLibrary.all()).anyMatch(Scenario::isControl);
    }

    private static Scenario scenario(String name) {
        return ScenarioLibrary.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double[] prices(HypotheticalShock shock, int asset) {
        return IntStream.range(0, shock.steps())
                .mapToDouble(step -> shock.price(asset, step))
                .toArray();
    }
}
