package plimsoll.risk.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;

/**
 * The borrowers of June 2023 with stETH as collateral through the prices of June 2022: hourly ether in dollars and Chainlink's
 * rounds of stETH in ether, the 8th to the 18th. An account's collateral is taken for stETH and its debt for dollars, but for
 * what it owed in WETH; thresholds are those of the file. One path, so there is no chance in it.
 */
class StakedEtherReplayTest {

    private static final int STETH = 0;
    private static final int WETH = 1;
    private static final int DOLLAR = 2;
    private static final Instant START = Instant.parse("2022-06-08T00:00:00Z");
    private static final int HOURS = 264;
    /** Aave v2 paid 7.5 % for stETH. */
    private static final double BONUS = 0.075;

    private record Window(List<double[]> prices) implements PathSource {
        @Override
        public int assets() {
            return 3;
        }

        @Override
        public int steps() {
            return HOURS;
        }

        @Override
        public int paths() {
            return 1;
        }

        @Override
        public void fill(int block, PathBlock out) {
            out.holds(1);
            for (var asset = 0; asset < 3; asset++) {
                for (var step = 0; step < HOURS; step++) {
                    out.price(asset, step)[0] = prices.get(step)[asset];
                }
            }
        }
    }

    @Test
    void liquidationsAreThoseOfAPlainCount() throws IOException {
        var prices = prices();
        var thresholds = new ArrayList<Double>();
        var accounts = accounts(thresholds);
        var modes = thresholds.stream()
                .map(threshold -> new CollateralTerms(0, threshold, BONUS))
                .toList();
        var market =
                new SimulatedMarket(List.of(asset("STETH", BONUS), asset("WETH", 0.05), asset("USD", 0.05)), modes);
        var book = SimulatedBook.of(accounts);
        // Whoever crosses the line is liquidated at once, at no cost, without moving a price.
        var settings = new SimulationSettings(new KeeperBehaviour(0, 1, 0, 0), 0);

        var result = MarketSimulation.run(new Window(prices), market, book, settings, 1);

        var crossing = 0;
        var firstSeized = 0.0;
        for (var i = 0; i < accounts.size(); i++) {
            var seized = firstSeizure(accounts.get(i), thresholds.get(i), prices);
            crossing += seized > 0 ? 1 : 0;
            firstSeized += seized;
        }
        // Every account that crosses is liquidated once at least, and the first calls alone seize no more than all do.
        assertThat(accounts).hasSizeGreaterThan(1_200);
        assertThat(crossing).isGreaterThan(100);
        // Ether fell by 46 % and stETH to 0.935 of it: 200 to 350 million dollars of this book change hands.
        assertThat(result.liquidated().mean().value()).isBetween(2e8, 3.5e8);
        assertThat(result.liquidations().value()).isGreaterThanOrEqualTo(crossing);
        assertThat(result.liquidated().mean().value()).isGreaterThanOrEqualTo(firstSeized * (1 - 1e-9));
        assertThat(result.badDebt().mean().standardError()).isZero();
        var plain = new PlainSimulation(market, book, settings);
        plain.run(new Window(prices));
        assertThat(result.byPath().badDebt(0)).isEqualTo(plain.badDebt[0]);
        assertThat(result.byPath().liquidated(0)).isEqualTo(plain.liquidated[0]);
        assertThat(result.liquidations().value()).isEqualTo(plain.calls[0]);
        var sumOfSteps = result.byStep().stream()
                .mapToDouble(SimulationResult.StepFigures::liquidated)
                .sum();
        assertThat(sumOfSteps).isCloseTo(plain.liquidated[0], within(1e-6 * plain.liquidated[0]));
    }

    /** What the first call seizes of an account, by hand: half of the debt, or all of it, times one and the bonus. */
    private static double firstSeizure(Account account, double threshold, List<double[]> prices) {
        for (var price : prices) {
            var collateral = account.collateral().getFirst().value() * price[STETH];
            var debt = 0.0;
            var largest = 0.0;
            for (var owed : account.debt()) {
                debt += owed.value() * price[owed.asset()];
                largest = Math.max(largest, owed.value() * price[owed.asset()]);
            }
            if (collateral * threshold < debt) {
                var whole = collateral * threshold <= 0.95 * debt || collateral < 2_000 || largest < 2_000;
                var repaid = whole ? largest : Math.min(largest, debt / 2);
                // Where half would leave less than a thousand behind, the call stops there; a bound from below is
                // enough.
                var dust = !whole
                        && ((largest - repaid > 0 && largest - repaid < 1_000)
                                || collateral - repaid * (1 + BONUS) < 1_000);
                return dust ? Double.MIN_NORMAL : Math.min(collateral, repaid * (1 + BONUS));
            }
        }
        return 0;
    }

    private static SimulatedAsset asset(String name, double bonus) {
        return new SimulatedAsset(name, new CollateralTerms(0.7, 0.8, bonus), 0, true, SaleImpact.NONE, 0, 0);
    }

    private static List<Account> accounts(List<Double> thresholds) throws IOException {
        var ether = 1_797.0;
        var accounts = new ArrayList<Account>();
        for (var row : rows("positions/aave_v2_steth_borrowers_202306.csv")) {
            var collateral = number(row, "collateral_eth") * ether;
            var debt = number(row, "debt_eth") * ether;
            var weth = Math.min(number(row, "weth_debt") * ether, debt);
            if (debt > 0 && collateral > 0) {
                var owed = new ArrayList<Debt>();
                if (weth > 0) {
                    owed.add(new Debt(WETH, weth));
                }
                if (debt - weth > 0) {
                    owed.add(new Debt(DOLLAR, debt - weth));
                }
                accounts.add(new Account(List.of(new Collateral(STETH, collateral, thresholds.size())), owed));
                thresholds.add(number(row, "liq_threshold_bps") / 1e4);
            }
        }
        return accounts;
    }

    /** Relative prices by hour: ether's closes, and the last round known by then. */
    private static List<double[]> prices() throws IOException {
        var ether = new TreeMap<Instant, Double>();
        for (var row : rows("prices/hourly/ETH-USDT_binance_1h.csv.gz")) {
            ether.put(Instant.parse(text(row, "ts")), number(row, "close"));
        }
        var ratio = new TreeMap<Instant, Double>();
        for (var row : rows("chainlink/STETH-ETH_ethereum_0x86392dC19c0b719886221c78AB11eb8Cf5c52812_rounds.csv.gz")) {
            ratio.put(Instant.parse(text(row, "updatedAt_iso")), number(row, "price"));
        }
        var first = known(ether, START);
        var firstRatio = Objects.requireNonNull(ratio.floorEntry(START)).getValue();
        var prices = new ArrayList<double[]>();
        for (var hour = 1; hour <= HOURS; hour++) {
            var now = START.plusSeconds(3_600L * hour);
            var move = known(ether, now) / first;
            var peg = Objects.requireNonNull(ratio.floorEntry(now)).getValue() / firstRatio;
            prices.add(new double[] {move * peg, move, 1});
        }
        return prices;
    }

    /** The close of the hour that has ended; candles stand at their start. */
    private static double known(NavigableMap<Instant, Double> candles, Instant now) {
        return Objects.requireNonNull(candles.floorEntry(now.minusSeconds(3_600)))
                .getValue();
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(text(row, column));
    }

    private static String text(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static List<Map<String, String>> rows(String name) throws IOException {
        var file = Path.of(System.getProperty("plimsoll.root", ".."))
                .resolve("../shared/data")
                .resolve(name)
                .normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        var rows = new ArrayList<Map<String, String>>();
        try (var in = Files.newInputStream(file);
                var lines = new BufferedReader(new InputStreamReader(
                        name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            var header = lines.readLine().split(",", -1);
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var fields = line.split(",", -1);
                var row = new TreeMap<String, String>();
                for (var i = 0; i < header.length; i++) {
                    row.put(header[i], fields[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
