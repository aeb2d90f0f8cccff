package plimsoll.oracle.calibration;

import java.util.List;

/**
 * What selling one asset was quoted to cost, by size.
 *
 * @param source the file's name
 * @param against symbol of the asset that it was sold for
 * @param points from small to large
 */
public record SaleQuotes(String source, String against, List<Point> points) {

    public SaleQuotes {
        points = List.copyOf(points);
    }

    /**
     * One quote.
     *
     * @param value sold, in the market's base currency
     * @param impact fraction of it that is lost against a small sale
     */
    public record Point(double value, double impact) {}

    double[] values() {
        return points.stream().mapToDouble(Point::value).toArray();
    }

    double[] impacts() {
        return points.stream().mapToDouble(Point::impact).toArray();
    }
}
