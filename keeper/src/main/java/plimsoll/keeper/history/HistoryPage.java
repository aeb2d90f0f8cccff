package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import plimsoll.keeper.history.RecordedChecks.Beside;
import plimsoll.keeper.history.StakedReplay.Fallen;
import plimsoll.keeper.history.StakedReplay.Result;
import plimsoll.keeper.history.StakedReplay.Unit;

/** The study as Markdown; every figure in it was computed. */
final class HistoryPage {

    private static final int MOST_ACCOUNTS = 15;

    private final StringBuilder page = new StringBuilder();

    String text() {
        return page.toString();
    }

    void opening(HistoryStudy.Headline headline, StakedBook.Dated dated) {
        add("""
            # Liquidations of the past: our rules beside what happened

            This page is computed. `./plimsoll keeper study --data ../shared/data --out docs/studies/keeper-history.md` writes it anew
            from the data folder, with the same bytes for the same files.

            Two pieces of history. Of Aave v2 in 2021 we have what happened, 7,691 liquidations, and not the book; so each row is held
            against the rule, and from an account's first liquidation its position is rebuilt and its next one foretold. Of Aave v2 in
            June 2023 we have the book, 1,309 borrowers against stETH, and not what happened to them; so the book is run along the
            rounds of the feeds that followed, and along the worst weeks of 2022.

            - %s of %s blocks with several liquidations of one pair: one rate for all, to the last unit of the amounts.
            - %s of %s liquidations against dollars are at a price within 1 %% of an exchange's range of the same hour.
            - Of %s accounts rebuilt from their first liquidation, the next seven days went as foretold for %s (%s); %s were
              liquidated again without being foretold, and %s were foretold and are not in the record.
            - Of the %s borrowers of %s, %s fall below the line along the feeds' rounds to January 2024, depending on what is
              assumed of holdings and debts that no file names; %s with stETH at par; %s under the moves of May and June 2022.

            Aave v2's rules are taken from its public sources. No package at hand ships its contracts, so our arithmetic for it is
            **not proven on chain**: what proves it is the record itself, below. The keeper does not act on Aave v2.

            """.formatted(
                        Numbers.whole(headline.blocksEqual()),
                        Numbers.whole(headline.blocksOfSeveral()),
                        Numbers.whole(headline.pricesWithinOnePercent()),
                        Numbers.whole(headline.pricesChecked()),
                        Numbers.whole(headline.accountsReplayed()),
                        Numbers.whole(headline.explained()),
                        Numbers.percent(headline.explained() / (double) headline.accountsReplayed(), 0),
                        Numbers.whole(headline.surprising()),
                        Numbers.whole(headline.spared()),
                        Numbers.whole(headline.borrowers()),
                        dated.from().toString().substring(0, 10),
                        range(headline.fallen()),
                        range(headline.fallenAtPar()),
                        range(headline.fallenUnderStress())));
    }

    void recorded(int all, RecordedChecks checks, RawChecks sample, long found, List<Beside> beside) {
        RecordedChecks.OneAsset oneAsset = checks.oneAsset();
        RecordedChecks.OneBlock oneBlock = checks.oneBlock();
        RecordedChecks.CloseFactor closeFactor = checks.closeFactor();
        add("""
            ## Aave v2, December 2020 to December 2021: each row against the rule

            `seized = repaid × price of debt × (1 + bonus) ÷ price of collateral`, cut to the account's collateral; repaid at once at
            most half of the account's debt in the asset. The files have the two amounts of every liquidation and no health factor, debt
            or answer of the pool's oracle at its block. What can be said without those:

            - **The rows are the chain's.** %s of %s events that a second source has as raw integers stand among the %s rows with the
              same second, account and amounts. %s rows have an amount of nought and are left out of everything below.
            - **No price enters where debt and collateral are one asset**: %s of %s such rows are `repaid × (1 + bonus)` to the digits of
              the file (%s).
            - **One price and one bonus hold for all liquidations of a pair in one block**, whoever they were and however much was taken:
              of %s such blocks (%s rows) %s agree to the last unit of their amounts, %s within 0.01 %%, and %s differ by more. Those
              may be steps of a feed that landed between two transactions of the block; no file tells. They are listed below.
            - **Close factor.** %s pairs of liquidations hit one account's debt within an hour: in %s the second repaid half of
              the first to within 0.1 %%, as it must where both took the most; in %s it took less, in %s more, which is legal where the first
              left room. The rule itself, half of the debt at that block, cannot be checked: no file has the debts.
            - **Not checkable at all**: whether each account was below the line. That needs its whole position.

            """.formatted(
                        found,
                        sample.events(),
                        Numbers.whole(all),
                        all - checks.rows(),
                        oneAsset.exact(),
                        oneAsset.rows(),
                        oneAsset.bonuses().entrySet().stream()
                                .map(bonus -> bonus.getKey() + ": " + bonus.getValue())
                                .collect(Collectors.joining(", ")),
                        oneBlock.groups(),
                        Numbers.whole(oneBlock.rows()),
                        oneBlock.equal(),
                        oneBlock.between(),
                        oneBlock.step().size(),
                        closeFactor.pairs(),
                        closeFactor.halves(),
                        closeFactor.less(),
                        closeFactor.more()));
        add("""
            Blocks with two rates, and how far apart they are: %s.

            """.formatted(String.join("; ", oneBlock.step())));
        add("""
            ### Price beside an exchange

            With the bonus of v2's deployment the amounts imply the price that the pool counted. Beside it, the range of an
            exchange in the same hour; rows against USDC, USDT and DAI, before July 2021, which count as a dollar. LINK and AAVE are beside a
            perpetual future.

            """);
        add(Numbers.table(
                Numbers.cells(
                        "collateral",
                        "rows",
                        "within the hour's range",
                        "within 1 % of it",
                        "farthest outside",
                        "no price"),
                beside.stream()
                        .map(one -> Numbers.cells(
                                one.collateral(),
                                Numbers.whole(one.rows()),
                                Numbers.whole(one.within()),
                                Numbers.whole(one.withinOnePercent()),
                                Numbers.percent(one.farthest(), 2),
                                one.unpriced()))
                        .toList()));
        add("""

            ### Bonus beside the pool's own prices

            From 2021-07-28 the file joins the prices that an index of the pool had. They imply a bonus; the two most frequent of each
            collateral explain the rows counted beside them, to within 0.05 %. Where no value is frequent, or few rows are explained, the joined
            prices are not those that the pool counted: a bonus cannot be checked with them.

            """);
        add(Numbers.table(
                Numbers.cells("collateral", "rows with prices", "usual bonus", "rows explained"),
                checks.bonuses().stream()
                        .map(bonus -> Numbers.cells(
                                bonus.collateral(),
                                bonus.rows(),
                                bonus.usual().isEmpty()
                                        ? "none"
                                        : bonus.usual().stream()
                                                .map(value -> Numbers.percent(value, 1))
                                                .collect(Collectors.joining(", ")),
                                bonus.explained()))
                        .toList()));
    }

    void next(List<NextLiquidations.Result> results) {
        add("""

            ## Aave v2, until July 2021: who would be liquidated next, and who was

            Accounts whose every liquidation is of one collateral for one of USDC, USDT and DAI, the first of at least 100 dollars. The first
            liquidation gives the position: the debt is twice what was repaid, the collateral such that the health factor was 1, less
            what was seized. The exchange's hours after it say whether the price falls below the new trigger within seven days.
            The record says whether the account was liquidated again in these days. Nothing was fitted.

            Of %s accounts that were foretold, %s are not in the record: they repaid, added collateral, or held something else. Whoever is
            in the record and was not foretold fell further than 1 at once, or took funds away.

            """.formatted(
                results.stream().mapToInt(one -> one.foretold() + one.spared()).sum(),
                results.stream().mapToInt(NextLiquidations.Result::spared).sum()));
        List<List<String>> rows = new ArrayList<>();
        for (NextLiquidations.Result result : results) {
            rows.add(Numbers.cells(
                    result.terms().collateral(),
                    result.accounts(),
                    result.foretold(),
                    result.calm(),
                    result.spared(),
                    result.surprising(),
                    quantiles(result.atTrigger(), 3),
                    quantiles(result.hoursLate(), 1)));
        }
        add(Numbers.table(
                Numbers.cells(
                        "collateral",
                        "accounts",
                        "foretold, happened",
                        "neither",
                        "foretold, not in the record",
                        "happened, not foretold",
                        "price of the second over our trigger: quartiles",
                        "hours from our trigger to the record: quartiles"),
                rows));
    }

    void snapshot(StakedBook book, StakedBook.Dated dated, StakedPath path) {
        List<StakedPosition> below = book.belowTheLine();
        add("""

            ## Aave v2's borrowers against stETH, June 2023: the book

            - **When.** %s accounts are valued at %s ether a stETH, the answer of the round of %s; the next came at
              %s. The snapshot was taken between the two; the book starts at the first.
            - **Health.** v2's rule over the file's values gives the file's health factors for all %s accounts, to within %s.
            - **What.** Collateral of %s ether, %s stETH in it; debt of %s ether: %s in ether, %s in stablecoins, %s in other named
              assets, %s without a name. Collateral beside stETH has no name either.
            - **Below the line already**: %s accounts, the worst at %s, with %s ether of debt together. Nobody took them: half of
              such a debt does not pay for its gas.

            """.formatted(
                        dated.accounts(),
                        new BigDecimal(dated.answer(), 18).toPlainString(),
                        dated.from(),
                        dated.until(),
                        Numbers.whole(book.positions().size()),
                        magnitude(book.healthDifference()),
                        ether(book.sum(StakedPosition::collateral)),
                        ether(book.sum(StakedPosition::staked)),
                        ether(book.sum(StakedPosition::debt)),
                        ether(book.sum(StakedPosition::etherDebt)),
                        ether(book.sum(StakedPosition::dollarDebt)),
                        ether(book.sum(StakedPosition::otherNamedDebt)),
                        ether(book.sum(StakedPosition::unnamedDebt)),
                        below.size(),
                        Numbers.number(below.getFirst().healthFactor(), 3),
                        Numbers.number(
                                below.stream()
                                        .mapToDouble(one -> one.debt().doubleValue())
                                        .sum(),
                                2)));
        add("""
            The path has a step at every round of stETH/ETH and of ETH/USD from %s to %s, %s steps. Debts in
            stablecoins keep their dollars, debts in ether their ether. At every step everyone below the line is liquidated by v2's rule
            until he is above it or nothing is left: half of the debt at a time, at a bonus of 7.5 %% (stETH's; it is taken for all collateral),
            whatever it pays. Nobody else acts and no interest accrues, in either direction.

            """.formatted(
                path.first().at(), path.last().at(), Numbers.whole(path.steps().size())));
    }

    void replays(List<Result> market, List<Result> par, List<Result> stress) {
        add("""
            What no file names is read in four ways: collateral beside stETH, and debts without a name, keep their worth in ether or in
            dollars.

            ### Along the rounds of the feeds

            """);
        add(table(market));
        add("""

            The largest, read as ether and ether:

            """);
        add(largest(market.getFirst()));
        add("""

            ### With stETH at par

            A proposal dated 2023-06-13 (`params/aave_param_changes_until_20250630.csv`) takes v2's price of stETH to one ether. The snapshot
            still has the market's price; if the proposal passed soon after, this is the path that counted. Whom it takes is to be compared with
            the table above: the discount of these months was small.

            """);
        add(table(par));
        add("""

            ### Under the moves of May and June 2022

            The same book under the moves of %s to %s: the rounds of stETH/ETH, and ether on an exchange by the hour. This did not happen
            to these borrowers; it is what their debts would have met a year earlier.

            """.formatted(
                        HistoryStudy.STRESS_FROM.toString().substring(0, 10),
                        HistoryStudy.STRESS_UNTIL.toString().substring(0, 10)));
        add(table(stress));
        add("""

            ### Beside what happened

            No file at hand records liquidations of Aave v2 after 2021, so nobody of this book can be shown to have been liquidated or
            not. That a borrower falls along the path says that he had to act by then, no more.
            """);
    }

    private static String table(List<Result> results) {
        return Numbers.table(
                Numbers.cells(
                        "collateral beside stETH",
                        "debts without a name",
                        "accounts that fall",
                        "of these with 1 ether of debt or more",
                        "seized, ether",
                        "repaid, ether",
                        "left unpaid, ether",
                        "first to fall"),
                results.stream()
                        .map(result -> Numbers.cells(
                                name(result.reading().otherCollateral()),
                                name(result.reading().unnamedDebt()),
                                result.fallen().size(),
                                result.sizeable(),
                                ether(result.sum(Fallen::seized)),
                                ether(result.sum(Fallen::repaid)),
                                Numbers.number(result.sum(Fallen::unpaid).doubleValue(), 2),
                                result.fallen().stream()
                                        .filter(one -> one.position().healthFactor() >= 1)
                                        .map(Fallen::first)
                                        .min(java.util.Comparator.naturalOrder())
                                        .map(Object::toString)
                                        .orElse("nobody")))
                        .toList());
    }

    private static String largest(Result result) {
        return Numbers.table(
                Numbers.cells(
                        "account",
                        "debt, ether",
                        "health at the snapshot",
                        "below the line first",
                        "stETH/ETH",
                        "ETH/USD",
                        "seized, ether"),
                result.fallen().stream()
                        .limit(MOST_ACCOUNTS)
                        .map(one -> Numbers.cells(
                                "`" + one.position().account() + "`",
                                ether(one.position().debt()),
                                Numbers.number(one.position().healthFactor(), 4),
                                one.first(),
                                Numbers.number(new BigDecimal(one.prices().staked(), 18).doubleValue(), 4),
                                Numbers.number(new BigDecimal(one.prices().ether(), 8).doubleValue(), 2),
                                ether(new BigDecimal(one.seized(), 18))))
                        .toList());
    }

    private static String name(Unit unit) {
        return switch (unit) {
            case ETHER -> "as ether";
            case DOLLAR -> "as dollars";
        };
    }

    private static String ether(BigDecimal ether) {
        return Numbers.number(ether.doubleValue(), ether.abs().doubleValue() < 100 ? 2 : 0);
    }

    private static String magnitude(double share) {
        return share == 0 ? "the last digit" : "1 part in 10^" + (int) Math.floor(-Math.log10(share));
    }

    private static String range(List<Integer> counts) {
        int least = counts.stream().mapToInt(Integer::intValue).min().orElseThrow();
        int most = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return least == most ? Numbers.whole(least) : Numbers.whole(least) + " to " + Numbers.whole(most);
    }

    private static String quantiles(List<Double> sorted, int decimals) {
        return sorted.isEmpty()
                ? "-"
                : java.util.stream.IntStream.rangeClosed(1, 3)
                        .mapToObj(quarter -> Numbers.number(sorted.get(quarter * (sorted.size() - 1) / 4), decimals))
                        .collect(Collectors.joining(", "));
    }

    private void add(String text) {
        page.append(text);
    }
}
