package plimsoll.oracle.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the name of a price file says: {@code ASSET-QUOTE_SOURCE_anything.csv[.gz]}; a name without a quote
 * or with one that we do not know says dollars, or leaves it open for staked ether.
 */
record SeriesName(Path file, String asset, Optional<String> quote, String source) {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9.]+)(?:-([A-Za-z0-9.]+))?(?:[-_]([^_]*)(?:_.*)?)?\\.csv(?:\\.gz)?");

    private static final List<String> SOURCE_ORDER = List.of("binance", "bybitperp", "yahoo", "coinmarketcap");

    /** The rank of a source that the contract does not name. */
    static final int UNRANKED = SOURCE_ORDER.size();

    private static final Set<String> OTHER_CURRENCIES =
            Set.of("ETH", "WETH", "STETH", "BTC", "WBTC", "BNB", "EUR", "GBP");

    static Optional<SeriesName> of(Path file) {
        var match = FORM.matcher(String.valueOf(file.getFileName()));
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SeriesName(
                file,
                match.group(1).toUpperCase(Locale.ROOT),
                Optional.ofNullable(match.group(2)).map(quote -> quote.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(match.group(3)).orElse("").toLowerCase(Locale.ROOT)));
    }

    /** The contract's order of sources; those it does not name come last. */
    int rank() {
        var index = SOURCE_ORDER.indexOf(source);
        return index < 0 ? UNRANKED : index;
    }

    boolean isInDollars() {
        return quote.filter(OTHER_CURRENCIES::contains).isEmpty();
    }

    String fileName() {
        return String.valueOf(file.getFileName());
    }
}
