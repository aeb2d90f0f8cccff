package plimsoll.risk.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;

/** On quotes and pool balances as they were. */
class RealLiquidityTest {

    @Test
    void everyQuotedPairHasAMonotoneCurveNearItsQuotes() throws IOException {
        var pairs = new TreeMap<String, List<double[]>>();
        for (var row : ReferenceData.sharedRows("liquidity/oneinch_quotes_20231120.csv.gz")) {
            pairs.computeIfAbsent(row.get(1) + "/" + row.get(2), ignored -> new ArrayList<>())
                    .add(new double[] {Double.parseDouble(row.get(3)), Double.parseDouble(row.get(6))});
        }

        assertThat(pairs).hasSize(20);
        pairs.forEach((pair, quotes) -> {
            var curve = ImpactCurve.of(
                    quotes.stream().mapToDouble(quote -> quote[0]).toArray(),
                    quotes.stream().mapToDouble(quote -> quote[1]).toArray());
            var before = 0.0;
            for (var size = curve.largestQuote() / 1e5; size < 3 * curve.largestQuote(); size *= 1.2) {
                assertThat(curve.impactOf(size)).describedAs(pair).isBetween(before, 1.0);
                before = curve.impactOf(size);
            }
            assertThat(curve.fitError()).describedAs(pair).isLessThan(0.01);
            assertThat(curve.fitError())
                    .describedAs(pair)
                    .isLessThanOrEqualTo(curve.powerLaw().fitError());
            assertThat(curve.sizeWithin(0.05)).describedAs(pair).isLessThanOrEqualTo(2 * curve.largestQuote());
        });
    }

    @Test
    void ethIsDeeperThanBitcoinOnChain() throws IOException {
        var eth = curve("WETH", "USDC");
        var bitcoin = curve("WBTC", "USDC");

        // At about 2,000 and 37,000 dollars.
        assertThat(eth.sizeWithin(0.05) * 2000).isGreaterThan(bitcoin.sizeWithin(0.05) * 37_000);
        assertThat(eth.impactOf(7000)).isBetween(0.001, 0.05);
    }

    /** With the contract's A of that year the balances of the pool alone give the market's stETH price. */
    @Test
    void thePoolPricedStakedEtherAsTheFeedDid() throws IOException {
        var answers = new TreeMap<LocalDate, Double>();
        for (var row : ReferenceData.sharedRows(
                "chainlink/STETH-ETH_ethereum_0x86392dC19c0b719886221c78AB11eb8Cf5c52812_rounds.csv.gz")) {
            answers.put(LocalDate.parse(row.get(8).substring(0, 10)), Double.parseDouble(row.get(7)));
        }
        var compared = 0;
        for (var row : ReferenceData.sharedRows("liquidity/curve_steth_pool_balances_daily.csv")) {
            var day = LocalDate.parse(row.get(0).substring(0, 10));
            if (!day.isBefore(LocalDate.parse("2022-06-16"))) {
                var pool = new StableSwap(50, 0.0004, Double.parseDouble(row.get(2)), Double.parseDouble(row.get(3)));

                assertThat(pool.price(0, 1)).describedAs(day.toString()).isCloseTo(answers.get(day), within(0.002));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(7);
    }

    private static ImpactCurve curve(String sell, String buy) throws IOException {
        var quotes = ReferenceData.sharedRows("liquidity/oneinch_quotes_20231120.csv.gz").stream()
                .filter(row -> row.get(1).equals(sell) && row.get(2).equals(buy))
                .toList();
        return ImpactCurve.of(
                quotes.stream()
                        .mapToDouble(row -> Double.parseDouble(row.get(3)))
                        .toArray(),
                quotes.stream()
                        .mapToDouble(row -> Double.parseDouble(row.get(6)))
                        .toArray());
    }
}
