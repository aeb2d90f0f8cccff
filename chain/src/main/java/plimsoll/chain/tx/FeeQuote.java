package plimsoll.chain.tx;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.FeeHistory;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;

/**
 * What to offer now: for each urgency a tip, and a whole price that the base fee may grow into.
 * maxFee = headroom × base + tip, base = next · min(next / oldest, 2) where the base fee rose over the last blocks, else next.
 *
 * <p>The tip is the median over the last blocks of the tip at the urgency's percentile of each block's gas. Blocks without a
 * transaction, and those whose makers took nothing, tell nothing of what a tip buys and are left out.
 *
 * @param newest the last block that it knows of
 * @param baseFee the next block's, below which it takes nothing
 */
record FeeQuote(BlockNumber newest, GasPrice baseFee, Map<Urgency, Fees> offers) {

    private static final int BLOCKS = 10;
    private static final BigInteger STEEPEST = BigInteger.TWO;

    static FeeQuote ask(Chain chain, GasPrice minTip) {
        return of(chain.feeHistory(BLOCKS, Urgency.PERCENTILES), minTip);
    }

    static FeeQuote of(FeeHistory history, GasPrice minTip) {
        Map<Urgency, Fees> offers = new EnumMap<>(Urgency.class);
        List<List<GasPrice>> telling = history.rewards().stream()
                .filter(tips -> tips.stream().anyMatch(tip -> !tip.isZero()))
                .toList();
        for (Urgency urgency : Urgency.values()) {
            List<GasPrice> tips = telling.stream()
                    .map(block -> block.get(urgency.place()))
                    .sorted()
                    .toList();
            GasPrice tip = Fees.max(minTip, tips.isEmpty() ? minTip : tips.get(tips.size() / 2));
            GasPrice base = urgency == Urgency.SLOW ? history.nextBaseFee() : expected(history);
            offers.put(
                    urgency,
                    new Fees(
                            base.times(urgency.headroom(), RoundingMode.CEILING).plus(tip), tip));
        }
        return new FeeQuote(history.newest(), history.nextBaseFee(), offers);
    }

    /** Where the base fee stands when it rises once more as it has risen. */
    private static GasPrice expected(FeeHistory history) {
        BigInteger next = history.nextBaseFee().raw();
        BigInteger oldest = history.baseFees().getFirst().raw();
        if (oldest.signum() == 0 || next.compareTo(oldest) <= 0) {
            return history.nextBaseFee();
        }
        return GasPrice.ofRaw(next.multiply(next).divide(oldest).min(next.multiply(STEEPEST)));
    }

    Fees offer(Urgency urgency) {
        Fees offer = offers.get(urgency);
        if (offer == null) {
            throw new IllegalStateException("Quote lacks an urgency: urgency=" + urgency);
        }
        return offer;
    }

    /** What an intent offers at first: a bid's tip is the one that was bid, whatever others tip. */
    Fees offer(TransactionIntent intent, Urgency urgency) {
        Fees usual = offer(urgency);
        return intent.bid()
                .map(bid ->
                        new Fees(usual.maxFee().minus(usual.maxPriorityFee()).plus(bid.tip()), bid.tip()))
                .orElse(usual);
    }

    /** Whether the next block cannot take what is offered. */
    boolean pricesOut(Attempt attempt) {
        return attempt.maxFee().compareTo(baseFee) < 0;
    }

    /** Whether the next block would be paid clearly less, by more than a replacement's least raise, than this urgency offers. */
    boolean isBeneath(Attempt attempt, Urgency urgency) {
        GasPrice paid = Fees.of(attempt).tipAt(baseFee).orElse(GasPrice.ZERO);
        return Fees.raise(paid).compareTo(offer(urgency).maxPriorityFee()) < 0;
    }
}
