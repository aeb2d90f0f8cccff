package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.Optional;

/** A reserve's totals, its rate and its price, ready for multiplication. A price of zero stands for none. */
record ReserveValue(ReserveTotals totals, BigInteger exchangeRate, BigInteger price) {

    static ReserveValue of(ReserveTotals totals, Optional<UnderlyingPrice> price) {
        return new ReserveValue(
                totals,
                totals.exchangeRate(),
                price.map(UnderlyingPrice::mantissa).orElse(BigInteger.ZERO));
    }

    boolean isPriced() {
        return price.signum() > 0;
    }

    /** What tokens hold, in dollars with 18 decimals: ⌊⌊⌊f·x/10¹⁸⌋·p/10¹⁸⌋·t/10¹⁸⌋. */
    BigInteger weighted(BigInteger factor, BigInteger tokens) {
        BigInteger perToken = CompoundMath.times(CompoundMath.times(factor, exchangeRate), price);
        return CompoundMath.times(perToken, tokens);
    }

    BigInteger owed(BorrowSnapshot borrowed) {
        return borrowed.owedAt(totals.borrowIndex().raw());
    }

    BigInteger debtValue(BorrowSnapshot borrowed) {
        return CompoundMath.times(price, owed(borrowed));
    }
}
