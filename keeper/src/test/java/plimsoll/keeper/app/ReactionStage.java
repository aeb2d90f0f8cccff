package plimsoll.keeper.app;

import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.TxHash;

/**
 * On the devnet of the test class that runs: a borrower whom the feed's next round can put below the line, and keepers that may pay
 * from the wallet and hear of that round before a block holds it.
 *
 * @param store what the keepers have sent
 */
record ReactionStage(Borrower borrower, MemoryIntentStore store) {

    static ReactionStage open() {
        Borrower borrower = devnet().market()
                .open(List.of(new Opening(
                        "borrower",
                        Map.of(Asset.WETH, Asset.WETH.amount("2")),
                        Map.of(Asset.USDC, Asset.USDC.amount("3900")))))
                .getFirst();
        devnet().market().fund(wallet().address(), Asset.USDC, Asset.USDC.amount("500000"));
        var store = new MemoryIntentStore(InstantSource.system());
        // With its first block it lets the market take the wallet's tokens.
        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet(), store, true)) {
            keeper.next();
        }
        return new ReactionStage(borrower, store);
    }

    /** One that has seen its first block, watches the pool, and has no venue for what it seizes. */
    KeeperBench keeper(boolean live, UnaryOperator<ChainSettings> way, ReactionSettings reaction) {
        KeeperSettings plain = KeeperBench.settings(devnet(), live, "PLIMSOLL_TEST_KEY");
        ServiceSettings service = plain.service();
        KeeperSettings settings = new KeeperSettings(
                new MarketSettings(
                        plain.name(),
                        plain.market().protocol(),
                        plain.market().part(),
                        new ServiceSettings(
                                service.database(),
                                way.apply(service.chain()),
                                service.market(),
                                service.firstBlock(),
                                service.multicall(),
                                service.signer())),
                live,
                false,
                plain.policy(),
                plain.timing(),
                plain.heartbeats(),
                new KeeperSettings.Trade(plain.trade().coin(), Optional.empty(), Optional.empty()),
                plain.guards(),
                reaction);
        KeeperBench keeper = KeeperBench.on(devnet(), settings, wallet(), store);
        keeper.next();
        keeper.watchPool(settings);
        return keeper;
    }

    /** How what was just sent, for one account, stands by now. */
    StoredIntent stored(Map<Address, StoredIntent> sent) {
        return store.find(sent.values().iterator().next().reason()).orElseThrow();
    }

    static Receipt receipt(TxHash hash) {
        return devnet().chain().receipt(hash).orElseThrow();
    }

    static long walletNonce() {
        return devnet().nonceOf(wallet());
    }

    private static Account wallet() {
        return devnet().account("keeper");
    }
}
