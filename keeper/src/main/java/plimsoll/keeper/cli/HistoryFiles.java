package plimsoll.keeper.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plimsoll.keeper.cli.CsvRows.Row;
import plimsoll.keeper.history.FeedRound;
import plimsoll.keeper.history.HistoryStudy;
import plimsoll.keeper.history.PricePath;
import plimsoll.keeper.history.RawLiquidation;
import plimsoll.keeper.history.RecordedLiquidation;
import plimsoll.keeper.history.StakedPosition;

/** Where the study's inputs lie below one data folder, and how they are read. */
record HistoryFiles(Path root) {

    private static final Set<String> DOLLARS =
            Set.of("USDC", "USDT", "DAI", "TUSD", "BUSD", "SUSD", "GUSD", "FRAX", "USDP", "FEI");

    private static final Map<String, String> EXCHANGE = Map.of(
            "WETH", "ETH-USDT_binance_1h",
            "WBTC", "BTC-USDT_binance_1h",
            "LINK", "LINK-USDT_binancefut_1h",
            "AAVE", "AAVE-USDT_binancefut_1h");

    HistoryStudy.Inputs read() {
        Map<String, PricePath> exchange = new HashMap<>();
        EXCHANGE.forEach((collateral, name) -> exchange.put(collateral, hours("prices/hourly/" + name + ".csv.gz")));
        return new HistoryStudy.Inputs(
                liquidations(),
                sample(),
                exchange,
                positions(),
                rounds("STETH-ETH_ethereum_0x86392dC19c0b719886221c78AB11eb8Cf5c52812"),
                rounds("ETH-USD_ethereum_0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419"));
    }

    private List<Row> rows(String name) {
        return CsvRows.read(root.resolve(name));
    }

    private List<RecordedLiquidation> liquidations() {
        return rows("liquidations/aave_v2_ethereum_liquidations_202012_202112.csv.gz").stream()
                .map(row -> new RecordedLiquidation(
                        row.time("ts"),
                        row.text("user"),
                        new RecordedLiquidation.Exchange(
                                row.text("debt_symbol"),
                                row.number("debt_amount"),
                                row.text("collateral_symbol"),
                                row.number("collateral_amount")),
                        price(row)))
                .toList();
    }

    private static Optional<BigDecimal> price(Row row) {
        return row.has("collateral_px_usd_subgraph")
                        && row.has("debt_px_usd_subgraph")
                        && row.number("debt_px_usd_subgraph").signum() > 0
                ? Optional.of(row.number("collateral_px_usd_subgraph")
                        .divide(row.number("debt_px_usd_subgraph"), MathContext.DECIMAL64))
                : Optional.empty();
    }

    private List<RawLiquidation> sample() {
        return rows("liquidations/aave_v2_ethereum_dune_sample_2020_2021.csv").stream()
                .map(row -> new RawLiquidation(
                        row.time("evt_block_time"),
                        row.text("user"),
                        row.text("collateralAsset"),
                        row.integer("liquidatedCollateralAmount"),
                        row.text("debtAsset"),
                        row.integer("debtToCover")))
                .toList();
    }

    private PricePath hours(String name) {
        return new PricePath(rows(name).stream()
                .collect(Collectors.toMap(
                        row -> row.time("ts"),
                        row -> new PricePath.Range(
                                row.number("low").doubleValue(),
                                row.number("high").doubleValue(),
                                row.number("close").doubleValue()))));
    }

    private List<StakedPosition> positions() {
        Map<String, List<Row>> debts = rows("positions/aave_v2_steth_borrowers_202306_debt_by_asset.csv").stream()
                .collect(Collectors.groupingBy(row -> row.text("user")));
        return rows("positions/aave_v2_steth_borrowers_202306.csv").stream()
                .map(row -> {
                    List<Row> named = debts.getOrDefault(row.text("user"), List.of());
                    return new StakedPosition(
                            row.text("user"),
                            row.number("collateral_eth"),
                            row.number("debt_eth"),
                            row.integer("liq_threshold_bps").intValueExact(),
                            row.number("health_factor").doubleValue(),
                            row.number("asteth_amount"),
                            row.number("weth_debt"),
                            sum(named, true),
                            sum(named, false));
                })
                .toList();
    }

    private static BigDecimal sum(List<Row> debts, boolean dollars) {
        return debts.stream()
                .filter(row -> DOLLARS.contains(row.text("asset")) == dollars)
                .map(row -> row.number("debt_eth"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<FeedRound> rounds(String feed) {
        return rows("chainlink/" + feed + "_rounds.csv.gz").stream()
                .map(row -> new FeedRound(
                        Instant.ofEpochSecond(row.integer("updatedAt").longValueExact()), row.integer("answer")))
                .toList();
    }
}
