package plimsoll.oracle.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.web3j.crypto.Hash;
import plimsoll.oracle.calibration.Book;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.PositionFile.Account;
import plimsoll.oracle.file.PositionFile.Positions;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;

/**
 * A file's borrowers as a book of one market.
 *
 * <p>An asset that the market does not list goes by the listed one that moves with it: stETH by wstETH; what the file does
 * not break down counts as ether where it is collateral, as USDC where it is owed. Where the file states the threshold that
 * held for an account, its debt is scaled so that the account keeps its health factor under this market's thresholds.
 */
final class BookOfFile {

    private static final Map<String, List<String>> STAND_INS = Map.of(
            "STETH", List.of("WSTETH", "WETH"),
            "ETH", List.of("WETH"),
            "BTC", List.of("WBTC"),
            "TUSD", List.of("USDC"),
            "BUSD", List.of("USDC"),
            "SUSD", List.of("USDC"),
            "GUSD", List.of("USDC"),
            "USDP", List.of("USDC"));

    private static final String UNKNOWN_COLLATERAL = "WETH";
    private static final String UNKNOWN_DEBT = "USDC";

    private final Map<String, ReserveRow> reserves = new TreeMap<>();
    private final Positions positions;
    private final BigDecimal unit;

    BookOfFile(Snapshot snapshot, Positions positions) {
        snapshot.reserves().forEach(row -> reserves.put(FileMarket.symbol(row.symbol()), row));
        this.positions = positions;
        this.unit = positions.currency().equals("ETH")
                ? Optional.ofNullable(reserves.get("WETH"))
                        .map(row -> new BigDecimal(row.answer(), row.answerDecimals()))
                        .orElseThrow(() -> plimsoll.runtime.cli.CommandFailure.usage(
                                "Positions are in ETH, and the market has no WETH to value it", "--positions"))
                : BigDecimal.ONE;
    }

    Book book() {
        List<Book.Account> accounts = new ArrayList<>();
        for (Account account : positions.accounts()) {
            account(account).ifPresent(accounts::add);
        }
        return new Book(accounts);
    }

    private Optional<Book.Account> account(Account account) {
        Map<Address, BigDecimal> held = new TreeMap<>();
        BigDecimal weighted = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> entry : account.collateral().entrySet()) {
            Optional<ReserveRow> reserve = reserve(entry.getKey(), UNKNOWN_COLLATERAL);
            if (reserve.isPresent()) {
                held.merge(reserve.get().asset(), entry.getValue(), BigDecimal::add);
                weighted = weighted.add(entry.getValue()
                        .multiply(BigDecimal.valueOf(reserve.get()
                                .parameters()
                                .liquidationThreshold()
                                .raw())));
                total = total.add(entry.getValue());
            }
        }
        Map<Address, BigDecimal> owed = new TreeMap<>();
        for (Map.Entry<String, BigDecimal> entry : account.debt().entrySet()) {
            reserve(entry.getKey(), UNKNOWN_DEBT)
                    .ifPresent(reserve -> owed.merge(reserve.asset(), entry.getValue(), BigDecimal::add));
        }
        if (total.signum() == 0 || owed.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal scale = scale(account, weighted, total);
        List<Book.Collateral> collateral = new ArrayList<>();
        held.forEach((asset, value) ->
                collateral.add(new Book.Collateral(asset, value(value, BigDecimal.ONE), Optional.empty())));
        List<Book.Debt> debts = new ArrayList<>();
        owed.forEach((asset, value) -> debts.add(new Book.Debt(asset, value(value, scale))));
        BigInteger debt = debts.stream().map(part -> part.value().raw()).reduce(BigInteger.ZERO, BigInteger::add);
        return debt.signum() == 0
                ? Optional.empty()
                : Optional.of(new Book.Account(address(account.name()), BaseValue.ofRaw(debt), debts, collateral));
    }

    /** This market's weighted threshold over the file's: by it, the health factor stays what it was. */
    private static BigDecimal scale(Account account, BigDecimal weighted, BigDecimal total) {
        return account.fixedThreshold()
                .filter(stated -> !stated.isZero() && weighted.signum() > 0)
                .map(stated -> weighted.divide(total.multiply(BigDecimal.valueOf(stated.raw())), MathContext.DECIMAL64))
                .orElse(BigDecimal.ONE);
    }

    private Optional<ReserveRow> reserve(String symbol, String unknown) {
        if (symbol.equals(PositionFile.OTHER)) {
            return Optional.ofNullable(reserves.get(unknown));
        }
        ReserveRow own = reserves.get(symbol);
        if (own != null) {
            return Optional.of(own);
        }
        return STAND_INS.getOrDefault(symbol, List.of()).stream()
                .filter(reserves::containsKey)
                .map(reserves::get)
                .findFirst();
    }

    private BaseValue value(BigDecimal inCurrency, BigDecimal scale) {
        return BaseValue.ofRaw(FileMarket.base(inCurrency.multiply(unit).multiply(scale, MathContext.DECIMAL64))
                .toBigInteger());
    }

    /** A name that is no address stands for the address that its hash ends in. */
    private static Address address(String name) {
        try {
            return Address.parse(name);
        } catch (IllegalArgumentException e) {
            return Address.parse("0x" + Hash.sha3String(name).substring(26));
        }
    }
}
