package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.units.Bps;
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

    /** A piece that differs from its cost by more than these may be judged in doubles: each holds 53 bits, and a division rounds by one. */
    private static final double CLEAR = 1e-12;

    private static final double UNITS = 4;

    private final List<Point> knots;
    /** The pieces' widths and heights; the first of each belongs to no piece. */
    private final double[] widths;

    private final double[] heights;

    private SaleCurve(List<Point> knots) {
        this.knots = List.copyOf(knots);
        widths = new double[knots.size()];
        heights = new double[knots.size()];
        for (int i = 1; i < knots.size(); i++) {
            Point piece = knots.get(i).since(knots.get(i - 1));
            widths[i] = piece.sold.toDouble();
            heights[i] = piece.proceeds.toDouble();
        }
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
        Optional<Arc> arc = Optional.empty();
        for (int i = 0; i + 1 < quotes.size(); i++) {
            // A segment is part of the four quotes that begin with it or, near the end, of the last four.
            if (i + 3 < quotes.size()) {
                arc = Arc.through(quotes.subList(i, i + 4));
            }
            if (arc.isPresent()) {
                arc.get().addBetween(quotes.get(i), quotes.get(i + 1), refined);
            }
            refined.add(quotes.get(i + 1));
        }
        return refined;
    }

    /** The curve of a constant product through three quotes, counted from the first of them, which a fourth confirms. */
    private record Arc(Point origin, Point b, TokenAmount beta) {

        /** Empty where they lie on a straight line, or the fourth elsewhere. */
        static Optional<Arc> through(List<Point> quotes) {
            Point origin = quotes.getFirst();
            Point b = quotes.get(1).since(origin);
            Point c = quotes.get(2).since(origin);
            Point d = quotes.get(3).since(origin);
            TokenAmount bend = b.proceeds.minusOrZero(c.proceeds.times(b.sold, c.sold, RoundingMode.CEILING));
            if (bend.isZero()) {
                return Optional.empty();
            }
            Arc arc = new Arc(origin, b, b.sold.times(c.proceeds.minus(b.proceeds), bend, RoundingMode.FLOOR));
            TokenAmount expected = arc.at(d.sold);
            TokenAmount distance = expected.minusOrZero(d.proceeds).plus(d.proceeds.minusOrZero(expected));
            return distance.compareTo(d.proceeds.times(MILLIONTH, MILLION, RoundingMode.CEILING)) <= 0
                    ? Optional.of(arc)
                    : Optional.empty();
        }

        private TokenAmount at(TokenAmount sold) {
            return b.proceeds
                    .times(sold, b.sold, RoundingMode.FLOOR)
                    .times(beta.plus(b.sold), beta.plus(sold), RoundingMode.FLOOR);
        }

        void addBetween(Point first, Point last, List<Point> refined) {
            TokenAmount from = first.since(origin).sold;
            TokenAmount width = last.since(first).sold;
            for (int piece = 1; piece < PIECES; piece++) {
                TokenAmount sold = from.plus(width.times(new Bps(10_000 * piece / PIECES), RoundingMode.FLOOR));
                if (sold.compareTo(from) > 0) {
                    refined.add(origin.plus(new Point(sold, at(sold))));
                }
            }
        }
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

    /** Nothing sold, and nothing brought. */
    Point origin() {
        return knots.getFirst();
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
        int first = firstAbove(before);
        int last = firstNotBelow(end);
        double cost = costOfCap.toDouble() / cap.toDouble();
        int low = first;
        int high = last;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            double costs = cost * widths[middle];
            double apart = heights[middle] - costs;
            boolean isClear =
                    first < middle && middle < last && Math.abs(apart) > UNITS + CLEAR * (heights[middle] + costs);
            if (isClear ? apart > 0 : pays(middle, before, end, costOfCap, cap)) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return knots.get(high).sold().min(end).minusOrZero(before);
    }

    /** Whether the part of a piece between these two brings more than it costs, exactly. */
    private boolean pays(int piece, TokenAmount before, TokenAmount end, TokenAmount costOfCap, TokenAmount cap) {
        TokenAmount from = later(knots.get(piece - 1).sold(), before);
        TokenAmount to = knots.get(piece).sold().min(end);
        return proceeds(to).minus(proceeds(from)).compareTo(costOfCap.times(to.minus(from), cap, RoundingMode.CEILING))
                > 0;
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
