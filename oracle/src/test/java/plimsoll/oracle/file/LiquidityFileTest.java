package plimsoll.oracle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.oracle.file.LiquidityFile.ImpactPoint;
import plimsoll.oracle.file.LiquidityFile.Pair;

class LiquidityFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void measuresEachBatchAgainstItself() throws IOException {
        var file = Files.writeString(folder.resolve("quotes.csv"), """
            ts,sell,buy,amount_in,amount_out
            2023-11-20T00:00:10Z,weth,usdc,100,180000
            2023-11-20T00:00:05Z,weth,usdc,1,1900
            2023-11-20T00:00:07Z,weth,usdc,10,19100
            2023-11-20T01:00:00Z,weth,usdc,1,2000
            """);

        var points = Objects.requireNonNull(LiquidityFile.quotes(file).pairs().get(new Pair("WETH", "USDC")));

        assertThat(points).extracting(ImpactPoint::amountIn).containsExactly(1.0, 1.0, 10.0, 100.0);
        assertThat(points).extracting(ImpactPoint::batch).containsExactly(0, 1, 0, 0);
        // 1800 against 1900 of the smallest quote and 1910 of the best.
        assertThat(points.getLast().impactToSmallest()).isCloseTo(100.0 / 1900, within(1e-15));
        assertThat(points.getLast().impactToBest()).isCloseTo(110.0 / 1910, within(1e-15));
        assertThat(points.get(2).impactToSmallest()).isNegative();
        assertThat(points.get(1).impactToBest()).isZero();
    }

    // 20 pairs; zcat | awk -F, '$2=="WETH"&&$3=="USDC"{n++; if($4>m)m=$4}END{print n,m}': 340 72750.20819218572;
    // the largest quote's price_impact column says 0.071637486407159, which is against its batch's best price.
    @Test
    void readsTheQuotesOfNovember2023() {
        var quotes = LiquidityFile.quotes(SharedData.file("liquidity/oneinch_quotes_20231120.csv.gz"));

        assertThat(quotes.pairs()).hasSize(20);
        assertThat(quotes.pairs().values().stream().mapToInt(List::size).sum()).isEqualTo(6938);
        var points = Objects.requireNonNull(quotes.pairs().get(new Pair("WETH", "USDC")));
        assertThat(points).hasSize(340);
        assertThat(points.getLast().amountIn()).isEqualTo(72750.20819218572);
        assertThat(points.getLast().impactToBest()).isCloseTo(0.071637486407159, within(1e-12));
        assertThat(points.stream().mapToInt(ImpactPoint::batch).max()).hasValue(16);
    }

    @Test
    void readsPoolBalances() {
        var pools = LiquidityFile.pool(SharedData.file("liquidity/curve_steth_pool_balances_daily.csv"));

        assertThat(pools.getFirst().time()).isEqualTo(Instant.parse("2021-09-04T09:15:03Z"));
        assertThat(pools.getFirst().balances()).isEqualTo(Map.of("STETH", 723406.7649908136, "ETH", 578486.6235782544));
    }

    @Test
    void namesTheLineOfWhatIsWrong() throws IOException {
        var file = Files.writeString(
                folder.resolve("q.csv"), "ts,sell,buy,amount_in,amount_out\n2023-11-20T00:00:10Z,A,B,0,1\n");

        assertThatThrownBy(() -> LiquidityFile.quotes(file))
                .hasMessageContaining(":2: ")
                .hasMessageContaining("amount_in='0'");
        assertThatThrownBy(() -> LiquidityFile.pool(file)).hasMessageContaining("missing column 'virtual_price'");
    }

    // tail -n +2 | wc -l: 7
    @Test
    void readsStressWindows() throws IOException {
        var windows =
                StressWindowFile.read(SharedData.file("stress_windows.csv")).windows();

        assertThat(windows).hasSize(7);
        assertThat(windows.getFirst().from()).isEqualTo(Instant.parse("2020-03-11T00:00:00Z"));
        var reversed = Files.writeString(
                folder.resolve("w.csv"), "episode,start_utc,end_utc,what\nX,2020-01-02,2020-01-01,y\n");
        assertThatThrownBy(() -> StressWindowFile.read(reversed))
                .hasMessageContaining(":2: window ends before it begins");
    }
}
