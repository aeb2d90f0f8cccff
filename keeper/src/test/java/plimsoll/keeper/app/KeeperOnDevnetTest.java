package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.devnet.Account;
import plimsoll.devnet.AccountData;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Market;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Standing;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import tools.jackson.databind.JsonNode;

/** The keeper against the real contracts. */
@OnDevnet
final class KeeperOnDevnetTest {

    @Test
    void knowsEveryAccountToTheWei() {
        List<Borrower> borrowers = openPositions(24, 1);
        market().borrower("emma").supplies(Asset.WETH, "5").entersEmode(0);
        borrowers.get(0).repays(Asset.USDC, "10");
        borrowers.get(1).supplies(Asset.LINK, "33.5");
        devnet().elapse(Duration.ofDays(9));
        market().refreshFeeds();

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet(), store(), false)) {
            Round round = keeper.next();

            assertThat(round.positions()).isGreaterThanOrEqualTo(borrowers.size());
            agreesWithTheContract(keeper, round.market());

            borrowers.get(2).borrows(Asset.USDC, "1");
            borrowers.get(3).withdraws(Asset.WETH, "0.01");
            market().priceOf(Asset.WETH).fallsBy(percent(3));
            agreesWithTheContract(keeper, keeper.next().market());
        }
    }

    @Test
    void liquidatesAllThatAPriceFallMakesLiquidatable() {
        List<Borrower> borrowers = openPositions(30, 2);
        Account wallet = fundedWallet();

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), true)) {
            keeper.next();
            market().priceOf(Asset.WETH).fallsBy(percent(25));
            market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());

            assertThat(keeper.everSeenLiquidatable()).hasSizeGreaterThan(5);
            assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
            assertThat(actions(keeper.rounds())).containsKey("liquidate");
        }
    }

    @Test
    void sendsNothingInADryRun() {
        openPositions(6, 3);
        Account wallet = fundedWallet();
        long nonce = devnet().nonceOf(wallet);

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), false)) {
            keeper.next();
            market().priceOf(Asset.WETH).fallsBy(percent(30));
            Round round = keeper.runUntil(it -> !it.liquidatable().isEmpty());

            assertThat(round.decisions()).isNotEmpty();
            assertThat(round.sent()).isEmpty();
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
        }
    }

    @Test
    void makesUpForARoundThatFailedAfterItsReads() {
        openPositions(6, 11);
        var node = new Interrupted(devnet().rpc(), devnet().addresses().quoter());
        KeeperSettings settings = KeeperBench.settings(devnet(), false, "PLIMSOLL_TEST_KEY");

        try (KeeperBench keeper = KeeperBench.on(
                new Chain(node),
                settings,
                Signer.fromPrivateKey(fundedWallet().privateKey()),
                store(),
                Optional.empty())) {
            keeper.next();
            Borrower late = market().borrower("late").supplies(Asset.WETH, "1");
            market().priceOf(Asset.WETH).fallsBy(percent(30));

            node.isBroken = true;
            assertThatThrownBy(() -> keeper.engine().advance()).isInstanceOf(RpcException.class);
            node.isBroken = false;
            Round round = keeper.engine().advance().orElseThrow();

            assertThat(round.decisions()).isNotEmpty();
            assertThat(round.change().read()).contains(late.address());
        }
    }

    @Test
    void rehearsesWithoutSendingAnything() {
        openPositions(6, 9);
        Account wallet = fundedWallet();

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), true)) {
            Round healthy = keeper.next();
            long nonce = devnet().nonceOf(wallet);

            assertThat(keeper.engine().rehearse(() -> true)).isZero();
            assertThat(keeper.engine().rehearse(() -> false)).isPositive();

            assertThat(healthy.decisions()).isEmpty();
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
            market().priceOf(Asset.WETH).fallsBy(percent(30));
            assertThat(keeper.runUntil(it -> !it.liquidatable().isEmpty()).sent())
                    .as("what was played does not count as sent")
                    .isNotEmpty();
        }
    }

    @Test
    void isBlindWithoutAPriceAndSendsNothing() {
        List<Borrower> borrowers = openPositions(6, 4);
        Account wallet = fundedWallet();

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), true)) {
            keeper.next();
            long nonce = devnet().nonceOf(wallet);
            market().priceOf(Asset.WETH).is(Price.ZERO);
            Round round = keeper.runUntil(it -> !it.decisions().isEmpty());

            assertThat(round.decisions()).hasSize(borrowers.size());
            assertThat(round.decisions())
                    .allSatisfy(decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.Blind.class));
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
        }
    }

    @Test
    void isBlindOnAStaleRoundAndSendsNothing() {
        openPositions(6, 5);
        Account wallet = fundedWallet();

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), true)) {
            keeper.next();
            long nonce = devnet().nonceOf(wallet);
            market().priceOf(Asset.WETH).fallsBy(percent(30));
            devnet().elapse(Duration.ofDays(40));
            Round round = keeper.next();

            assertThat(round.liquidatable()).isNotEmpty();
            assertThat(round.decisions())
                    .allSatisfy(decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.Blind.class));
            assertThat(round.sent()).isEmpty();
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
        }
    }

    @Test
    void liquidatesEachAccountOnceAcrossARestart() {
        openPositions(20, 6);
        Account wallet = fundedWallet();
        MemoryIntentStore store = store();
        List<Address> liquidatable;

        try (KeeperBench first = KeeperBench.on(devnet(), wallet, store, true)) {
            first.next();
            market().priceOf(Asset.WETH).fallsBy(percent(40));
            devnet().mineEvery(Duration.ofHours(1)); // from here on transactions wait
            liquidatable = first.runUntil(round -> !round.sent().isEmpty()).liquidatable();
        }
        try (KeeperBench second = KeeperBench.on(devnet(), wallet, store, true)) {
            Round blind = second.next();
            assertThat(blind.sent()).isEmpty();
            assertThat(blind.decisions())
                    .allSatisfy(decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.Pending.class));
            devnet().mineEachTransaction();
            devnet().mine(1);
            second.runUntil(round -> round.liquidatable().isEmpty());
            second.waitUntil(() -> store.unfinished(lane(wallet)).isEmpty());
        }

        Map<Address, List<BlockNumber>> liquidations = market().liquidations(new BlockNumber(0));
        assertThat(liquidatable)
                .isNotEmpty()
                .allSatisfy(account -> assertThat(liquidations)
                        .hasEntrySatisfying(
                                account, blocks -> assertThat(blocks).hasSize(1)));
        assertThat(devnet().nonceOf(wallet))
                .isEqualTo(store.highestNonce(lane(wallet)).orElseThrow().value() + 1);
    }

    @Test
    void knowsAfterAReorgWhatAFreshStartWouldFind() {
        List<Borrower> borrowers = openPositions(6, 8);

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet(), store(), false)) {
            keeper.next();
            String fork = devnet().snapshot();
            market().borrower("orphan").supplies(Asset.WETH, "3").borrows(Asset.USDC, "100");
            borrowers.get(0).supplies(Asset.LINK, "50");
            keeper.next();

            devnet().revertTo(fork);
            borrowers.get(1).supplies(Asset.LINK, "70").withdraws(Asset.WETH, "0.01");
            devnet().mine(12);
            Round after =
                    keeper.runUntil(round -> round.market().block().number().equals(devnet().blockNumber()));

            try (KeeperBench fresh = KeeperBench.on(devnet(), wallet(), store(), false)) {
                fresh.next();
                assertThat(byAccount(keeper)).isEqualTo(byAccount(fresh));
            }
            agreesWithTheContract(keeper, after.market());
        }
    }

    private static Map<Address, AccountPosition> byAccount(KeeperBench keeper) {
        Map<Address, AccountPosition> positions = new HashMap<>();
        keeper.engine().watch().book().all().forEach(position -> positions.put(position.account(), position));
        return positions;
    }

    private static void agreesWithTheContract(KeeperBench keeper, MarketState market) {
        assertThat(keeper.engine().watch().book().all()).isNotEmpty().allSatisfy((AccountPosition position) -> {
            AccountData contract = market().accountData(position.account());
            Standing ours = market.standing(position).orElseThrow();
            assertThat(ours.collateral()).isEqualTo(contract.collateral());
            assertThat(ours.debt()).isEqualTo(contract.debt());
            assertThat(ours.healthFactor()).isEqualTo(contract.healthFactor());
        });
    }

    /** Borrowers of a few thousand dollars each, between 60 and 80 % of what their collateral carries. */
    private static List<Borrower> openPositions(int count, long seed) {
        var random = new SplittableRandom(seed);
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // 2 WETH at 2 500 carry up to 4 000 of debt at 80 % LTV.
            TokenAmount debt = Asset.USDC.amount(Integer.toString(random.nextInt(3_000, 3_990)));
            openings.add(new Opening(
                    "borrower-" + seed + "-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, debt)));
        }
        return market().open(openings);
    }

    private static Map<String, Integer> actions(List<Round> rounds) {
        Map<String, Integer> actions = new HashMap<>();
        for (Round round : rounds) {
            for (Decision decision : round.decisions()) {
                actions.merge(decision.assessment().action(), 1, Integer::sum);
            }
        }
        return actions;
    }

    private static Account wallet() {
        return devnet().account("keeper");
    }

    private static Account fundedWallet() {
        market().fund(wallet().address(), Asset.USDC, Asset.USDC.amount("500000"));
        return wallet();
    }

    private static Lane lane(Account wallet) {
        return new Lane(devnet().addresses().chainId(), wallet.address());
    }

    private static MemoryIntentStore store() {
        return new MemoryIntentStore(InstantSource.system());
    }

    private static Market market() {
        return devnet().market();
    }

    /** A node that fails whoever asks this contract while it is broken. */
    private static final class Interrupted implements JsonRpc {

        private final JsonRpc node;
        private final Address contract;
        private boolean isBroken;

        Interrupted(JsonRpc node, Address contract) {
            this.node = node;
            this.contract = contract;
        }

        @Override
        public JsonNode call(RpcRequest request) {
            refuse(List.of(request));
            return node.call(request);
        }

        @Override
        public List<RpcAnswer> callAll(List<RpcRequest> requests) {
            refuse(requests);
            return node.callAll(requests);
        }

        private void refuse(List<RpcRequest> requests) {
            if (isBroken
                    && requests.toString()
                            .toLowerCase(Locale.ROOT)
                            .contains(contract.hex().toLowerCase(Locale.ROOT))) {
                throw new RpcException(RpcException.Kind.TRANSIENT, "Node is broken");
            }
        }

        @Override
        public String endpoint() {
            return node.endpoint();
        }
    }
}
