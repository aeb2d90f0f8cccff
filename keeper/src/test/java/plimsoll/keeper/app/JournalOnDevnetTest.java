package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.units.Bps.percent;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Opening;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.journal.Replay;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.units.BaseValue;

/** A crash on the real contracts, and its decisions taken again from what the journal keeps. */
final class JournalOnDevnetTest {

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetSettings.ofSeed(13));
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @Test
    void decidesTheSameAgain() {
        List<JournalEntry> journal = crash();

        assertThat(journal.stream().mapToInt(entry -> entry.verdicts().size()).sum())
                .isGreaterThan(10);
        assertThat(journal.stream().flatMap(entry -> entry.verdicts().stream()))
                .anyMatch(verdict -> verdict.decided().action().equals("liquidate"));
        assertThat(journal)
                .allSatisfy(entry -> assertThat(Replay.differences(entry)).isEmpty());

        JournalEntry acted = journal.stream()
                .filter(entry -> entry.verdicts().stream()
                        .anyMatch(verdict -> verdict.decided().action().equals("liquidate")))
                .findFirst()
                .orElseThrow();
        assertThat(Replay.differences(new JournalEntry(greedy(acted.scene()), acted.verdicts())))
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.today()).startsWith("unprofitable"));
    }

    private static Scene greedy(Scene scene) {
        Policy policy = scene.policy();
        return new Scene(
                scene.block(),
                new Policy(
                        BaseValue.parse("1000000"),
                        policy.maxGasPrice(),
                        policy.gasOfLiquidation(),
                        policy.maxSlippage()),
                scene.conditions(),
                scene.circumstances(),
                scene.subjects(),
                scene.trials());
    }

    /** Borrowers fall below the line and are liquidated; every block in which something was decided. */
    private static List<JournalEntry> crash() {
        openPositions();
        Account wallet = devnet.account("keeper");
        devnet.market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("20000"));
        try (KeeperBench keeper = KeeperBench.on(devnet, wallet, new MemoryIntentStore(InstantSource.system()), true)) {
            keeper.next();
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(25));
            devnet.market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());
            return keeper.rounds().stream()
                    .filter(round -> !round.decisions().isEmpty())
                    .map(round -> JournalEntry.of(round.scene(), round.decisions()))
                    .toList();
        }
    }

    private static void openPositions() {
        var random = new SplittableRandom(13);
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            openings.add(new Opening(
                    "borrower-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount(Integer.toString(random.nextInt(3_000, 3_990))))));
        }
        devnet.market().open(openings);
    }
}
