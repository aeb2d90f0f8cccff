package plimsoll.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import plimsoll.abi.Aggregator;
import plimsoll.abi.Erc20;
import plimsoll.abi.PoolConfigurator;
import plimsoll.chain.call.BlockTag;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.TxHash;

@OnDevnet
final class DevnetTest {

    private static Market market() {
        return devnet().market();
    }

    @Test
    void valuesAPositionAtTheFeedsPrices() {
        Borrower ann = market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "15000");

        AccountData data = ann.data();

        // 10 WETH at 2 500; 25 000 * 82.5 % / 15 000 = 1.375
        assertThat(data.collateral()).isEqualTo(BaseValue.parse("25000"));
        assertThat(data.debt()).isEqualTo(BaseValue.parse("15000"));
        assertThat(data.healthFactor()).contains(HealthFactor.parse("1.375"));
    }

    @Test
    void letsALiquidatorInAfterAPriceFall() {
        Borrower ann = market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "19000");
        Account keeper = devnet().account("keeper");
        market().fund(keeper.address(), Asset.USDC, Asset.USDC.amount("20000"));

        market().priceOf(Asset.WETH).fallsBy(percent(20));
        assertThat(ann.data().isLiquidatable()).isTrue();
        market().liquidate(keeper, Liquidation.ofAll(ann.address(), Asset.WETH, Asset.USDC));

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(market().balanceOf(Asset.WETH, keeper.address())).isGreaterThan(Asset.WETH.amount("4"));
    }

    @Test
    void refusesToLiquidateAHealthyPositionAndSaysWhy() {
        Borrower ann = market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "10000");
        Account keeper = devnet().account("keeper");

        assertThatThrownBy(() -> market().liquidate(keeper, Liquidation.ofAll(ann.address(), Asset.WETH, Asset.USDC)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("HealthFactorNotBelowThreshold");
    }

    @Test
    void changesALiquidationThresholdByVote() {
        Borrower ann = market().borrower("ann").supplies(Asset.WETH, "10");
        Address weth = devnet().addresses().of(Asset.WETH).token();
        String call = PoolConfigurator.CONFIGURE_RESERVE_AS_COLLATERAL.encode(weth, 7_500, 7_900, 10_500);

        devnet().governance()
                .carry(new Governance.Proposal(devnet().addresses().configurator(), call, "Lower WETH's threshold"));

        assertThat(ann.data().liquidationThreshold()).isEqualTo(new Bps(7_900));
        assertThat(ann.data().ltv()).isEqualTo(new Bps(7_500));
    }

    @Test
    void movesThePoolsOfTheVenueToTheFeedsPrices() {
        Account trader = devnet().account("trader");
        market().fund(trader.address(), Asset.WETH, Asset.WETH.amount("2"));

        market().priceOf(Asset.WETH).fallsBy(percent(40));
        market().arbitrage();
        market().swap(trader, Asset.WETH.amount("2"), Asset.WETH, Asset.USDC);

        // 2 WETH at 1 500, less the pool's 0.3 %
        assertThat(market().balanceOf(Asset.USDC, trader.address()))
                .isBetween(Asset.USDC.amount("2990"), Asset.USDC.amount("2992"));
    }

    @Test
    void playsAHistoryWithItsOwnTimes() {
        Instant first = devnet().now().plus(Duration.ofMinutes(1));
        List<PricePoint> points = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            points.add(new PricePoint(first.plus(Duration.ofMinutes(i - 20)), Price.ofRaw(200_000_000_000L + i)));
        }

        market().play(new PriceHistory(Map.of(Asset.WETH, points)).withSubmissions(50));

        Address feed = devnet().addresses().of(Asset.WETH).feed();
        for (int round : List.of(1, 20, 21, points.size())) {
            BigInteger id = BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(round));
            var answer = Aggregator.GET_ROUND_DATA.decode(
                    devnet().chain().call(feed, Aggregator.GET_ROUND_DATA.encode(id), BlockTag.LATEST));
            PricePoint expected = points.get(round - 1);
            assertThat(answer.integer("answer")).isEqualTo(expected.price().raw());
            assertThat(answer.integer("updatedAt")).isEqualTo(expected.time().getEpochSecond());
        }
        assertThat(market().priceOf(Asset.WETH).now())
                .isEqualTo(points.getLast().price());
    }

    @Test
    void opensManyPositionsInFewBlocks() {
        long start = devnet().blockNumber().value();

        List<Borrower> borrowers = market().open(openings(50));

        assertThat(devnet().blockNumber().value() - start).isLessThan(20);
        assertThat(borrowers)
                .allSatisfy(it -> assertThat(it.data().collateral()).isEqualTo(BaseValue.parse("60000")));
    }

    @Test
    void letsBorrowersCrossTheLineOneAfterTheOther() {
        Account keeper = devnet().account("keeper");
        market().fund(keeper.address(), Asset.USDC, Asset.USDC.amount("20000"));
        Ladder ladder = market().openLadder("near", new Ladder.Rungs(3, new Bps(400), new Bps(30)));

        for (int rung = 0; rung < 3; rung++) {
            ladder.fallBelow(rung);

            assertThat(ladder.borrowers().stream().map(it -> it.data().isLiquidatable()))
                    .containsExactly(true, rung > 0, rung > 1);
        }
        Address last = ladder.borrowers().getLast().address();
        BlockNumber done = market().liquidate(keeper, Liquidation.ofAll(last, Asset.WETH, Asset.USDC))
                .blockNumber();
        assertThat(market().liquidations(new BlockNumber(0))).isEqualTo(Map.of(last, List.of(done)));
    }

    @Test
    void placesPositionsByStorageThatThePoolValues() {
        Address account = new Address("0x00000000000000000000000000000000000000aa");
        Map<Asset, TokenAmount> supply = Map.of(Asset.LINK, Asset.LINK.amount("1000"));
        Map<Asset, TokenAmount> debt = Map.of(Asset.USDC, Asset.USDC.amount("6000"));

        market().placeByStorage(List.of(new StoredPosition(account, supply, debt, Set.of(), 0)));

        AccountData data = market().accountData(account);
        assertThat(data.collateral()).isEqualTo(BaseValue.parse("15000"));
        assertThat(data.debt()).isEqualTo(BaseValue.parse("6000"));
        assertThat(data.healthFactor()).contains(HealthFactor.parse("1.7"));
    }

    @Test
    void placesAPositionIntoItsEmode() {
        Address account = new Address("0x00000000000000000000000000000000000000bb");
        Map<Asset, TokenAmount> supply = Map.of(Asset.WETH, Asset.WETH.amount("1"));
        Map<Asset, TokenAmount> debt = Map.of(Asset.WBTC, Asset.WBTC.amount("0.01"));

        market().placeByStorage(List.of(new StoredPosition(account, supply, debt, Set.of(), Market.MAJORS_EMODE)));

        assertThat(market().accountData(account).liquidationThreshold()).isEqualTo(new Bps(9_300));
    }

    @Test
    void keepsSuppliesThatAreNoCollateralApart() {
        Address account = new Address("0x00000000000000000000000000000000000000cc");
        Map<Asset, TokenAmount> supply =
                Map.of(Asset.WETH, Asset.WETH.amount("1"), Asset.LINK, Asset.LINK.amount("10"));

        market().placeByStorage(List.of(new StoredPosition(account, supply, Map.of(), Set.of(Asset.WETH), 0)));

        assertThat(market().accountData(account).collateral()).isEqualTo(BaseValue.parse("150"));
    }

    @Test
    void minesInARhythmUntilToldOtherwise() {
        BlockNumber start = devnet().blockNumber();

        devnet().mineEvery(Duration.ofSeconds(1));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (devnet().blockNumber().equals(start) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        Borrower ann = market().borrower("ann").supplies(Asset.WETH, "1");
        devnet().mineEachTransaction();

        assertThat(devnet().blockNumber()).isGreaterThan(start);
        assertThat(ann.data().collateral()).isEqualTo(BaseValue.parse("2500"));
    }

    @Test
    void answersZeroWhereAFeedSaysSo() {
        market().priceOf(Asset.LINK).is(Price.ZERO);

        assertThat(market().priceOf(Asset.LINK).now()).isEqualTo(Price.ZERO);
    }

    @Test
    void startsInTimeForAHistory() {
        PriceHistory history = PriceHistory.synthetic(5, Instant.parse("2025-03-01T00:00:00Z"), 40);

        try (Devnet past = Devnet.start(DevnetSettings.ofSeed(5).before(history))) {
            past.market().play(history);

            assertThat(past.now()).isEqualTo(history.end());
            assertThat(past.market().priceOf(Asset.WBTC).now()).isEqualTo(Price.parse("60000"));
        }
    }

    @Test
    void givesTheSameHashesForTheSameSeed() {
        List<List<String>> chains = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (Devnet same = Devnet.start(DevnetSettings.ofSeed(7))) {
                same.market().borrower("ann").supplies(Asset.WETH, "1");
                same.market().open(openings(70));
                chains.add(blocks(same));
            }
        }

        assertThat(chains.getLast()).isEqualTo(chains.getFirst());
    }

    /** Between a block and the next base fee the node shows the receipts of the one and still asks the fee of the other. */
    @Test
    void sendsTheSameTransactionWhateverTheNodesBaseFeeIs() {
        Set<TxHash> sent = new HashSet<>();
        for (String baseFee : List.of("0x3b9aca00", "0x77359400")) {
            String before = devnet().snapshot();
            devnet().rpc().call("anvil_setNextBlockBaseFeePerGas", baseFee);
            Address token = market().addresses().of(Asset.WETH).token();
            sent.add(devnet().send(devnet().account("ann").address(), token, Erc20.BALANCE_OF.encode(token))
                    .txHash());
            devnet().revertTo(before);
        }

        assertThat(sent).hasSize(1);
    }

    /** All blocks as the node tells them, the oldest first: where two chains part, a comparison shows what is in the block. */
    private static List<String> blocks(Devnet devnet) {
        return LongStream.rangeClosed(0, devnet.blockNumber().value())
                .mapToObj(block -> devnet.rpc()
                        .call("eth_getBlockByNumber", "0x" + Long.toHexString(block), true)
                        .toString())
                .toList();
    }

    private static List<Opening> openings(int number) {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            openings.add(new Opening(
                    "borrower " + i,
                    Map.of(Asset.WBTC, Asset.WBTC.amount("1")),
                    Map.of(Asset.USDC, Asset.USDC.amount("30000"))));
        }
        return openings;
    }
}
