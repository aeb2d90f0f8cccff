package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.profit.ProfitReader;
import plimsoll.keeper.profit.ProfitReport;
import plimsoll.keeper.profit.SentTransaction;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.Stale;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Liquidations and sales on the real contracts, and the report of them beside our balances on the chain. */
@OnDevnet
final class ProfitOnDevnetTest {

    private static final int BORROWERS = 6;

    @Test
    void equalsTheChainsBalancesToTheWei() {
        open();
        Account wallet = devnet().account("keeper");
        devnet().market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("500000"));
        var store = new MemoryIntentStore(InstantSource.system());
        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store, true)) {
            keeper.next();
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(25));
            devnet().market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());
            var lane = new Lane(devnet().addresses().chainId(), wallet.address());
            keeper.waitUntil(() -> {
                devnet().mine(1);
                return store.unfinished(lane).isEmpty()
                        && store.on(lane).stream().anyMatch(it -> it.reason().startsWith("sell/"));
            });
            List<SentTransaction> sent = store.on(lane).stream()
                    .flatMap(intent ->
                            intent.state().standing().stream().map(it -> new SentTransaction(it.tx(), intent.reason())))
                    .toList();

            ProfitReport report = reader(wallet).report(sent).orElseThrow();

            assertThat(report.unpriced()).isZero();
            assertThat(report.balances()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(balance -> {
                assertThat(balance.others()).isZero();
                assertThat(balance.unexplained()).isZero();
                assertThat(balance.ours()).isEqualTo(difference(wallet, balance.token(), report));
            });
            assertThat(report.lines().stream()
                            .mapToInt(ProfitReport.Line::transactions)
                            .sum())
                    .isEqualTo(sent.size());
            assertThat(report.lines().stream()
                            .filter(line -> line.subject().startsWith("0x"))
                            .map(ProfitReport.Line::subject)
                            .distinct())
                    .hasSize(BORROWERS);
            // Six bonuses of 5 % on some 1 600 dollars and more, less the fees of gas and of the venue.
            assertThat(report.net()).isPositive();
        }
    }

    private static ProfitReader reader(Account wallet) {
        ProtocolReader reader = Protocol.AAVE_V3.reader(
                devnet().chain(),
                new Protocol.Location(devnet().addresses().pool(), ""),
                new Heartbeats(Duration.ofDays(30), Map.of()));
        return new ProfitReader(
                devnet().chain(),
                block -> reader.read(block, new Stale(true, Set.of()), new PositionBook(), List.of())
                        .market(),
                Optional.of(devnet().addresses().of(Asset.WETH).token()),
                Set.of(wallet.address()));
    }

    private static BigInteger difference(Account wallet, Address token, ProfitReport report) {
        return held(wallet, token, report.to()).subtract(held(wallet, token, report.from()));
    }

    private static BigInteger held(Account wallet, Address token, BlockNumber at) {
        return token.equals(Address.ZERO)
                ? devnet().chain().balance(wallet.address(), BlockAt.number(at)).raw()
                : Erc20.BALANCE_OF
                        .decode(devnet().chain()
                                .call(token, Erc20.BALANCE_OF.encode(wallet.address()), BlockAt.number(at)))
                        .integer(0);
    }

    private static void open() {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < BORROWERS; i++) {
            openings.add(new Opening(
                    "borrower-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount(Integer.toString(3_200 + 100 * i)))));
        }
        devnet().market().open(openings);
    }
}
