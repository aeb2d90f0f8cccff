package plimsoll.chain.tx;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** The two prices of an EIP-1559 transaction; the tip never exceeds the whole. */
record Fees(GasPrice maxFee, GasPrice maxPriorityFee) {

    /** Nodes want 10 % more to replace a transaction, some 12.5 %. */
    private static final Bps RAISE = new Bps(11_250);

    Fees {
        if (maxPriorityFee.compareTo(maxFee) > 0) {
            maxPriorityFee = maxFee;
        }
    }

    static Fees of(Attempt attempt) {
        return new Fees(attempt.maxFee(), attempt.maxPriorityFee());
    }

    Fees atMost(GasPrice cap) {
        return new Fees(min(maxFee, cap), maxPriorityFee);
    }

    /** What a block of this base fee pays its maker for each unit of gas; absent where it cannot take the transaction. */
    Optional<GasPrice> tipAt(GasPrice baseFee) {
        return maxFee.compareTo(baseFee) < 0
                ? Optional.empty()
                : Optional.of(min(maxPriorityFee, maxFee.minus(baseFee)));
    }

    /** Fees that replace these at any node and are no lower than {@code wanted}; absent where that breaks the cap. */
    Optional<Fees> raised(Fees wanted, GasPrice cap) {
        GasPrice leastFee = raise(maxFee);
        GasPrice leastTip = raise(maxPriorityFee);
        if (leastFee.compareTo(cap) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Fees(min(max(leastFee, wanted.maxFee), cap), max(leastTip, wanted.maxPriorityFee)));
    }

    static GasPrice raise(GasPrice price) {
        GasPrice raised = price.times(RAISE, RoundingMode.CEILING);
        return raised.compareTo(price) > 0 ? raised : price.plus(GasPrice.ofRaw(BigInteger.ONE));
    }

    static GasPrice max(GasPrice a, GasPrice b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    static GasPrice min(GasPrice a, GasPrice b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
