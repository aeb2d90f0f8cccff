package plimsoll.chain.tx;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.FeeHistory;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** The two prices of an EIP-1559 transaction; the tip never exceeds the whole. */
record Fees(GasPrice maxFee, GasPrice maxPriorityFee) {

    /** What the network asks now: fees to offer, and the next block's base fee. */
    record Quote(Fees fees, GasPrice baseFee) {}

    private static final int BLOCKS = 5;
    private static final int MEDIAN = 50;
    /** Doubling the base fee carries a transaction over five full blocks, each raising it by at most an eighth. */
    private static final Bps HEADROOM = Bps.percent(200);
    /** Nodes want 10 % more to replace a transaction, some 12.5 %. */
    private static final Bps RAISE = new Bps(11_250);

    Fees {
        if (maxPriorityFee.compareTo(maxFee) > 0) {
            maxPriorityFee = maxFee;
        }
    }

    /** Twice the next base fee, and a tip that half of the gas of the last blocks' transactions did not exceed. */
    static Quote quote(Chain chain, GasPrice minTip) {
        FeeHistory history = chain.feeHistory(BLOCKS, List.of(MEDIAN));
        List<GasPrice> tips =
                history.rewards().stream().map(List::getFirst).sorted().toList();
        GasPrice median = tips.isEmpty() ? minTip : tips.get(tips.size() / 2);
        GasPrice tip = median.compareTo(minTip) > 0 ? median : minTip;
        GasPrice baseFee = history.nextBaseFee();
        return new Quote(new Fees(baseFee.times(HEADROOM, RoundingMode.CEILING).plus(tip), tip), baseFee);
    }

    static Fees of(Attempt attempt) {
        return new Fees(attempt.maxFee(), attempt.maxPriorityFee());
    }

    Fees atMost(GasPrice cap) {
        return new Fees(min(maxFee, cap), maxPriorityFee);
    }

    /** Fees that replace these at any node and are no lower than {@code quote}; absent where that breaks the cap. */
    Optional<Fees> raised(Fees quote, GasPrice cap) {
        GasPrice leastFee = raise(maxFee);
        GasPrice leastTip = raise(maxPriorityFee);
        if (leastFee.compareTo(cap) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Fees(min(max(leastFee, quote.maxFee), cap), max(leastTip, quote.maxPriorityFee)));
    }

    private static GasPrice raise(GasPrice price) {
        GasPrice raised = price.times(RAISE, RoundingMode.CEILING);
        return raised.compareTo(price) > 0 ? raised : price.plus(GasPrice.ofRaw(BigInteger.ONE));
    }

    private static GasPrice max(GasPrice a, GasPrice b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static GasPrice min(GasPrice a, GasPrice b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
