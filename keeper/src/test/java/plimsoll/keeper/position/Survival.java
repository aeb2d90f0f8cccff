package plimsoll.keeper.position;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** Lets a book live through a market's random history and compares whom it suspects with an exact look at everybody, in every block. */
public final class Survival {

    private Survival() {}

    /** A market that lives. */
    public interface History {

        /** Goes one block on; what is told of it to a book. */
        List<Fact> advance(SplittableRandom random);

        MarketState state();

        /** Every account as it is. */
        List<AccountPosition> positions();
    }

    /** How a market begins. */
    public interface Beginning {
        History history(long seed, SplittableRandom random);
    }

    /** Fails where somebody is missed, where hardly anybody was in danger, or where most suspicions were false. */
    public static void live(LongStream seeds, int blocks, Beginning beginning) {
        seeds.forEach(seed -> live(seed, blocks, beginning));
    }

    private static void live(long seed, int blocks, Beginning beginning) {
        var random = new SplittableRandom(seed);
        History history = beginning.history(seed, random);
        var book = new PositionBook();
        var exact = new BruteForce();
        for (int step = 0; step < blocks; step++) {
            book.apply(history.advance(random));
            exact.compare(book, history.state(), history.positions(), random, "seed=" + seed + " step=" + step);
        }
        exact.requireDanger(2 * blocks, "seed=" + seed);
    }

    public static MarketBlock block(long number, Instant time) {
        return new MarketBlock(new BlockNumber(number), BlockHash.parse("0x" + "%064x".formatted(number)), time);
    }

    /** What a price is multiplied with from one block to the next: hardly anything, but for a leap in one of so many blocks. */
    public static double priceMove(int blocksPerLeap, SplittableRandom random) {
        return random.nextInt(blocksPerLeap) == 0 ? random.nextDouble(0.5, 1.6) : random.nextDouble(0.995, 1.005);
    }

    /** A position with a debt at the line or a few units off, with one of any size, or with none. */
    public static AccountPosition indebted(
            MarketState state, Function<BigInteger, AccountPosition> owing, SplittableRandom random) {
        BigInteger line = most(
                100,
                debt -> state.standing(owing.apply(debt))
                        .map(standing -> !standing.isLiquidatable())
                        .orElse(false));
        return owing.apply(debt(line, 95, random));
    }

    /** The most, below 2 to the power of {@code bits}, for which a condition holds that stops to hold somewhere. */
    public static BigInteger most(int bits, Predicate<BigInteger> holds) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.TWO.pow(bits);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Of any size up to so many bits. */
    public static BigInteger anything(int bits, SplittableRandom random) {
        return new BigInteger(random.nextInt(1, bits), Random.from(random));
    }

    /** A debt at the line or a few units off, one of any size, or none. */
    public static BigInteger debt(BigInteger line, int bits, SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> anything(bits, random);
            default -> line.add(BigInteger.valueOf(random.nextInt(-3, 4))).max(BigInteger.ZERO);
        };
    }
}
