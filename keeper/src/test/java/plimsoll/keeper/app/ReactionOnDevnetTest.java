package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.keeper.app.ReactionStage.receipt;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AavePool;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.relay.StubRelay;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.Replay;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.guard.Finding;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.RelaySource;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** Prices answered in their own block, on the real contracts: the pool is heard over a WebSocket, the block is made by a relay's builder. */
@OnDevnet
final class ReactionOnDevnetTest {

    @Test
    void liquidatesInTheBlockOfTheRoundDirectlyBehindIt() {
        var stage = ReactionStage.open();

        try (StubRelay relay = StubRelay.start(devnet().rpc());
                KeeperBench keeper = keeper(stage, Optional.of(relay))) {
            devnet().rpc().call("evm_setAutomine", false);
            SignedTransaction round = lowerRound();

            publish(round);
            Map<Address, StoredIntent> sent = keeper.react();
            keeper.waitUntil(() -> relay.held().size() == 3); // one for each block of the window
            assertThat(relay.mine()).isEqualTo(1);

            assertThat(sent).containsOnlyKeys(stage.borrower().address());
            assertThat(keeper.assembly().anticipations()).singleElement().satisfies(it -> {
                assertThat(it.sent()).isEqualTo(sent);
                assertThat(it.foreseen().reference()).isEqualTo(round.hash().hex());
                assertThat(it.decisions())
                        .singleElement()
                        .satisfies(decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.Act.class));
                assertThat(Replay.differences(it.entry())).isEmpty();
            });
            Receipt theirs = receipt(round.hash());
            Receipt ours = receipt(stage.stored(sent).attempts().getLast().hash());
            assertThat(ours.blockHash()).isEqualTo(theirs.blockHash());
            assertThat(ours.index()).isEqualTo(theirs.index() + 1);
            assertThat(ours.succeeded()).isTrue();
            assertThat(stage.borrower().data().isLiquidatable()).isFalse();
        }
    }

    @Test
    void sendsNothingBeforeTheBlockWithoutARelay() {
        var stage = ReactionStage.open();
        long nonce = ReactionStage.walletNonce();

        try (KeeperBench keeper = keeper(stage, Optional.empty())) {
            devnet().rpc().call("evm_setAutomine", false);
            SignedTransaction round = lowerRound();

            publish(round);
            assertThat(keeper.react()).isEmpty();

            assertThat(ReactionStage.walletNonce()).isEqualTo(nonce);
            devnet().rpc().call("evm_setAutomine", true);
            devnet().rpc().call("evm_mine");
            keeper.waitUntil(() -> ReactionStage.walletNonce() > nonce);
        }
    }

    @Test
    void sendsNothingBehindARoundThatTheFeedWouldRefuse() {
        var stage = ReactionStage.open();

        try (StubRelay relay = StubRelay.start(devnet().rpc());
                KeeperBench keeper = keeper(stage, Optional.of(relay))) {
            devnet().rpc().call("evm_setAutomine", false);

            publish(UnsentRound.byStranger(devnet(), percent(15)).transaction());

            assertThat(keeper.react()).isEmpty();
            assertThat(relay.held()).isEmpty();
            assertThat(keeper.assembly().anticipations()).singleElement().satisfies(it -> {
                assertThat(it.decisions())
                        .singleElement()
                        .satisfies(
                                decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.InDoubt.class));
                assertThat(Replay.differences(it.entry())).isEmpty();
            });
        }
    }

    @Test
    void leavesAnAccountToACompetitorForABlock() {
        var stage = ReactionStage.open();
        SignedTransaction theirs = competing(stage.borrower());
        long nonce = ReactionStage.walletNonce();

        try (KeeperBench keeper = keeper(stage, Optional.empty())) {
            Round round = inBlockOfThePrice(keeper, theirs);
            devnet().rpc().call("evm_mine");
            keeper.next();

            assertThat(round.decisions())
                    .singleElement()
                    .satisfies(it -> assertThat(it.assessment())
                            .isEqualTo(new Assessment.Held(List.of(new Finding.CompetitorPending(theirs.hash())))));
            assertThat(receipt(theirs.hash()).succeeded()).isTrue();
            assertThat(stage.borrower().data().isLiquidatable()).isFalse();
            assertThat(ReactionStage.walletNonce()).isEqualTo(nonce);
        }
    }

    @Test
    void goesAheadWhereTheNextBlockHasNothingOfTheCompetitor() {
        var stage = ReactionStage.open();
        SignedTransaction theirs = competing(stage.borrower());

        try (KeeperBench keeper = keeper(stage, Optional.empty())) {
            Round round = inBlockOfThePrice(keeper, theirs);
            devnet().rpc().call("anvil_dropTransaction", theirs.hash().hex());
            devnet().rpc().call("evm_mine");
            Round next = keeper.next();

            assertThat(round.sent()).isEmpty();
            assertThat(next.sent()).containsOnlyKeys(stage.borrower().address());
        }
    }

    /** Theirs is in the pool when the price comes, and its block has no room for it. */
    private static Round inBlockOfThePrice(KeeperBench keeper, SignedTransaction theirs) {
        devnet().rpc().call("evm_setAutomine", false);
        publish(theirs);
        publish(lowerRound());
        assertThat(keeper.react()).isEmpty();
        devnet().rpc().call("evm_setBlockGasLimit", "0x" + Long.toHexString(600_000));
        devnet().rpc().call("evm_mine");
        devnet().rpc().call("evm_setBlockGasLimit", "0x" + Long.toHexString(30_000_000));
        return keeper.runUntil(round -> !round.decisions().isEmpty());
    }

    private static SignedTransaction competing(Borrower borrower) {
        Account competitor = devnet().account("competitor");
        devnet().fundEther(competitor.address(), Wei.parse("10"));
        devnet().market().fund(competitor.address(), Asset.USDC, Asset.USDC.amount("10000"));
        Address usdc = devnet().addresses().of(Asset.USDC).token();
        BigInteger all = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        devnet().send(
                        competitor.address(),
                        usdc,
                        Erc20.APPROVE.encode(devnet().addresses().pool(), all));
        return Signer.fromPrivateKey(competitor.privateKey())
                .sign(new UnsignedTransaction(
                        devnet().addresses().chainId(),
                        devnet().chain().transactionCount(competitor.address(), BlockTag.LATEST),
                        GasPrice.parse("1"),
                        GasPrice.parse("100"),
                        new Gas(1_000_000),
                        devnet().addresses().pool(),
                        Wei.ZERO,
                        AavePool.LIQUIDATION_CALL.encode(
                                devnet().addresses().of(Asset.WETH).token(), usdc, borrower.address(), all, false)));
    }

    private static KeeperBench keeper(ReactionStage stage, Optional<StubRelay> relay) {
        String url = devnet().rpcUrl();
        return stage.keeper(
                true,
                usual -> new ChainSettings(
                        PoolSettings.of(
                                usual.id(),
                                List.of(EndpointSettings.of("node", url).withWebSocket(url.replace("http", "ws")))),
                        usual.confirmations(),
                        usual.bumpAfter(),
                        Optional.empty(),
                        relay.map(it ->
                                new RelaySource(Map.of("stub", it.url()), Optional.empty(), 3, Optional.empty()))),
                new ReactionSettings(true, Duration.ofMinutes(1)));
    }

    private static SignedTransaction lowerRound() {
        return UnsentRound.of(devnet(), percent(15)).transaction();
    }

    private static void publish(SignedTransaction transaction) {
        devnet().rpc().call("eth_sendRawTransaction", transaction.bytes());
    }
}
