package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The twin is the plain formula in {@link BigInteger}. */
class WordValueTest {

    private static final BigInteger RAY = BigInteger.TEN.pow(27);
    private static final List<RoundingMode> ROUNDINGS =
            List.of(RoundingMode.FLOOR, RoundingMode.CEILING, RoundingMode.HALF_UP);

    /** How large the numbers of a trial are. */
    enum Size {
        /** As on chain: words hold all of them. */
        USUAL,
        /** Any number of bits. */
        ANY,
        /** Powers of two and of ten, and their neighbours. */
        EDGES
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameInteger(Size size) {
        agrees(size, 30_000, 1);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void isTheSameIntegerTwentyMillionTimes(Size size) {
        agrees(size, 20_000_000, 2);
    }

    private static void agrees(Size size, int trials, long seed) {
        var random = new SplittableRandom(seed);
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            BigInteger scaled = number(random, size, 120, 90);
            BigInteger index =
                    size == Size.USUAL ? RAY.add(number(random, size, 92, 92)) : number(random, size, 140, 90);
            BigInteger price = number(random, size, 70, 43);
            int decimals = size == Size.USUAL ? random.nextInt(19) : random.nextInt(25);
            BigInteger unit = BigInteger.TEN.pow(decimals);
            RoundingMode tokens = ROUNDINGS.get(random.nextInt(3));
            RoundingMode value = ROUNDINGS.get(random.nextInt(2));

            long found = new WordValue(index, tokens, price, unit, value).of(ScaledAmount.ofRaw(scaled));

            BigInteger expected =
                    divided(divided(scaled.multiply(index), RAY, tokens).multiply(price), unit, value);
            if (found == WordValue.BEYOND) {
                assertThat(size == Size.USUAL && expected.bitLength() < 64 && scaled.bitLength() < 80)
                        .as("given up: s=%s I=%s p=%s u=%s", scaled, index, price, unit)
                        .isFalse();
            } else if (found != expected.longValue() || expected.bitLength() > 63) {
                throw new AssertionError("found=%d expected=%s s=%s I=%s p=%s u=%s %s %s"
                        .formatted(found, expected, scaled, index, price, unit, tokens, value));
            } else {
                held++;
            }
        }
        assertThat(held).as("held by words").isGreaterThan(trials / 4);
    }

    @Test
    void saysWhatWordsDoNotHold() {
        BigInteger most = BigInteger.TWO.pow(120).subtract(BigInteger.ONE);
        var dear = new WordValue(RAY, RoundingMode.FLOOR, BigInteger.TEN, BigInteger.ONE, RoundingMode.FLOOR);

        assertThat(dear.of(ScaledAmount.ofRaw(most))).isEqualTo(WordValue.BEYOND);
        // 10 · (2⁶³ − 1) ÷ 10 is the last that a long holds, one more is not.
        var same = new WordValue(RAY, RoundingMode.FLOOR, BigInteger.TEN, BigInteger.TEN, RoundingMode.FLOOR);
        assertThat(same.of(ScaledAmount.ofRaw(BigInteger.valueOf(Long.MAX_VALUE))))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(same.of(ScaledAmount.ofRaw(BigInteger.TWO.pow(63)))).isEqualTo(WordValue.BEYOND);
        assertThat(same.of(ScaledAmount.ZERO)).isZero();
    }

    private static BigInteger divided(BigInteger numerator, BigInteger divisor, RoundingMode rounding) {
        BigInteger[] both = numerator.divideAndRemainder(divisor);
        boolean up = switch (rounding) {
            case CEILING -> both[1].signum() != 0;
            case HALF_UP -> both[1].shiftLeft(1).compareTo(divisor) >= 0;
            default -> false;
        };
        return up ? both[0].add(BigInteger.ONE) : both[0];
    }

    private static BigInteger number(SplittableRandom random, Size size, int bits, int usualBits) {
        return switch (size) {
            case USUAL -> new BigInteger(random.nextInt(1, usualBits), asRandom(random));
            case ANY -> new BigInteger(random.nextInt(bits + 1), asRandom(random));
            case EDGES -> edge(random, bits);
        };
    }

    private static BigInteger edge(SplittableRandom random, int bits) {
        BigInteger base = random.nextBoolean()
                ? BigInteger.TWO.pow(random.nextInt(bits))
                : BigInteger.TEN.pow(random.nextInt(bits * 3 / 10));
        BigInteger near = base.add(BigInteger.valueOf(random.nextInt(-2, 3))).max(BigInteger.ZERO);
        BigInteger filled = random.nextInt(4) == 0 ? near.multiply(BigInteger.valueOf(random.nextInt(1, 8))) : near;
        return filled.bitLength() > bits ? near.shiftRight(2) : filled;
    }

    private static java.util.Random asRandom(SplittableRandom random) {
        return java.util.Random.from(random);
    }
}
