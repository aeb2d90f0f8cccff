package plimsoll.risk.strict;

/**
 * What is done to whole columns of numbers at once: e^x, ln x, the standard normal variate, seeded uniforms, correlation.
 *
 * <pre>
 * e^x    = 2^k · (1 + r + r²·E(r)),  k = ⌊x/ln 2⌉,  r = x − k·ln 2                                       (1)
 * ln x   = k·ln 2 + 2·artanh(f/(2 + f)),  x = 2^k·(1 + f),  1 + f in [√½, √2)                             (2)
 * Φ⁻¹(u) = y·P(s)/Q(s),  y = 2u − 1,  s = 0.98² − y²,  where |y| ≤ 0.98                                 (3)
 *        = ± S(t)/T(t),  t = √(−2·ln min(u, 1 − u)) − 2.7,  beyond                                        (4)
 * </pre>
 *
 * E, P, Q, S, T and the series of artanh are minimax polynomials that we fitted. Largest errors: e^x and ln x below 1 ulp,
 * Φ⁻¹ 1e-11 of its value. There are two twins, {@link ScalarLanes} and {@link VectorLanes}: the second on the Vector API,
 * used where its module is present. Both do the same IEEE operations in the same order and give the same bits.
 *
 * <p>Source: docs/models/elementary-functions.md, equations 1 to 4.
 */
public abstract sealed class Lanes permits ScalarLanes, VectorLanes {

    /** System property; {@code off} forces the scalar twin. */
    public static final String PROPERTY = "plimsoll.vector";

    private static final String MODULE = "jdk.incubator.vector";

    /** 1.5·2⁵²: adding it rounds to an integer, which then stands in the low bits. */
    static final double ROUNDER = 0x1.8p52;

    static final long ROUNDER_BITS = 0x4338000000000000L;
    static final double INVERSE_LN2 = 0x1.71547652b82fep0;
    /** ln 2 in two parts, the first short enough for k·LN2_HIGH to be exact. */
    static final double LN2_HIGH = 0x1.62e42fefa2p-1;

    static final double LN2_LOW = 0x1.9ef35793c7673p-41;
    /** Beyond these e^x is 0 and ∞. */
    static final double EXP_LOWEST = -746;

    static final double EXP_HIGHEST = 710;
    static final double E0 = 0.5000000000000012;
    static final double E1 = 0.166666666666667;
    static final double E2 = 0.04166666666651543;
    static final double E3 = 0.008333333333307892;
    static final double E4 = 0.0013888888947017066;
    static final double E5 = 0.0001984126991604425;
    static final double E6 = 2.480148993826843e-05;
    static final double E7 = 2.7557217390641364e-06;
    static final double E8 = 2.7631282450234093e-07;
    static final double E9 = 2.5117543872740834e-08;
    /** √½: mantissas are taken from here to √2. */
    static final long ROOT_HALF_BITS = 0x3fe6a09e667f3bcdL;

    static final double L0 = 0.6666666666666734;
    static final double L1 = 0.399999999994152;
    static final double L2 = 0.2857142874228421;
    static final double L3 = 0.2222219858158623;
    static final double L4 = 0.18183564027015556;
    static final double L5 = 0.15314054549819692;
    static final double L6 = 0.1479594522636179;
    static final double CENTRE = 0.98;
    static final double CENTRE_SQUARE = 0.9603999999999999;
    static final double P0 = 2.373824361245331;
    static final double P1 = 143.6241306367037;
    static final double P2 = 3226.2989829183384;
    static final double P3 = 33985.049152397456;
    static final double P4 = 176963.1725538107;
    static final double P5 = 448904.67717237724;
    static final double P6 = 521245.3901297869;
    static final double P7 = 244249.60537849384;
    static final double P8 = 35408.83531839887;
    static final double P9 = 708.869337378749;
    static final double Q1 = 64.09705727749845;
    static final double Q2 = 1546.4650897495587;
    static final double Q3 = 17815.577427828473;
    static final double Q4 = 103903.57807333935;
    static final double Q5 = 304889.76886546647;
    static final double Q6 = 429006.07777968305;
    static final double Q7 = 262712.062575778;
    static final double Q8 = 57910.71189326993;
    static final double Q9 = 2903.8218358399786;
    static final double TAIL_START = 2.7;
    /** Smaller probabilities are taken as this one; no uniform of 53 bits is smaller. */
    static final double TAIL_LEAST = 0x1p-54;

    static final double S0 = 1.9411274546144044;
    static final double S1 = 2.622818642408228;
    static final double S2 = 1.1269631331002032;
    static final double S3 = 0.14586930533879788;
    static final double S4 = -0.01474216781702638;
    static final double S5 = -0.004492499589331633;
    static final double S6 = -0.00023382658671119048;
    static final double T1 = 0.7519417187837435;
    static final double T2 = 0.15146039225035432;
    static final double T3 = -0.005363924064588135;
    static final double T4 = -0.0038690583193029893;
    static final double T5 = -0.00023370452981677855;
    static final double T6 = -1.4212758830137334e-09;

    private static final class Best {
        static final Lanes LANES = isVectorPresent() ? new VectorLanes() : new ScalarLanes();
    }

    /** The vector twin where the JVM has it and {@value #PROPERTY} does not forbid it, else the scalar one. */
    public static Lanes best() {
        return Best.LANES;
    }

    /** The scalar twin: the reference. */
    public static Lanes scalar() {
        return new ScalarLanes();
    }

    /** Whether {@link #best} is the vector twin. */
    public static boolean isVectorPresent() {
        return !"off".equals(System.getProperty(PROPERTY))
                && ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** out = e^x for the first n; below 1 ulp, subnormal results rounded twice. The arrays may be the same. */
    public abstract void exp(double[] x, double[] out, int n);

    /** out = ln x for the first n; below 1 ulp, −∞ at 0 and NaN below. The arrays may be the same. */
    public abstract void log(double[] x, double[] out, int n);

    /** out = Φ⁻¹(u) for the first n probabilities; beyond 2⁻⁵⁴ from either end as there. Two arrays. */
    public abstract void normal(double[] u, double[] out, int n);

    /** The next n uniforms of a stream, n a multiple of {@link LaneRandom#LANES}. */
    public abstract void uniform(LaneRandom random, double[] out, int n);

    /** out = Σ_j row[j]·columns[j] from one index to another, terms added in order. */
    public abstract void combine(double[] row, double[][] columns, double[] out, int from, int to);

    @SuppressWarnings("ReferenceEquality") // one array, not equal contents, is what must not be
    static void requireApart(double[] in, double[] out) {
        if (in == out) {
            throw new IllegalArgumentException("the result needs an array of its own");
        }
    }

    /** One number's e^x, with the same bits as in a column. */
    public static double exp(double x) {
        return ScalarLanes.expOf(x);
    }

    /** One number's ln x, with the same bits as in a column. */
    public static double log(double x) {
        return ScalarLanes.logOf(x);
    }

    /** One probability's standard normal variate, with the same bits as in a column. */
    public static double normal(double u) {
        return ScalarLanes.normalOf(u);
    }
}
