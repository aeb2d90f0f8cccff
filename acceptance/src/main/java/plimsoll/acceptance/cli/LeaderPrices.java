package plimsoll.acceptance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import plimsoll.acceptance.demo.PriceStory;
import plimsoll.oracle.file.SeriesFile;
import plimsoll.risk.series.PriceSeries;

/** Reads the prices that drive the demo from a CSV file, by the rules of every price file. */
final class LeaderPrices {

    private LeaderPrices() {}

    static List<PriceStory.Point> read(Path file) {
        PriceSeries series = SeriesFile.prices(file, Optional.empty(), Optional.empty());
        return IntStream.range(0, series.size())
                .mapToObj(i -> new PriceStory.Point(series.time(i), series.price(i)))
                .toList();
    }
}
