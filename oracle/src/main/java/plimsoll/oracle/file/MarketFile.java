package plimsoll.oracle.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import plimsoll.oracle.file.CsvTable.Column;
import plimsoll.oracle.file.CsvTable.Row;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** Snapshots of lending markets' reserves from one CSV file ({@code --market FILE[#NAME]}). */
public final class MarketFile {

    private static final String USUAL_MARKET = "AaveV3Ethereum";
    private static final int LARGEST_SHARE = 10_000;
    private static final int LARGEST_STORED_BONUS = 65_535;
    private static final long LARGEST_CAP = (1L << 36) - 1;
    private static final long LARGEST_CEILING = Long.MAX_VALUE;
    private static final int MOST_DECIMALS = 77;
    private static final int LARGEST_CATEGORY = 255;

    private MarketFile() {}

    /**
     * The newest snapshot of one market that is not later than {@code asOf}.
     *
     * @param argument the file, and after a {@code #} the market; a file with one market needs no name
     */
    public static Snapshot read(String argument, Optional<LocalDate> asOf) {
        var hash = argument.lastIndexOf('#');
        var file = Path.of(hash < 0 ? argument : argument.substring(0, hash));
        var table = CsvTable.read(file);
        var columns = new Columns(table);
        var market = hash < 0 ? usualMarket(table, columns) : argument.substring(hash + 1);
        var rows = table.rows().stream()
                .filter(row -> row.text(columns.market()).equals(market))
                .toList();
        if (rows.isEmpty()) {
            throw CommandFailure.input(
                    file, "no such market: found='%s' known=%s".formatted(market, markets(table, columns)));
        }
        var date = rows.stream()
                .map(row -> Cells.date(table, row, columns.date()))
                .filter(day -> asOf.isEmpty() || !day.isAfter(asOf.get()))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> CommandFailure.input(
                        file,
                        "no snapshot of %s by %s"
                                .formatted(market, asOf.map(LocalDate::toString).orElse(""))));
        var newest = rows.stream()
                .filter(row -> Cells.date(table, row, columns.date()).equals(date))
                .toList();
        requireEachOnce(table, columns, newest);
        return new Snapshot(
                InputFile.of(file),
                market,
                date,
                newest.stream().map(row -> columns.reserve(row, newest)).toList());
    }

    /** The file's only market, else the usual one. */
    private static String usualMarket(CsvTable table, Columns columns) {
        var names = markets(table, columns);
        return names.size() == 1 ? names.getFirst() : USUAL_MARKET;
    }

    private static List<String> markets(CsvTable table, Columns columns) {
        return table.rows().stream()
                .map(row -> row.text(columns.market()))
                .distinct()
                .sorted()
                .toList();
    }

    private static void requireEachOnce(CsvTable table, Columns columns, List<Row> rows) {
        var seen = new HashSet<Address>();
        for (var row : rows) {
            if (!seen.add(Cells.address(table, row, columns.underlying()))) {
                throw table.wrong(row, "reserve repeats: underlying='%s'".formatted(row.text(columns.underlying())));
            }
        }
    }

    /**
     * One market as it stood on one day.
     *
     * @param reserves in the file's order
     */
    public record Snapshot(InputFile file, String market, LocalDate date, List<ReserveRow> reserves) {
        public Snapshot {
            reserves = List.copyOf(reserves);
        }
    }

    /**
     * One reserve.
     *
     * @param parameters with the premium alone as bonus: 500 bps where the file has 10 500
     * @param protocolShareOfBonus what the protocol keeps of each liquidator's bonus; none where the file is silent (v2)
     * @param debtCeiling most debt against it in isolation mode, whole dollars; 0 is no isolation
     * @param emodeCategory efficiency mode that it belongs to; 0 is none
     * @param answer the oracle's price in units of 10^−answerDecimals
     */
    public record ReserveRow(
            Address asset,
            String symbol,
            int decimals,
            CollateralParameters parameters,
            Bps protocolShareOfBonus,
            Bps reserveFactor,
            long debtCeiling,
            int emodeCategory,
            boolean usableAsCollateral,
            boolean borrowable,
            boolean frozen,
            BigInteger answer,
            int answerDecimals) {

        /** The oracle's answer as a number, the nearest double. */
        public double price() {
            return new BigDecimal(answer, answerDecimals).doubleValue();
        }
    }

    /** Where the file keeps what. */
    private static final class Columns {

        private final CsvTable table;

        Columns(CsvTable table) {
            this.table = table;
        }

        Column market() {
            return table.require("market");
        }

        Column date() {
            return table.require("snapshot_date");
        }

        Column underlying() {
            return table.require("underlying");
        }

        ReserveRow reserve(Row row, List<Row> siblings) {
            return new ReserveRow(
                    Cells.address(table, row, underlying()),
                    Cells.name(table, row, table.require("symbol")),
                    decimals(row, table.require("decimals")),
                    parameters(row),
                    Bps.ofRaw(orZero(row, "liquidation_protocol_fee_bps", LARGEST_SHARE)),
                    Cells.bps(table, row, table.require("reserve_factor_bps"), LARGEST_SHARE),
                    orZero(row, "debt_ceiling", LARGEST_CEILING),
                    (int) orZero(row, "emode_category", LARGEST_CATEGORY),
                    Cells.flag(table, row, table.require("usage_as_collateral")),
                    Cells.flag(table, row, table.require("borrowing_enabled")),
                    Cells.flag(table, row, table.require("is_frozen")),
                    answer(row),
                    answerDecimals(row, siblings));
        }

        private CollateralParameters parameters(Row row) {
            var threshold = Cells.bps(table, row, table.require("liquidation_threshold_bps"), LARGEST_SHARE);
            var ltv = Cells.bps(table, row, table.require("ltv_bps"), LARGEST_SHARE);
            var bonus = table.require("liquidation_bonus_bps");
            var stored = Cells.bps(table, row, bonus, LARGEST_STORED_BONUS);
            if (!stored.isZero() && stored.compareTo(Bps.ONE_HUNDRED_PERCENT) < 0) {
                throw table.wrong(
                        row,
                        "stored bonus is below 100 %%: %s='%s' (10500 is a premium of 500 bps)"
                                .formatted(bonus.name(), row.text(bonus)));
            }
            if (ltv.compareTo(threshold) > 0) {
                throw table.wrong(
                        row,
                        "LTV exceeds liquidation threshold: ltv_bps=%d liquidation_threshold_bps=%d"
                                .formatted(ltv.raw(), threshold.raw()));
            }
            return new CollateralParameters(
                    ltv,
                    threshold,
                    CollateralParameters.premiumOf(stored),
                    orZero(row, "supply_cap", LARGEST_CAP),
                    orZero(row, "borrow_cap", LARGEST_CAP));
        }

        private BigInteger answer(Row row) {
            var column = table.require("oracle_answer");
            var answer = Cells.integer(table, row, column, "a whole number");
            if (answer.signum() <= 0) {
                throw table.wrong(row, "price is not positive: oracle_answer='%s'".formatted(row.text(column)));
            }
            return answer;
        }

        /** An adapter without {@code decimals()} leaves the cell empty; the pool reads all its feeds alike. */
        private int answerDecimals(Row row, List<Row> siblings) {
            var column = table.require("oracle_decimals");
            if (!row.text(column).isEmpty()) {
                return decimals(row, column);
            }
            var said = siblings.stream()
                    .filter(other -> !other.text(column).isEmpty())
                    .map(other -> decimals(other, column))
                    .collect(Collectors.toSet());
            if (said.size() != 1) {
                throw table.wrong(
                        row, "oracle_decimals is empty and the other reserves do not agree on one: found=" + said);
            }
            return said.iterator().next();
        }

        private int decimals(Row row, Column column) {
            return (int) Cells.whole(table, row, column, MOST_DECIMALS);
        }

        private long orZero(Row row, String name, long most) {
            var column = table.require(name);
            return row.text(column).isEmpty() ? 0 : Cells.whole(table, row, column, most);
        }
    }
}
