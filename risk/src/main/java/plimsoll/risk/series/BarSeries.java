package plimsoll.risk.series;

import java.time.Instant;
import java.util.List;

/** Open, high, low and close of one thing over equal periods, in one currency; times strictly increasing. */
public record BarSeries(List<Bar> bars) {

    public BarSeries {
        bars = List.copyOf(bars);
        for (var i = 1; i < bars.size(); i++) {
            if (!bars.get(i).time().isAfter(bars.get(i - 1).time())) {
                throw new IllegalArgumentException("time is not after the one before: found=%s before=%s"
                        .formatted(bars.get(i).time(), bars.get(i - 1).time()));
            }
        }
    }

    public int size() {
        return bars.size();
    }

    public Bar get(int index) {
        return bars.get(index);
    }

    /** One period; the low is the least of the four prices and the high the greatest. */
    public record Bar(Instant time, double open, double high, double low, double close) {

        public Bar {
            if (!(low > 0) || Double.isInfinite(high)) {
                throw new IllegalArgumentException("price is not positive: found=" + (low > 0 ? high : low));
            }
            if (!(low <= open && low <= close && high >= open && high >= close)) {
                throw new IllegalArgumentException(
                        "low and high do not enclose open and close: open=%s high=%s low=%s close=%s"
                                .formatted(open, high, low, close));
            }
        }
    }
}
