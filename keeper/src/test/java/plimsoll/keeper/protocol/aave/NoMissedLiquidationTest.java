package plimsoll.keeper.protocol.aave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.BruteForce;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.position.TouchHistory;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * Whatever prices, interest, accounts, governance, reorganisations and restarts do: on every block the book suspects each account
 * that the exact arithmetic puts below the line.
 */
class NoMissedLiquidationTest {

    private static final int DEEPEST = 20;

    @ParameterizedTest
    @EnumSource(names = {"V3_3", "V3_5", "V3_6"})
    void isSuspectedInEveryBlock(AaveRevision revision) {
        live(revision, 1, 100);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void isSuspectedInEveryBlockOfLongHistories(AaveRevision revision) {
        for (long seed = 100; seed < 108; seed++) {
            live(revision, seed, 1_000);
        }
    }

    private static void live(AaveRevision revision, long seed, int blocks) {
        var random = new SplittableRandom(seed);
        var market = new AaveHistory(revision, random);
        var book = new PositionBook();
        var history = new TouchHistory(DEEPEST + 1);
        Deque<AaveHistory> earlier = new ArrayDeque<>();
        var exact = new BruteForce();
        String what = "revision=%s seed=%d".formatted(revision, seed);
        for (int step = 0; step < blocks; step++) {
            Set<Touch> stale = new HashSet<>();
            if (random.nextInt(15) == 0 && earlier.size() > 1) {
                market = goBack(earlier, random.nextInt(1, earlier.size()));
                stale.addAll(history.rewindFrom(new BlockNumber(market.block().value() + 1))
                        .orElseThrow());
            }
            earlier.push(market.copy());
            if (earlier.size() > DEEPEST) {
                earlier.removeLast();
            }
            Set<Touch> touched =
                    market.advance(random).stream().map(Touch.Account::new).collect(Collectors.toSet());
            history.add(market.block(), touched);
            stale.addAll(touched);
            book.apply(market.facts(accounts(stale)));
            if (random.nextInt(50) == 0) {
                book = restarted(book, random);
            }

            exact.compare(book, market.state(), market.positions(), random, what + " step=" + step);
        }
        exact.requireDanger(5 * blocks, what);
    }

    private static AaveHistory goBack(Deque<AaveHistory> earlier, int depth) {
        for (int i = 1; i < depth; i++) {
            earlier.pop();
        }
        return earlier.pop();
    }

    /** What a new process makes of what the old one had stored, in whatever order it comes. */
    private static PositionBook restarted(PositionBook book, SplittableRandom random) {
        List<AccountPosition> stored = new ArrayList<>(book.all());
        Collections.shuffle(stored, Random.from(random));
        var next = new PositionBook();
        next.load(stored);
        return next;
    }

    private static Set<Address> accounts(Set<Touch> touches) {
        return touches.stream().flatMap(touch -> touch.whose().stream()).collect(Collectors.toSet());
    }
}
