package plimsoll.oracle.study;

import java.util.ArrayList;
import java.util.List;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.risk.simulation.SaleImpact;
import plimsoll.risk.stress.HistoricalWindow.Episode;
import plimsoll.risk.stress.HistoricalWindow.Known;

/** Puts a market, its stand-in book and depths, and the prices of an episode together: assets that lack one are left out. */
final class MarketReplays {

    private final WindowPrices prices;
    private final StandInDepth depths;
    private final StandInBook book;

    MarketReplays(StudyFiles files, StandInDepth depths, StandInBook book) {
        prices = new WindowPrices(files);
        this.depths = depths;
        this.book = book;
    }

    /** Depths are those of the snapshot's day: a book of that day in markets of that day meets the episode's prices. */
    Prepared prepare(Snapshot snapshot, Episode episode) {
        var day = snapshot.date().atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
        var reserves = new ArrayList<ReserveRow>();
        var impacts = new ArrayList<SaleImpact>();
        var known = new ArrayList<Known>();
        var sources = new ArrayList<String>();
        for (var reserve : snapshot.reserves()) {
            var told = prices.of(reserve.symbol(), episode);
            var impact = depths.of(reserve.symbol(), day);
            if (told.isPresent() && impact.isPresent()) {
                reserves.add(reserve);
                impacts.add(impact.get());
                known.add(told.get().known());
                sources.add(reserve.symbol() + " " + told.get().source());
            }
        }
        return new Prepared(new Replay(snapshot, reserves, impacts, book, episode.step()), known, sources);
    }

    /**
     * A market ready for an episode.
     *
     * @param known prices in the order of the replay's assets
     * @param sources what each asset's prices are, in words
     */
    record Prepared(Replay replay, List<Known> known, List<String> sources) {
        Prepared {
            known = List.copyOf(known);
            sources = List.copyOf(sources);
        }
    }
}
