package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.liquidation.guard.GuardPolicy;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;
import plimsoll.units.Wei;

/** 12 March 2020: blocks full for hours; keepers with a gas price of their own never got through, others paid any price. */
@OnDevnet
final class CongestionTest {

    private static final Duration BLOCK = Duration.ofSeconds(12);
    private static final Address BURNER = new Address("0x" + "be".repeat(20));
    private static final GasPrice ONE = GasPrice.parse("1");

    /** Room for a price's round beside it, and for nothing of ours. */
    private static final long ALL_BUT_A_ROUND = 30_000_000 - 1_040_000;

    private static final int BLOCKS = 20;
    private static final int EACH_BLOCK = 2;

    @AfterEach
    void calmDown() {
        setBaseFee(ONE);
    }

    /**
     * The base fee rises by an eighth with each of twenty blocks, a stranger fills every fourth one, and each brings borrowers below the
     * line. Sales of what was seized share the lane and stand before later liquidations.
     */
    @Test
    void outbidsABaseFeeThatRisesByAnEighthABlock() {
        List<Borrower> borrowers = ladder();
        Account wallet = fundedWallet();
        Account stranger = devnet().account("stranger");
        devnet().fundEther(stranger.address(), Wei.parse("1000"));
        devnet().rpc().call("anvil_setCode", BURNER.hex(), "0xfe"); // uses all the gas that it is given
        ManualClock clock = new ManualClock(Instant.now());
        MemoryIntentStore store = new MemoryIntentStore(clock);
        Lane lane = new Lane(devnet().addresses().chainId(), wallet.address());
        Map<Address, BlockNumber> decided = new HashMap<>();

        try (KeeperBench keeper = KeeperBench.on(devnet(), patient(), wallet, store, clock)) {
            keeper.next();
            BlockNumber first = devnet().blockNumber();
            devnet().mineEvery(Duration.ofHours(1)); // from here on transactions wait
            GasPrice baseFee = ONE;
            for (int block = 0; block < BLOCKS + 4; block++) {
                if (block < BLOCKS) {
                    baseFee = baseFee.times(new Bps(11_250), RoundingMode.CEILING);
                }
                setBaseFee(baseFee);
                if (block % 4 == 3) {
                    fillBlock(stranger);
                }
                if (block < BLOCKS) {
                    devnet().market().priceOf(Asset.WETH).is(priceOf(block));
                } else {
                    devnet().mine(1);
                }
                clock.advance(BLOCK);
                BlockNumber head = devnet().blockNumber();
                Round round = keeper.runUntil(it -> it.market().block().number().equals(head));
                round.sent().keySet().forEach(account -> decided.putIfAbsent(account, head));
                keeper.waitUntil(() -> isTended(store.unfinished(lane), clock.instant()));
            }
            keeper.waitUntil(() -> {
                devnet().mine(1);
                return store.unfinished(lane).isEmpty();
            });

            Map<Address, List<BlockNumber>> liquidated = devnet().market().liquidations(first);
            List<Long> waits = decided.entrySet().stream()
                    .map(it -> liquidated
                                    .getOrDefault(it.getKey(), List.of(new BlockNumber(Long.MAX_VALUE)))
                                    .getFirst()
                                    .value()
                            - it.getValue().value())
                    .toList();
            List<StoredIntent> ours = store.on(lane);
            long replaced = ours.stream().filter(it -> it.attempts().size() > 1).count();
            System.out.printf(
                    "base fee 1 to %s: %d of %d liquidations within 3 blocks, longest %d, %d of %d transactions"
                            + " replaced%n",
                    baseFee,
                    waits.stream().filter(wait -> wait <= 3).count(),
                    waits.size(),
                    waits.stream().max(Long::compare).orElseThrow(),
                    replaced,
                    ours.size());

            assertThat(decided).hasSize(borrowers.size());
            assertThat(100 * waits.stream().filter(wait -> wait <= 3).count())
                    .isGreaterThanOrEqualTo(95L * waits.size());
            assertThat(liquidated.values())
                    .allSatisfy(blocks -> assertThat(blocks).hasSize(1));
            assertThat(replaced).isPositive();
            assertThat(ours)
                    .allSatisfy(it ->
                            assertThat(it.state().standing()).as(it.reason()).isPresent());
            assertThat(devnet().nonceOf(wallet))
                    .isEqualTo(ours.getLast().nonce().value() + 1);
            assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        }
    }

    /** Whether all that waits is with the node, and was raised if it has seen a block go by. */
    private static boolean isTended(List<StoredIntent> waiting, Instant now) {
        return waiting.stream()
                .filter(it -> it.state().standing().isEmpty())
                .allMatch(it -> it.state() instanceof IntentState.Sent(var _, Instant at) && !at.isBefore(now));
    }

    /** What a unit costs when this block is made: 2,400 and 0.4 % less with each. */
    private static Price priceOf(int block) {
        return Price.parse("2400").times(new Bps(10_000 - 40 * block), RoundingMode.FLOOR);
    }

    /** Two borrowers for each block, whom its price brings below the line and the one before does not. */
    private static List<Borrower> ladder() {
        List<Opening> openings = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < EACH_BLOCK; i++) {
                // Two of it count for 82.5 %, and the health factor is to be 0.999 then.
                BaseValue debt = BaseValue.ofRaw(priceOf(block).raw())
                        .times(new Bps(16_500), RoundingMode.FLOOR)
                        .times(new Bps(10_010), RoundingMode.FLOOR);
                openings.add(new Opening(
                        "step-" + block + "-" + i,
                        Map.of(Asset.WETH, Asset.WETH.amount("2")),
                        Map.of(Asset.USDC, debt.amountAt(Price.parse("1"), 6, RoundingMode.FLOOR))));
            }
        }
        return devnet().market().open(openings);
    }

    /** Its lane's clock moves by blocks, so that it must not lose its lease over one, nor take a block's wait for a slow node. */
    private static KeeperSettings patient() {
        KeeperSettings usual = KeeperBench.settings(devnet(), true, "PLIMSOLL_TEST_KEY");
        GuardPolicy.Sends sends = GuardPolicy.Sends.USUAL;
        return new KeeperSettings(
                usual.market(),
                true,
                false,
                usual.policy()
                        .withGuards(GuardPolicy.ANY_SALE_PRICE.with(new GuardPolicy.Sends(
                                sends.retryAfter(),
                                sends.mostReverts(),
                                sends.maxRevertRatio(),
                                sends.sample(),
                                Duration.ofHours(1)))),
                new KeeperSettings.Timing(
                        usual.timing().pollInterval(),
                        Duration.ofMinutes(30),
                        usual.timing().journalRetention()),
                usual.heartbeats(),
                usual.trade(),
                usual.guards(),
                usual.reaction());
    }

    /** A stranger's transaction that needs nearly all of a block's gas and pays for being first. */
    private static void fillBlock(Account stranger) {
        devnet().rpc()
                .call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                stranger.address().hex(),
                                "to",
                                BURNER.hex(),
                                "gas",
                                "0x" + Long.toHexString(ALL_BUT_A_ROUND),
                                "maxFeePerGas",
                                "0x" + GasPrice.parse("900").raw().toString(16),
                                "maxPriorityFeePerGas",
                                "0x" + GasPrice.parse("500").raw().toString(16)));
    }

    private static void setBaseFee(GasPrice price) {
        devnet().rpc()
                .call("anvil_setNextBlockBaseFeePerGas", "0x" + price.raw().toString(16));
    }

    private static Account fundedWallet() {
        Account wallet = devnet().account("keeper");
        devnet().market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("500000"));
        return wallet;
    }
}
