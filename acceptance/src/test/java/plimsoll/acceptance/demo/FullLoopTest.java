package plimsoll.acceptance.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import tools.jackson.databind.JsonNode;

/**
 * The whole loop on real parts: chain, database, oracle and keeper as processes. In the middle of the crash the keeper is
 * killed as {@code kill -9} does, and started again.
 */
final class FullLoopTest {

    private static final int ACCOUNTS = 60;
    private static final long SEED = 11;
    private static final int STEP_OF_THE_KILL = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static DemoDirector director;
    private static DemoSummary summary;

    @BeforeAll
    static void play() {
        Path root = Path.of(System.getProperty("plimsoll.root"));
        director = DemoDirector.raiseCurtain(
                new DemoSettings(root, folder, ACCOUNTS, SEED, PriceStory.synthetic(SEED), System.out::println));
        summary = director.crash(director.govern(), step -> {
            if (step == STEP_OF_THE_KILL) {
                director.killAndRestartKeeper();
            }
        });
        System.out.println(summary);
    }

    @AfterAll
    static void endEverything() {
        if (director != null) {
            director.close();
        }
    }

    @Test
    void executesWhatTheOracleProposes() {
        assertThat(summary.proposals().submitted()).isPositive();
        assertThat(summary.proposals().executed()).isEqualTo(summary.proposals().submitted());
    }

    @Test
    void liquidatesEveryAccountThatCrossesTheLine() {
        assertThat(summary.liquidatable()).isPositive();
        assertThat(summary.liquidated()).isEqualTo(summary.liquidatable());
    }

    @Test
    void leavesNoBadDebt() {
        assertThat(summary.badDebt()).isEqualTo("0");
    }

    @Test
    void earnsMoreThanItPays() {
        assertThat(summary.profit()).doesNotStartWith("-").isNotEqualTo("0");
    }

    @Test
    void neitherLosesNorDoublesATransactionWhenKilled() {
        Address keeper = director.stage().keeper().address();
        Chain chain = director.stage().devnet().chain();

        // The keeper may still be selling what it seized: wait until nothing of it is on the way.
        awaitUntil(() -> chain.transactionCount(keeper, BlockTag.PENDING)
                .equals(chain.transactionCount(keeper, BlockTag.LATEST)));
        long head = director.stage().devnet().blockNumber().value();
        List<JsonNode> sent = transactionsFrom(keeper, head);

        // Nonces 0, 1, 2, ... without a gap, as many as the chain has counted.
        assertThat(sent.stream().map(tx -> number(tx.get("nonce"))).toList())
                .isEqualTo(Stream.iterate(BigInteger.ZERO, n -> n.add(BigInteger.ONE))
                        .limit(sent.size())
                        .toList());
        assertThat(chain.transactionCount(keeper, BlockAt.number(head)).value()).isEqualTo(sent.size());
        // A second liquidation for the same reason would have reverted: the account was no longer below the line. (A
        // sale
        // may revert: the least that it must bring protects it while the venue's price moves.)
        Address pool = director.stage().devnet().addresses().pool();
        assertThat(sent.stream()
                        .filter(tx -> tx.get("to").asString().equalsIgnoreCase(pool.hex()))
                        .filter(tx -> !succeeded(tx))
                        .toList())
                .isEmpty();
    }

    @Test
    void writesNoSecretIntoAnyLog() throws IOException {
        List<String> secrets = director.stage().secrets().stream()
                .map(secret -> secret.substring(2).toLowerCase(Locale.ROOT))
                .toList();

        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs).hasSizeGreaterThanOrEqualTo(3);
            for (Path log : logs) {
                String text = Files.readString(log, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                assertThat(secrets).as(log.getFileName().toString()).noneMatch(text::contains);
            }
        }
    }

    private static void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            AppProcess.pause();
        }
    }

    private static List<JsonNode> transactionsFrom(Address sender, long head) {
        RpcClient rpc = director.stage().devnet().rpc();
        List<JsonNode> found = new ArrayList<>();
        for (long block = 0; block <= head; block++) {
            JsonNode answer = rpc.call(RpcRequest.of("eth_getBlockByNumber", "0x" + Long.toHexString(block), true));
            for (JsonNode tx : answer.get("transactions")) {
                if (tx.get("from").asString().equalsIgnoreCase(sender.hex())) {
                    found.add(tx);
                }
            }
        }
        return found;
    }

    private static boolean succeeded(JsonNode tx) {
        return director.stage()
                .devnet()
                .chain()
                .receipt(plimsoll.units.TxHash.parse(tx.get("hash").asString()))
                .orElseThrow()
                .succeeded();
    }

    private static BigInteger number(JsonNode hex) {
        return new BigInteger(hex.asString().substring(2), 16);
    }
}
