package plimsoll.oracle.study;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.PositionFile;
import plimsoll.oracle.file.PositionFile.Account;
import plimsoll.oracle.file.PositionFile.Loan;
import plimsoll.oracle.file.SeriesFile;
import plimsoll.oracle.study.Profile.Appetite;

/**
 * The borrowers whom the study sends through history. They stand in for the market's own, of whom there is no file: the
 * stETH borrowers of Aave v2 in June 2023, and for every other collateral loans with the sizes and leverage of crvUSD.
 */
final class StandInBook {

    /** Of a volatile asset's supply cap, what is held against debt. */
    static final double SHARE_OF_CAP = 0.5;

    /** Most stablecoins are supplied for interest and hold up no debt. */
    static final double SHARE_OF_STABLE_CAP = 0.05;

    static final int LOANS_PER_ASSET = 200;

    /** Below it a health factor is a liquidation that nobody found worth the gas. */
    private static final double HEALTHY = 1;

    /** crvUSD lends at most (1 − discount)·(1 − 1/A)^(N/2) of the collateral: discount 9 %, A = 100. */
    private static final double LOAN_DISCOUNT = 0.09;

    private static final double BAND = 0.995;

    /** Debt below it is dust. */
    private static final BigDecimal SMALLEST_DEBT = BigDecimal.valueOf(1_000);

    private static final double LEAST_SHARE_OF_LIMIT = 0.05;

    static final Set<String> STABLE = Set.of("USDC", "USDT", "DAI", "LUSD", "FRAX", "sDAI");
    private static final List<String> BORROWED = List.of("USDC", "USDT", "DAI");
    private static final String ETHER = "WETH";
    private static final String STAKED = "wstETH";

    private static final Instant QUARTER_START = Instant.parse("2023-10-01T00:00:00Z");
    private static final Instant QUARTER_END = Instant.parse("2024-01-01T00:00:00Z");

    private final List<Account> stakedBorrowers;
    private final List<Double> loanSizes;
    private final List<Double> loanShares;

    StandInBook(StudyFiles files) {
        stakedBorrowers = PositionFile.read(files.stakedBorrowers()).accounts();
        var loans = PositionFile.loans(files.bitcoinLoans()).stream()
                .filter(loan -> loan.debt().compareTo(SMALLEST_DEBT) >= 0
                        && loan.collateralAmount().signum() > 0)
                .sorted(Comparator.comparing(Loan::collateralAmount).reversed())
                .toList();
        var bitcoin = meanPrice(files);
        loanSizes = new ArrayList<>();
        loanShares = new ArrayList<>();
        for (var i = 0; i < LOANS_PER_ASSET; i++) {
            // The middle of each of equally many stretches of the loans by size: large and small as there are.
            var loan = loans.get((int) ((2L * i + 1) * loans.size() / (2L * LOANS_PER_ASSET)));
            var value = loan.collateralAmount().doubleValue() * bitcoin;
            var most = (1 - LOAN_DISCOUNT) * StrictMath.pow(BAND, loan.bands());
            loanSizes.add(value);
            loanShares.add(Math.clamp(loan.debt().doubleValue() / (value * most), LEAST_SHARE_OF_LIMIT, 1));
        }
    }

    private static double meanPrice(StudyFiles files) {
        var prices = SeriesFile.prices(
                        files.dailyPrices().resolve("BTC-USDT_binance.csv"), Optional.empty(), Optional.empty())
                .between(QUARTER_START, QUARTER_END);
        var sum = 0.0;
        for (var i = 0; i < prices.size(); i++) {
            sum += prices.price(i);
        }
        return sum / prices.size();
    }

    /** The borrowers of a market on the day of its snapshot, in dollars of that day, for the assets that are replayed. */
    List<Profile> of(Snapshot snapshot, Set<String> replayed) {
        var profiles = new ArrayList<Profile>();
        for (var reserve : snapshot.reserves()) {
            var symbol = reserve.symbol();
            if (!replayed.contains(symbol)
                    || reserve.parameters().liquidationThreshold().isZero()) {
                continue;
            }
            var capValue = reserve.parameters().supplyCap() * reserve.price();
            profiles.addAll(symbol.equals(STAKED) ? staked(snapshot, capValue) : loans(symbol, capValue));
        }
        return profiles;
    }

    private List<Profile> staked(Snapshot snapshot, double capValue) {
        var ether = snapshot.reserves().stream()
                .filter(reserve -> reserve.symbol().equals(ETHER))
                .mapToDouble(ReserveRow::price)
                .findFirst()
                .orElseThrow();
        var profiles = stakedBorrowers.stream()
                .flatMap(account -> staked(account, ether).stream())
                .toList();
        var held = profiles.stream()
                .mapToDouble(profile -> profile.collateral().getOrDefault(STAKED, 0.0))
                .sum();
        var factor = Math.min(1, capValue / held);
        return profiles.stream().map(profile -> profile.scaled(factor)).toList();
    }

    private static Optional<Profile> staked(Account account, double ether) {
        var collateral = account.collateralValue().doubleValue();
        var debt = account.debtValue().doubleValue();
        var threshold = account.fixedThreshold().orElseThrow().raw() / 10_000.0;
        if (debt <= 0 || collateral * threshold <= HEALTHY * debt) {
            return Optional.empty();
        }
        var held = new TreeMap<String, Double>();
        account.collateral()
                .forEach((asset, value) ->
                        held.merge(asset.equals("STETH") ? STAKED : ETHER, value.doubleValue() * ether, Double::sum));
        var mix = new TreeMap<String, Double>();
        account.debt().forEach((asset, value) -> mix.merge(borrowed(asset), value.doubleValue() / debt, Double::sum));
        var etherOnly = mix.keySet().equals(Set.of(ETHER)) && held.keySet().equals(Set.of(STAKED));
        return Optional.of(new Profile(held, mix, new Appetite.Health(collateral * threshold / debt), etherOnly));
    }

    /** Debts of small stablecoins, and those that the file does not break down, count as USDC. */
    private static String borrowed(String asset) {
        return asset.equals(ETHER) || BORROWED.contains(asset) ? asset : "USDC";
    }

    private List<Profile> loans(String symbol, double capValue) {
        var stable = STABLE.contains(symbol);
        var all = loanSizes.stream().mapToDouble(Double::doubleValue).sum();
        var factor = capValue * (stable ? SHARE_OF_STABLE_CAP : SHARE_OF_CAP) / all;
        var profiles = new ArrayList<Profile>();
        for (var i = 0; i < LOANS_PER_ASSET; i++) {
            var owed = stable ? ETHER : BORROWED.get(i % BORROWED.size());
            profiles.add(new Profile(
                    new TreeMap<>(Map.of(symbol, loanSizes.get(i) * factor)),
                    new TreeMap<>(Map.of(owed, 1.0)),
                    new Appetite.ShareOfLimit(loanShares.get(i)),
                    false));
        }
        return profiles;
    }
}
