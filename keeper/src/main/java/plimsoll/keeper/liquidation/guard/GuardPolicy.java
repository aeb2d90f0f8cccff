package plimsoll.keeper.liquidation.guard;

import java.time.Duration;
import plimsoll.units.Bps;
import plimsoll.units.Wei;

/**
 * What counts as sane.
 *
 * @param maxDeviation the most by which a second source may differ from the protocol's price, 0 for any
 * @param maxSaleDeviation the most by which the venue's price of a small sale may differ from the protocol's, either way, 0 for any
 * @param boundMargin how close to the least or the most that its feed can report an answer may come
 * @param maxRepeatedMove the most by which a second source may move while the protocol's feed repeats one answer, 0 for any
 * @param sequencerGrace how long after a sequencer came back nothing is sent
 * @param leastCoin the least of the chain's coin that our account keeps
 * @param assets those that may be repaid or seized
 * @param accounts those that may be liquidated
 * @param waitsForCompetitors whether an account is left alone, for one block, while another's transaction for it waits
 * @param holdsFrozen whether reserves that governance has frozen are left alone; the protocol goes on liquidating in them
 * @param sends what is made of our own reverts and delays
 */
public record GuardPolicy(
        Bps maxDeviation,
        Bps maxSaleDeviation,
        Bps boundMargin,
        Bps maxRepeatedMove,
        Duration sequencerGrace,
        Wei leastCoin,
        Lists assets,
        Lists accounts,
        boolean waitsForCompetitors,
        boolean holdsFrozen,
        Sends sends) {

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

    /** 5 % from a second source, 10 % from the venue, 10 % from a feed's bounds, 2 % behind a repeated answer, an hour after a sequencer's return. */
    public static final GuardPolicy USUAL = new GuardPolicy(
            Bps.percent(5),
            Bps.percent(10),
            Bps.percent(10),
            Bps.percent(2),
            Duration.ofHours(1),
            Wei.ZERO,
            Lists.NONE,
            Lists.NONE,
            true,
            false,
            Sends.USUAL);

    /** As usual, whatever the venue's price: for markets whose venue does not follow the feeds. */
    public static final GuardPolicy ANY_SALE_PRICE = USUAL.withSaleDeviation(Bps.ZERO);

    public GuardPolicy withSaleDeviation(Bps most) {
        return new GuardPolicy(
                maxDeviation,
                most,
                boundMargin,
                maxRepeatedMove,
                sequencerGrace,
                leastCoin,
                assets,
                accounts,
                waitsForCompetitors,
                holdsFrozen,
                sends);
    }

    public GuardPolicy withLists(Lists ofAssets, Lists ofAccounts) {
        return new GuardPolicy(
                maxDeviation,
                maxSaleDeviation,
                boundMargin,
                maxRepeatedMove,
                sequencerGrace,
                leastCoin,
                ofAssets,
                ofAccounts,
                waitsForCompetitors,
                holdsFrozen,
                sends);
    }

    public GuardPolicy withLeastCoin(Wei least) {
        return new GuardPolicy(
                maxDeviation,
                maxSaleDeviation,
                boundMargin,
                maxRepeatedMove,
                sequencerGrace,
                least,
                assets,
                accounts,
                waitsForCompetitors,
                holdsFrozen,
                sends);
    }

    public GuardPolicy withSends(Sends other) {
        return new GuardPolicy(
                maxDeviation,
                maxSaleDeviation,
                boundMargin,
                maxRepeatedMove,
                sequencerGrace,
                leastCoin,
                assets,
                accounts,
                waitsForCompetitors,
                holdsFrozen,
                other);
    }

    public GuardPolicy withFrozenHeld() {
        return new GuardPolicy(
                maxDeviation,
                maxSaleDeviation,
                boundMargin,
                maxRepeatedMove,
                sequencerGrace,
                leastCoin,
                assets,
                accounts,
                waitsForCompetitors,
                true,
                sends);
    }
}
