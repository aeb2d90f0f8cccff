package plimsoll.oracle.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import plimsoll.oracle.calibration.Book;
import plimsoll.oracle.calibration.CalibrationSettings.History;
import plimsoll.oracle.calibration.FileHistory;
import plimsoll.oracle.calibration.Input;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.NoHistory;
import plimsoll.oracle.calibration.Origin;
import plimsoll.oracle.calibration.PriceHistory;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.calibration.SaleQuotes;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.units.Address;

/**
 * A market as files tell it: a snapshot of its configuration, price series, and, where given, positions and quotes.
 * Nothing that was known only after {@code asOf} is looked at.
 */
public final class FileMarket {

    private static final String MARKET = "market";
    private static final String PRICES = "prices";
    private static final String POSITIONS = "positions";
    private static final String LIQUIDITY = "liquidity";

    private final Sources sources;
    private final Snapshot snapshot;
    private final LocalDate asOf;
    private final SortedSet<Input> inputs = new TreeSet<>();

    private FileMarket(Sources sources, Snapshot snapshot, LocalDate asOf) {
        this.sources = sources;
        this.snapshot = snapshot;
        this.asOf = asOf;
    }

    /**
     * Where to look.
     *
     * @param market the file, and after a {@code #} the market's name
     * @param asOf the last day that may be looked at; the snapshot's own where absent
     * @param history the periods that prices are asked for in
     */
    public record Sources(
            String market,
            Optional<LocalDate> asOf,
            PriceDirectory prices,
            Optional<Path> positions,
            Optional<Path> liquidity,
            History history) {}

    public static MarketState read(Sources sources) {
        Snapshot snapshot = MarketFile.read(sources.market(), sources.asOf());
        return new FileMarket(sources, snapshot, sources.asOf().orElse(snapshot.date())).state();
    }

    /**
     * Reads again what a manifest was made from, the files found by name under {@code folders}.
     *
     * @return the market; its inputs tell whether the files' bytes were the same
     */
    public static MarketState readAgain(Origin.FromFiles origin, FoundFiles found, History history) {
        Map<String, List<Path>> byRole = origin.files().stream()
                .collect(Collectors.groupingBy(
                        Input::role, TreeMap::new, Collectors.mapping(found::path, Collectors.toList())));
        return read(new Sources(
                byRole.getOrDefault(MARKET, List.of()).getFirst() + "#" + origin.market(),
                Optional.of(origin.asOf()),
                PriceDirectory.among(byRole.getOrDefault(PRICES, List.of())),
                firstWithoutDetails(byRole.getOrDefault(POSITIONS, List.of())),
                byRole.getOrDefault(LIQUIDITY, List.of()).stream().findFirst(),
                history));
    }

    /** A file's details lie beside it and are found from it. */
    private static Optional<Path> firstWithoutDetails(List<Path> positions) {
        return positions.stream()
                .filter(path -> !String.valueOf(path.getFileName()).contains("_debt_by_asset"))
                .findFirst();
    }

    private Instant end() {
        return asOf.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private MarketState state() {
        inputs.add(input(MARKET, snapshot.file()));
        List<Reserve> reserves = new ArrayList<>();
        for (ReserveRow row : snapshot.reserves()) {
            reserves.add(reserve(row));
        }
        Map<Address, SaleQuotes> sales = new TreeMap<>();
        Map<Address, SaleQuotes> purchases = new TreeMap<>();
        sources.liquidity().ifPresent(file -> {
            QuotedSales quoted = QuotedSales.read(file, snapshot);
            inputs.add(input(LIQUIDITY, quoted.file()));
            sales.putAll(quoted.sales());
            purchases.putAll(quoted.purchases());
        });
        Book book = sources.positions().map(this::book).orElse(Book.EMPTY);
        return new MarketState(
                new Origin.FromFiles(snapshot.market(), snapshot.date(), asOf, List.copyOf(inputs)),
                end(),
                reserves,
                book,
                Optional.empty(),
                sales,
                purchases);
    }

    private Reserve reserve(ReserveRow row) {
        List<String> notes = new ArrayList<>();
        if (row.frozen()) {
            notes.add("reserve is frozen");
        }
        if (!row.usableAsCollateral()) {
            notes.add("reserve is not usable as collateral");
        }
        return new Reserve(
                row.asset(),
                row.symbol(),
                row.parameters(),
                row.protocolShareOfBonus(),
                row.reserveFactor(),
                row.borrowable() && !row.frozen(),
                notes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", notes)),
                row.price(),
                prices(row.symbol()));
    }

    private PriceHistory prices(String symbol) {
        Wanted wanted = Wanted.every(sources.history().period()).until(end());
        return sources.prices()
                .find(symbol, wanted)
                .<PriceHistory>map(series -> {
                    series.files().forEach(file -> inputs.add(input(PRICES, file)));
                    Map<String, Integer> findings = new TreeMap<>();
                    series.findings()
                            .forEach(finding -> findings.merge(finding.kind().name(), 1, Integer::sum));
                    return new FileHistory(
                            series.source(),
                            series.files().stream().map(InputFile::name).toList(),
                            findings,
                            series.contentHash(),
                            series.prices());
                })
                .orElseGet(NoHistory::new);
    }

    private Book book(Path file) {
        PositionFile.Positions positions = PositionFile.read(file);
        positions.files().forEach(used -> inputs.add(input(POSITIONS, used)));
        return new BookOfFile(snapshot, positions).book();
    }

    private static Input input(String role, InputFile file) {
        return new Input(role, file.name(), file.sha256());
    }

    /** A price in dollars as the market's base currency counts: eight decimals. */
    static BigDecimal base(BigDecimal dollars) {
        return dollars.movePointRight(8).setScale(0, RoundingMode.FLOOR);
    }

    static String symbol(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
