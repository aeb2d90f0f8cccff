package plimsoll.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plimsoll.units.Price;

final class PriceHistoryTest {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    @Test
    void repeatsItselfForTheSameSeedAlone() {
        PriceHistory history = PriceHistory.synthetic(1, START, 100);

        assertThat(PriceHistory.synthetic(1, START, 100)).isEqualTo(history);
        assertThat(PriceHistory.synthetic(2, START, 100)).isNotEqualTo(history);
    }

    @Test
    void endsEverySyntheticPathAtItsOrdinaryPrice() {
        PriceHistory history = PriceHistory.synthetic(3, START, 2_000);

        assertThat(history.points().get(Asset.WETH)).last().isEqualTo(point(1_999, "2500"));
        assertThat(history.points().get(Asset.USDC))
                .allSatisfy(point -> assertThat(point.price()).isBetween(Price.parse("0.97"), Price.parse("1.03")));
    }

    @Test
    void submitsTheNewestRoundsAndStoresTheRest() {
        PriceHistory history = PriceHistory.synthetic(4, START, 530);

        assertThat(history.stored(Asset.WBTC)).hasSize(30);
        assertThat(history.submitted(Asset.WBTC)).hasSize(500);
        assertThat(history.firstSubmission()).isEqualTo(START.plus(Duration.ofHours(30)));
    }

    @Test
    void refusesTimesOutOfOrder() {
        assertThatThrownBy(() -> new PriceHistory(Map.of(Asset.WETH, List.of(point(1, "2500"), point(1, "2600")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in order of time");
    }

    private static PricePoint point(int hour, String price) {
        return new PricePoint(START.plus(Duration.ofHours(hour)), Price.parse(price));
    }
}
