package plimsoll.keeper.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.keeper.history.NextLiquidations.Terms;
import plimsoll.keeper.history.RecordedChecks.Beside;
import plimsoll.keeper.history.StakedReplay.Reading;
import plimsoll.keeper.history.StakedReplay.Unit;

/** The study of past liquidations, from rows to a page; the same rows give the same bytes. */
public final class HistoryStudy {

    /** Until then the terms were those of v2's deployment for every asset below; later some bonuses fell. */
    static final Instant AS_DEPLOYED_UNTIL = Instant.parse("2021-07-01T00:00:00Z");

    /** Source: the public deployment configuration of Aave v2 (thresholds 82.5, 75, 75, 65 %; bonuses 5, 10, 10, 10 %). */
    static final List<Terms> TERMS = List.of(
            new Terms("WETH", 0.825, 0.05),
            new Terms("WBTC", 0.75, 0.10),
            new Terms("LINK", 0.75, 0.10),
            new Terms("AAVE", 0.65, 0.10));

    /** The episode whose moves are put on the book of 2023: Terra's fall and stETH's discount. */
    static final Instant STRESS_FROM = Instant.parse("2022-05-05T00:00:00Z");

    static final Instant STRESS_UNTIL = Instant.parse("2022-06-20T00:00:00Z");

    /**
     * What the study is made from.
     *
     * @param liquidations recorded liquidations of Aave v2
     * @param sample some of them as the chain has them
     * @param exchange hourly prices in dollars by collateral
     * @param staked borrowers against stETH in June 2023
     * @param stakedRounds the feed of stETH in ether, 18 decimals
     * @param etherRounds the feed of ether in dollars, 8 decimals
     */
    public record Inputs(
            List<RecordedLiquidation> liquidations,
            List<RawLiquidation> sample,
            Map<String, PricePath> exchange,
            List<StakedPosition> staked,
            List<FeedRound> stakedRounds,
            List<FeedRound> etherRounds) {

        public Inputs {
            liquidations = List.copyOf(liquidations);
            sample = List.copyOf(sample);
            exchange = Map.copyOf(exchange);
            staked = List.copyOf(staked);
            stakedRounds = List.copyOf(stakedRounds);
            etherRounds = List.copyOf(etherRounds);
        }
    }

    /**
     * What came out, for machines.
     *
     * @param explained accounts of which the record does what the path says
     * @param surprising liquidated again though the path does not say so
     * @param spared not liquidated again though the path says so
     * @param fallenAtPar with stETH at par, under each reading of what no file names
     */
    public record Headline(
            int liquidations,
            long sampleFound,
            int blocksOfSeveral,
            int blocksEqual,
            int pricesChecked,
            int pricesWithinOnePercent,
            int accountsReplayed,
            int explained,
            int surprising,
            int spared,
            int borrowers,
            List<Integer> fallen,
            List<Integer> fallenAtPar,
            List<Integer> fallenUnderStress) {}

    /** The page as Markdown, and its figures. */
    public record Study(String page, Headline headline) {}

    private final Inputs inputs;
    private final RecordedChecks checks;
    private final RawChecks sample;
    private final StakedBook book;

    private HistoryStudy(Inputs inputs) {
        this.inputs = inputs;
        checks = new RecordedChecks(inputs.liquidations());
        sample = new RawChecks(inputs.sample());
        book = new StakedBook(inputs.staked());
    }

    public static Study of(Inputs inputs) {
        return new HistoryStudy(inputs).study();
    }

    private Study study() {
        List<Beside> beside = beside();
        List<NextLiquidations.Result> next = next();
        StakedBook.Dated dated = book.dated(inputs.stakedRounds());
        StakedPath rounds = StakedPath.ofRounds(inputs.stakedRounds(), inputs.etherRounds(), dated.from());
        List<StakedReplay.Result> market = replays(rounds);
        List<StakedReplay.Result> par = replays(rounds.atPar());
        List<StakedReplay.Result> stress =
                replays(rounds.movedAs(inputs.stakedRounds(), exchange("WETH"), STRESS_FROM, STRESS_UNTIL));
        RecordedChecks.OneBlock oneBlock = checks.oneBlock();
        var headline = new Headline(
                checks.rows(),
                sample.foundIn(inputs.liquidations()),
                oneBlock.groups(),
                oneBlock.equal(),
                beside.stream().mapToInt(Beside::rows).sum(),
                beside.stream().mapToInt(Beside::withinOnePercent).sum(),
                next.stream().mapToInt(NextLiquidations.Result::accounts).sum(),
                next.stream()
                        .mapToInt(result -> result.foretold() + result.calm())
                        .sum(),
                next.stream().mapToInt(NextLiquidations.Result::surprising).sum(),
                next.stream().mapToInt(NextLiquidations.Result::spared).sum(),
                book.positions().size(),
                fallen(market),
                fallen(par),
                fallen(stress));
        var page = new HistoryPage();
        page.opening(headline, dated);
        page.recorded(inputs.liquidations().size(), checks, sample, headline.sampleFound(), beside);
        page.next(next);
        page.snapshot(book, dated, rounds);
        page.replays(market, par, stress);
        return new Study(page.text(), headline);
    }

    private List<Beside> beside() {
        RecordedChecks early = new RecordedChecks(asDeployed());
        return TERMS.stream()
                .map(terms -> early.beside(terms.collateral(), terms.bonus(), exchange(terms.collateral())))
                .toList();
    }

    private List<NextLiquidations.Result> next() {
        var next = new NextLiquidations(asDeployed());
        return TERMS.stream()
                .map(terms -> next.of(terms, exchange(terms.collateral())))
                .toList();
    }

    private List<RecordedLiquidation> asDeployed() {
        return inputs.liquidations().stream()
                .filter(row -> row.at().isBefore(AS_DEPLOYED_UNTIL))
                .toList();
    }

    private List<StakedReplay.Result> replays(StakedPath path) {
        List<StakedReplay.Result> results = new ArrayList<>();
        for (Unit other : Unit.values()) {
            for (Unit unnamed : Unit.values()) {
                results.add(new StakedReplay(path, new Reading(other, unnamed)).of(book));
            }
        }
        return results;
    }

    private PricePath exchange(String collateral) {
        PricePath path = inputs.exchange().get(collateral);
        if (path == null) {
            throw new IllegalArgumentException("No exchange prices: collateral=" + collateral);
        }
        return path;
    }

    private static List<Integer> fallen(List<StakedReplay.Result> results) {
        return results.stream().map(result -> result.fallen().size()).toList();
    }
}
