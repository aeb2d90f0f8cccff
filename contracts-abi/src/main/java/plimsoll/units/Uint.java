package plimsoll.units;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Unsigned 256-bit arithmetic shared by the units: the checks that Solidity makes, and division with a named rounding.
 *
 * <p>Intermediate products are not limited to 256 bits here; {@link #require} rejects what the chain could not store.
 */
final class Uint {

    private static final List<BigInteger> POWERS_OF_TEN =
            IntStream.range(0, 78).mapToObj(BigInteger.TEN::pow).toList();

    private Uint() {}

    /** Returns {@code raw} if it fits an unsigned 256-bit word, else throws naming the unit. */
    static BigInteger require(BigInteger raw, String unit) {
        if (raw.signum() < 0 || raw.bitLength() > 256) {
            throw new IllegalArgumentException(unit + " is outside 0..2^256-1: found=" + raw);
        }
        return raw;
    }

    static BigInteger minus(BigInteger left, BigInteger right, String unit) {
        if (left.compareTo(right) < 0) {
            throw new IllegalArgumentException(unit + " would become negative: " + left + " - " + right);
        }
        return left.subtract(right);
    }

    static BigInteger minusOrZero(BigInteger left, BigInteger right) {
        return left.compareTo(right) <= 0 ? BigInteger.ZERO : left.subtract(right);
    }

    /** a × b ÷ c, rounded as told; only the directions that the contracts use are allowed. */
    static BigInteger timesOver(BigInteger a, BigInteger b, BigInteger c, RoundingMode rounding) {
        return over(a.multiply(b), c, rounding);
    }

    static BigInteger over(BigInteger numerator, BigInteger denominator, RoundingMode rounding) {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("Division needs a positive denominator: found=" + denominator);
        }
        return switch (rounding) {
            case FLOOR, DOWN -> numerator.divide(denominator);
            case CEILING, UP ->
                numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator);
            case HALF_UP -> numerator.add(denominator.shiftRight(1)).divide(denominator);
            default -> throw new IllegalArgumentException("Rounding is not one that contracts use: found=" + rounding);
        };
    }

    static BigInteger tenTo(int decimals) {
        return decimals < POWERS_OF_TEN.size() ? POWERS_OF_TEN.get(decimals) : BigInteger.TEN.pow(decimals);
    }

    /** Reads a plain decimal such as {@code 1.05} at the given scale; more digits than the scale holds are refused. */
    static BigInteger parse(String text, int decimals, String unit) {
        try {
            return require(new BigDecimal(text).movePointRight(decimals).toBigIntegerExact(), unit);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(unit + " is not a decimal number: found=" + text, e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    unit + " has more digits than it can hold: found=" + text + " decimals=" + decimals, e);
        }
    }

    static String plain(BigInteger raw, int decimals) {
        BigDecimal value = new BigDecimal(raw, decimals).stripTrailingZeros();
        return (value.scale() < 0 ? value.setScale(0) : value).toPlainString();
    }
}
