package plimsoll.oracle.file;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.oracle.file.CsvTable.Column;
import plimsoll.oracle.file.CsvTable.Row;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Bps;

/**
 * Borrowers from a CSV file ({@code --positions FILE}), in one of two forms.
 *
 * <ul>
 *   <li>One row an account and asset: {@code user|account, asset, collateral_base|collateral_value|collateral_usd|
 *       collateral_eth, debt_base|debt_value|debt_usd|debt_eth}, optionally {@code liq_threshold_bps}, the threshold that
 *       counts for that account whatever the reserves say. All values in one currency.
 *   <li>One row an account with stETH as collateral, without {@code asset}: {@code user, collateral_eth, debt_eth,
 *       liq_threshold_bps, asteth_amount, weth_debt}; debt by asset in a file beside it whose name ends in
 *       {@code _debt_by_asset}. What no column names is held or owed in {@value #OTHER}.
 * </ul>
 */
public final class PositionFile {

    /** The asset of value that the file does not break down. */
    public static final String OTHER = "OTHER";

    private static final String[] ACCOUNTS = {"user", "account"};
    private static final String[] COLLATERALS = {
        "collateral_base", "collateral_value", "collateral_usd", "collateral_eth"
    };
    private static final String[] DEBTS = {"debt_base", "debt_value", "debt_usd", "debt_eth"};
    /** Prices of the two files agree to seven digits. */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-6");

    private static final int LARGEST_SHARE = 10_000;

    private PositionFile() {}

    public static Positions read(Path file) {
        var table = CsvTable.read(file);
        if (table.first("debt_crvusd").isPresent()) {
            throw CommandFailure.input(
                    file, 1, "rows without accounts are a distribution of sizes, not positions (column debt_crvusd)");
        }
        return table.first("asset").isPresent() ? byAsset(table) : stakedEther(table);
    }

    /** Loans without owners, as the crvUSD snapshots have them: a distribution of size and leverage. */
    public static List<Loan> loans(Path file) {
        var table = CsvTable.read(file);
        var debt = table.require("debt_crvusd");
        var collateral = table.require("collateral");
        var bands = table.require("n_bands");
        return table.rows().stream()
                .map(row -> new Loan(Cells.amount(table, row, debt), Cells.amount(table, row, collateral), (int)
                        Cells.whole(table, row, bands, LARGEST_SHARE)))
                .toList();
    }

    private static Positions byAsset(CsvTable table) {
        var account = table.require(ACCOUNTS);
        var asset = table.require("asset");
        var collateral = table.require(COLLATERALS);
        var debt = table.require(DEBTS);
        requireOneCurrency(table, collateral, debt);
        var threshold = table.first("liq_threshold_bps");
        var accounts = new TreeMap<String, Draft>();
        for (var row : table.rows()) {
            var draft = accounts.computeIfAbsent(
                    Cells.name(table, row, account).toLowerCase(Locale.ROOT), ignored -> new Draft());
            var symbol = Cells.name(table, row, asset).toUpperCase(Locale.ROOT);
            if (draft.collateral.containsKey(symbol)) {
                throw table.wrong(
                        row, "account and asset repeat: account=%s asset=%s".formatted(row.text(account), symbol));
            }
            draft.collateral.put(symbol, Cells.amount(table, row, collateral));
            draft.debt.put(symbol, Cells.amount(table, row, debt));
            threshold.ifPresent(column -> draft.threshold(table, row, column));
        }
        return positions(List.of(InputFile.of(table.file())), currency(collateral), accounts);
    }

    private static Positions stakedEther(CsvTable table) {
        var account = table.require(ACCOUNTS);
        var collateral = table.require("collateral_eth");
        var debt = table.require("debt_eth");
        var staked = table.require("asteth_amount");
        var weth = table.require("weth_debt");
        var threshold = table.require("liq_threshold_bps");
        var price = priceOfStakedEther(table, collateral, staked);
        var files = new ArrayList<>(List.of(InputFile.of(table.file())));
        var details = details(table.file(), files);
        var accounts = new TreeMap<String, Draft>();
        for (var row : table.rows()) {
            var name = Cells.name(table, row, account).toLowerCase(Locale.ROOT);
            var draft = new Draft();
            if (accounts.put(name, draft) != null) {
                throw table.wrong(row, "account repeats: " + row.text(account));
            }
            var total = Cells.amount(table, row, collateral);
            var known = Cells.amount(table, row, staked).multiply(price, MathContext.DECIMAL64);
            draft.collateral.put("STETH", known);
            explain(draft.collateral, total);
            draft.debt.putAll(details.getOrDefault(name, Map.of()));
            draft.debt.merge("WETH", Cells.amount(table, row, weth), BigDecimal::add);
            explain(draft.debt, Cells.amount(table, row, debt));
            draft.threshold(table, row, threshold);
        }
        return positions(files, "ETH", accounts);
    }

    /**
     * The file gives amounts of stETH and values in ETH, not the price between them. An account whose only collateral is
     * stETH shows it, and every other account shows more: the price is the least value for one stETH.
     */
    private static BigDecimal priceOfStakedEther(CsvTable table, Column collateral, Column staked) {
        return table.rows().stream()
                .filter(row -> Cells.amount(table, row, staked).signum() > 0)
                .map(row -> Cells.amount(table, row, collateral)
                        .divide(Cells.amount(table, row, staked), MathContext.DECIMAL64))
                .min(BigDecimal::compareTo)
                .orElseThrow(() -> CommandFailure.input(table.file(), 1, "no account has stETH: asteth_amount"));
    }

    private static Map<String, Map<String, BigDecimal>> details(Path file, List<InputFile> files) {
        var name = String.valueOf(file.getFileName());
        var sibling = file.resolveSibling(name.replaceFirst("(\\.csv(\\.gz)?)$", "_debt_by_asset$1"));
        if (sibling.equals(file) || !Files.exists(sibling)) {
            return Map.of();
        }
        files.add(InputFile.of(sibling));
        var table = CsvTable.read(sibling);
        var account = table.require(ACCOUNTS);
        var asset = table.require("asset");
        var debt = table.require("debt_eth");
        var debts = new TreeMap<String, Map<String, BigDecimal>>();
        for (var row : table.rows()) {
            debts.computeIfAbsent(Cells.name(table, row, account).toLowerCase(Locale.ROOT), ignored -> new TreeMap<>())
                    .merge(
                            Cells.name(table, row, asset).toUpperCase(Locale.ROOT),
                            Cells.amount(table, row, debt),
                            BigDecimal::add);
        }
        return debts;
    }

    private static Positions positions(List<InputFile> files, String currency, SortedMap<String, Draft> accounts) {
        return new Positions(
                files,
                currency,
                accounts.entrySet().stream()
                        .map(entry -> entry.getValue().account(entry.getKey()))
                        .toList());
    }

    private static void requireOneCurrency(CsvTable table, Column collateral, Column debt) {
        if (!currency(collateral).equals(currency(debt))) {
            throw CommandFailure.input(
                    table.file(),
                    1,
                    "collateral and debt are in two currencies: %s, %s".formatted(collateral.name(), debt.name()));
        }
    }

    /** USD or ETH where the column says so, else the market's own. */
    private static String currency(Column column) {
        return column.name().endsWith("_usd") ? "USD" : column.name().endsWith("_eth") ? "ETH" : "base";
    }

    /**
     * A book of borrowers.
     *
     * @param currency of all values: ETH, USD, or base (the market's base currency)
     * @param accounts by name
     */
    public record Positions(List<InputFile> files, String currency, List<Account> accounts) {
        public Positions {
            files = List.copyOf(files);
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * One borrower.
     *
     * @param name lower case; an address where the file has one
     * @param collateral value by asset, symbols in upper case, none of zero
     * @param debt value by asset, none of zero
     * @param fixedThreshold the threshold of the whole account where the file states it
     */
    public record Account(
            String name,
            SortedMap<String, BigDecimal> collateral,
            SortedMap<String, BigDecimal> debt,
            Optional<Bps> fixedThreshold) {

        public Account {
            collateral = new TreeMap<>(collateral);
            debt = new TreeMap<>(debt);
        }

        public BigDecimal collateralValue() {
            return sum(collateral);
        }

        public BigDecimal debtValue() {
            return sum(debt);
        }
    }

    /** One loan of crvUSD against an amount of tokens. */
    public record Loan(BigDecimal debt, BigDecimal collateralAmount, int bands) {}

    private static BigDecimal sum(Map<String, BigDecimal> values) {
        return values.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * The stated total counts: what the parts lack is of another asset; parts that exceed it, or miss it by no more than
     * the file's rounding, are scaled to it.
     */
    private static void explain(Map<String, BigDecimal> values, BigDecimal total) {
        var parts = sum(values);
        var missing = total.subtract(parts);
        if (parts.signum() > 0 && missing.compareTo(total.multiply(ROUNDING)) <= 0) {
            values.replaceAll((asset, value) -> value.multiply(total).divide(parts, MathContext.DECIMAL64));
        } else {
            values.merge(OTHER, missing, BigDecimal::add);
        }
    }

    /** An account while its rows are read. */
    private static final class Draft {

        private final Map<String, BigDecimal> collateral = new TreeMap<>();
        private final Map<String, BigDecimal> debt = new TreeMap<>();
        private Optional<Bps> threshold = Optional.empty();

        void threshold(CsvTable table, Row row, Column column) {
            if (row.text(column).isEmpty()) {
                return;
            }
            var stated = Cells.bps(table, row, column, LARGEST_SHARE);
            if (threshold.filter(before -> !before.equals(stated)).isPresent()) {
                throw table.wrong(
                        row, "account has two thresholds: found=%s before=%s".formatted(stated, threshold.get()));
            }
            threshold = Optional.of(stated);
        }

        Account account(String name) {
            return new Account(name, withoutZeros(collateral), withoutZeros(debt), threshold);
        }

        private static SortedMap<String, BigDecimal> withoutZeros(Map<String, BigDecimal> values) {
            var kept = new TreeMap<>(values);
            kept.values().removeIf(value -> value.signum() == 0);
            return kept;
        }
    }
}
