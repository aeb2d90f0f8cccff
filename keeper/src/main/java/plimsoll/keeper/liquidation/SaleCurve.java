package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.units.TokenAmount;

/**
 * What selling an amount of one asset brings in another: straight lines between points, rounded down. A pool pays less for each further
 * unit, so its true proceeds lie on or above lines between its quotes: what is planned by them is a floor under what is realised, and
 * exact at the quotes.
 *
 * <p>Where four neighbouring quotes lie on one curve of a constant product of reserves, as those of one tick range do, its points between
 * the quotes are put in. The lines are concave by construction: a quote that says otherwise counts only as far as the two before it support.
 *
 * <pre>
 * y(u) = y_b · u/u_b · (β + u_b)/(β + u)      β = u_b · (y_c − y_b) / (y_b − y_c·u_b/u_c)
 * </pre>
 *
 * with u sold and y brought in since quote a, through the quotes b and c; quote d confirms it. Source: Δy = y·Δx/(x + Δx) for a constant
 * product of reserves, solved for two known sales.
 */
public final class SaleCurve {

    private static final int PIECES = 8;
    /** How far quote d may lie from the curve through a, b and c: a millionth. */
    private static final TokenAmount MILLIONTH = TokenAmount.ofRaw(1, 0);

    private static final TokenAmount MILLION = TokenAmount.ofRaw(1_000_000, 0);

    /** One quote. */
    public record Point(TokenAmount sold, TokenAmount proceeds) {

        private Point since(Point other) {
            return new Point(sold.minus(other.sold), proceeds.minus(other.proceeds));
        }

        private Point plus(Point other) {
            return new Point(sold.plus(other.sold), proceeds.plus(other.proceeds));
        }
    }

    private final List<Point> knots;

    private SaleCurve(List<Point> knots) {
        this.knots = List.copyOf(knots);
    }

    /** Through these quotes, in any order; empty where there is none of a positive amount. */
    public static Optional<SaleCurve> through(List<Point> quotes) {
        List<Point> points = quotes.stream()
                .filter(point -> !point.sold().isZero())
                .sorted(Comparator.comparing(Point::sold))
                .toList();
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Point origin = new Point(
                TokenAmount.zero(points.getFirst().sold().decimals()),
                TokenAmount.zero(points.getFirst().proceeds().decimals()));
        List<Point> rising = new ArrayList<>(List.of(origin));
        for (Point point : points) {
            Point last = rising.getLast();
            if (point.sold().compareTo(last.sold()) > 0) {
                rising.add(
                        point.proceeds().compareTo(last.proceeds()) < 0
                                ? new Point(point.sold(), last.proceeds())
                                : point);
            }
        }
        List<Point> knots = new ArrayList<>(List.of(origin));
        for (Point point : refined(rising)) {
            knots.add(supported(knots, point));
        }
        return Optional.of(new SaleCurve(knots));
    }

    /** The same price for any amount up to {@code sold}. */
    static SaleCurve straight(TokenAmount sold, TokenAmount proceeds) {
        return through(List.of(new Point(sold, proceeds))).orElseThrow();
    }

    /** The quotes after the origin, with the points of a confirmed curve between them. */
    private static List<Point> refined(List<Point> quotes) {
        List<Point> refined = new ArrayList<>();
        boolean isConfirmed = false;
        for (int i = 0; i + 1 < quotes.size(); i++) {
            // A segment is part of the four quotes that begin with it or, near the end, of the last four.
            int first = Math.min(i, quotes.size() - 4);
            if (first == i) {
                isConfirmed = lieOnOneCurve(quotes, first);
            }
            if (isConfirmed && first >= 0) {
                addBetween(quotes, first, i, refined);
            }
            refined.add(quotes.get(i + 1));
        }
        return refined;
    }

    private static boolean lieOnOneCurve(List<Point> quotes, int first) {
        if (first < 0) {
            return false;
        }
        Point d = quotes.get(first + 3).since(quotes.get(first));
        Optional<TokenAmount> expected = onCurve(quotes, first, d.sold());
        return expected.isPresent()
                && distance(expected.get(), d.proceeds())
                                .compareTo(d.proceeds().times(MILLIONTH, MILLION, RoundingMode.CEILING))
                        <= 0;
    }

    private static TokenAmount distance(TokenAmount a, TokenAmount b) {
        return a.minusOrZero(b).plus(b.minusOrZero(a));
    }

    private static void addBetween(List<Point> quotes, int first, int segment, List<Point> refined) {
        Point origin = quotes.get(first);
        Point from = quotes.get(segment).since(origin);
        TokenAmount width = quotes.get(segment + 1).since(quotes.get(segment)).sold();
        for (int piece = 1; piece < PIECES; piece++) {
            TokenAmount sold = from.sold()
                    .plus(width.times(TokenAmount.ofRaw(piece, 0), TokenAmount.ofRaw(PIECES, 0), RoundingMode.FLOOR));
            Optional<TokenAmount> proceeds = onCurve(quotes, first, sold);
            if (proceeds.isPresent() && sold.compareTo(from.sold()) > 0) {
                refined.add(origin.plus(new Point(sold, proceeds.get())));
            }
        }
    }

    /** The curve through three quotes, counted from the first of them; empty where they lie on a straight line. */
    private static Optional<TokenAmount> onCurve(List<Point> quotes, int first, TokenAmount sold) {
        Point b = quotes.get(first + 1).since(quotes.get(first));
        Point c = quotes.get(first + 2).since(quotes.get(first));
        TokenAmount bend = b.proceeds().minusOrZero(c.proceeds().times(b.sold(), c.sold(), RoundingMode.CEILING));
        if (bend.isZero()) {
            return Optional.empty();
        }
        TokenAmount beta = b.sold().times(c.proceeds().minus(b.proceeds()), bend, RoundingMode.FLOOR);
        return Optional.of(b.proceeds()
                .times(sold, b.sold(), RoundingMode.FLOOR)
                .times(beta.plus(b.sold()), beta.plus(sold), RoundingMode.FLOOR));
    }

    /** Never above the line through the two knots before it. */
    private static Point supported(List<Point> knots, Point point) {
        if (knots.size() < 2) {
            return point;
        }
        Point last = knots.getLast();
        Point step = last.since(knots.get(knots.size() - 2));
        TokenAmount most = last.proceeds()
                .plus(step.proceeds().times(point.sold().minus(last.sold()), step.sold(), RoundingMode.CEILING));
        return new Point(point.sold(), point.proceeds().min(most));
    }

    /** The largest quoted sale; of more than that nothing is known. */
    public TokenAmount most() {
        return knots.getLast().sold();
    }

    /** What selling so much brings; at most what the largest quote brought. */
    public TokenAmount proceeds(TokenAmount sold) {
        int next = firstNotBelow(sold);
        if (next == knots.size()) {
            return knots.getLast().proceeds();
        }
        Point to = knots.get(next);
        if (to.sold().compareTo(sold) == 0) {
            return to.proceeds();
        }
        Point from = knots.get(next - 1);
        Point step = to.since(from);
        return from.proceeds().plus(step.proceeds().times(sold.minus(from.sold()), step.sold(), RoundingMode.FLOOR));
    }

    /** What it would bring at the price of the first unit. */
    TokenAmount atOrigin(TokenAmount sold) {
        Point first = knots.get(1);
        return first.proceeds().times(sold, first.sold(), RoundingMode.FLOOR);
    }

    /** What {@code sold} more brings once {@code before} is sold. */
    TokenAmount proceeds(TokenAmount before, TokenAmount sold) {
        return proceeds(before.plus(sold)).minus(proceeds(before));
    }

    /**
     * How much more to sell once {@code before} is sold, at most {@code cap}, when so much costs {@code costOfCap} and less costs less in
     * proportion: up to the knot from which on a unit brings no more than it costs. On straight lines no other amount leaves more.
     */
    TokenAmount best(TokenAmount before, TokenAmount cap, TokenAmount costOfCap) {
        TokenAmount end = before.plus(cap).min(most());
        if (end.compareTo(before) <= 0) {
            return TokenAmount.zero(cap.decimals());
        }
        // Slopes fall from piece to piece: search for the last piece between before and end that pays.
        int low = firstAbove(before);
        int high = firstNotBelow(end);
        while (low <= high) {
            int middle = (low + high) >>> 1;
            TokenAmount from = later(knots.get(middle - 1).sold(), before);
            TokenAmount to = knots.get(middle).sold().min(end);
            boolean pays = proceeds(to)
                            .minus(proceeds(from))
                            .compareTo(costOfCap.times(to.minus(from), cap, RoundingMode.CEILING))
                    > 0;
            if (pays) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return knots.get(high).sold().min(end).minusOrZero(before);
    }

    private static TokenAmount later(TokenAmount a, TokenAmount b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private int firstAbove(TokenAmount sold) {
        int place = firstNotBelow(sold);
        return knots.get(place).sold().compareTo(sold) == 0 ? place + 1 : place;
    }

    /** The place of the first knot that is no smaller. */
    private int firstNotBelow(TokenAmount sold) {
        int low = 0;
        int high = knots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (knots.get(middle).sold().compareTo(sold) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
