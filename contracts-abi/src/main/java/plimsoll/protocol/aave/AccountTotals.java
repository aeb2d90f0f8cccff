package plimsoll.protocol.aave;

import java.math.BigInteger;
import plimsoll.units.Bps;

/**
 * The sums over one account's holdings. What words hold is summed in words, the rest in {@link BigInteger}; the sums are the
 * same either way.
 */
final class AccountTotals {

    private static final int HALF = 32;
    private static final long LOW_HALF = 0xFFFFFFFFL;

    /** What the pool's words have room for. */
    private static final int MOST_WEIGHT = 0xFFFF;

    private final Sum collateral = new Sum();
    private final Sum debt = new Sum();
    private final Weighted threshold = new Weighted();
    private final Weighted ltv = new Weighted();

    void addCollateral(ReserveValue reserve, ScaledAmount supplied, Bps threshold, Bps ltv) {
        long value = reserve.supplyInWords().of(supplied);
        if (value == WordValue.BEYOND) {
            BigInteger large = reserve.collateralBase(supplied);
            collateral.add(large);
            this.threshold.add(large, threshold.raw());
            this.ltv.add(large, ltv.raw());
        } else {
            collateral.add(value);
            this.threshold.add(value, threshold.raw());
            this.ltv.add(value, ltv.raw());
        }
    }

    void addDebt(ReserveValue reserve, ScaledAmount borrowed) {
        long value = reserve.debtInWords().of(borrowed);
        if (value == WordValue.BEYOND) {
            debt.add(reserve.debtBase(borrowed));
        } else {
            debt.add(value);
        }
    }

    BigInteger collateral() {
        return collateral.total();
    }

    BigInteger debt() {
        return debt.total();
    }

    BigInteger weightedThreshold() {
        return threshold.total();
    }

    BigInteger weightedLtv() {
        return ltv.total();
    }

    /** The average weight in whole basis points, rounded down; 0 of nothing. */
    static int average(BigInteger weighted, BigInteger value) {
        if (value.signum() == 0) {
            return 0;
        }
        return weighted.bitLength() < 64 && value.bitLength() < 64
                ? (int) (weighted.longValue() / value.longValue())
                : weighted.divide(value).intValueExact();
    }

    private static final class Sum {
        private long small;
        private BigInteger large = BigInteger.ZERO;

        void add(long value) {
            if (small + value < 0) {
                large = large.add(BigInteger.valueOf(small));
                small = 0;
            }
            small += value;
        }

        void add(BigInteger value) {
            large = large.add(value);
        }

        BigInteger total() {
            return large.add(BigInteger.valueOf(small));
        }
    }

    /** Values times weights; values in halves and weights of 16 bits, so that 2¹⁵ of them cannot overflow. */
    private static final class Weighted {
        private long high;
        private long low;
        private BigInteger large = BigInteger.ZERO;

        void add(long value, int weight) {
            if (weight > MOST_WEIGHT) {
                add(BigInteger.valueOf(value), weight);
                return;
            }
            high += (value >>> HALF) * weight;
            low += (value & LOW_HALF) * weight;
        }

        void add(BigInteger value, int weight) {
            large = large.add(value.multiply(BigInteger.valueOf(weight)));
        }

        BigInteger total() {
            BigInteger small = BigInteger.valueOf(high).shiftLeft(HALF).add(BigInteger.valueOf(low));
            return large.add(small);
        }
    }
}
