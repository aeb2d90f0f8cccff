package plimsoll.keeper.liquidation.guard;

import java.time.Duration;
import plimsoll.units.Bps;
import plimsoll.units.Wei;

/**
 * What counts as sane.
 *
 * @param sequencerGrace how long after a sequencer came back nothing is sent
 * @param leastCoin the least of the chain's coin that our account keeps
 * @param sends what is made of our own reverts and delays
 */
public record GuardPolicy(Prices prices, Duration sequencerGrace, Wei leastCoin, Subjects subjects, Sends sends) {

    /**
     * When a price is not believed.
     *
     * @param maxDeviation the most by which a second source may differ from the protocol's price, 0 for any
     * @param maxSaleDeviation the most by which the venue's price of a small sale may differ from the protocol's, either way, 0 for any
     * @param boundMargin how close to the least or the most that its feed can report an answer may come
     * @param maxRepeatedMove the most by which a second source may move while the protocol's feed repeats one answer, 0 for any
     */
    public record Prices(Bps maxDeviation, Bps maxSaleDeviation, Bps boundMargin, Bps maxRepeatedMove) {

        /** 5 % from a second source, 10 % from the venue, 10 % from a feed's bounds, 2 % behind a repeated answer. */
        public static final Prices USUAL = new Prices(Bps.percent(5), Bps.percent(10), Bps.percent(10), Bps.percent(2));
    }

    /**
     * Who and what is left alone.
     *
     * @param assets those that may be repaid or seized
     * @param accounts those that may be liquidated
     * @param waitsForCompetitors whether an account is left alone, for one block, while another's transaction for it waits
     * @param holdsFrozen whether reserves that governance has frozen are left alone; the protocol goes on liquidating in them
     */
    public record Subjects(Lists assets, Lists accounts, boolean waitsForCompetitors, boolean holdsFrozen) {

        public static final Subjects USUAL = new Subjects(Lists.NONE, Lists.NONE, true, false);
    }

    /**
     * What is made of our own reverts and delays.
     *
     * @param retryAfter the pause after an account's first revert; each further revert doubles it
     * @param mostReverts after so many reverts in a row an account is left alone for a day
     * @param maxRevertRatio the largest share of our last transactions that may revert
     * @param sample how few outcomes are too few to count that share
     * @param slowestSend the longest that a node may take to accept a transaction
     */
    public record Sends(Duration retryAfter, int mostReverts, Bps maxRevertRatio, int sample, Duration slowestSend) {

        public static final Sends USUAL =
                new Sends(Duration.ofSeconds(30), 3, Bps.percent(50), 5, Duration.ofSeconds(5));
    }

    /** And an hour after a sequencer's return. */
    public static final GuardPolicy USUAL =
            new GuardPolicy(Prices.USUAL, Duration.ofHours(1), Wei.ZERO, Subjects.USUAL, Sends.USUAL);

    /** As usual, whatever the venue's price: for markets whose venue does not follow the feeds. */
    public static final GuardPolicy ANY_SALE_PRICE = USUAL.with(
            new Prices(Prices.USUAL.maxDeviation, Bps.ZERO, Prices.USUAL.boundMargin, Prices.USUAL.maxRepeatedMove));

    public GuardPolicy with(Prices other) {
        return new GuardPolicy(other, sequencerGrace, leastCoin, subjects, sends);
    }

    public GuardPolicy with(Subjects other) {
        return new GuardPolicy(prices, sequencerGrace, leastCoin, other, sends);
    }

    public GuardPolicy with(Sends other) {
        return new GuardPolicy(prices, sequencerGrace, leastCoin, subjects, other);
    }

    public GuardPolicy withLeastCoin(Wei least) {
        return new GuardPolicy(prices, sequencerGrace, least, subjects, sends);
    }
}
