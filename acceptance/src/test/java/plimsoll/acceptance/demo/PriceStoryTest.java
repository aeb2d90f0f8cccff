package plimsoll.acceptance.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.devnet.Asset;
import plimsoll.devnet.PricePoint;
import plimsoll.units.Price;

final class PriceStoryTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 11, 42})
    void tellsTheSameStoryForTheSameSeed(long seed) {
        assertThat(PriceStory.synthetic(seed)).isEqualTo(PriceStory.synthetic(seed));
        assertThat(PriceStory.synthetic(seed)).isNotEqualTo(PriceStory.synthetic(seed + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 11, 42})
    void fallsByTwentyFiveToFortyFivePercent(long seed) {
        PriceStory story = PriceStory.synthetic(seed);

        List<PricePoint> history =
                Objects.requireNonNull(story.history().points().get(PriceStory.LEADER));
        Map<Asset, Price> end = story.crash().getLast();
        double before = history.getLast().price().raw().doubleValue();
        double after = Objects.requireNonNull(end.get(PriceStory.LEADER)).raw().doubleValue();

        assertThat(1 - after / before).isBetween(0.25, 0.45);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 11, 42})
    void staysWhereAReaderWouldBelieveIt(long seed) {
        PriceStory story = PriceStory.synthetic(seed);

        for (PricePoint point : Objects.requireNonNull(story.history().points().get(PriceStory.LEADER))) {
            assertThat(point.price()).isBetween(Price.parse("300"), Price.parse("10000"));
        }
    }
}
