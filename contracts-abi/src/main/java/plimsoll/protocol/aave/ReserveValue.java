package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/**
 * A reserve with its indexes accrued to one time and its price, ready for multiplication. A price of zero stands for none:
 * the oracle contract never answers it.
 *
 * @param supplyInWords {@link #collateralBase} where words hold it
 * @param debtInWords {@link #debtBase} where words hold it
 */
record ReserveValue(
        AaveReserve stored,
        AaveRounding rounding,
        BigInteger income,
        BigInteger debtIndex,
        BigInteger price,
        BigInteger unit,
        WordValue supplyInWords,
        WordValue debtInWords,
        Bps ltv,
        Bps liquidationThreshold) {

    static ReserveValue of(AaveReserve reserve, AaveRounding rounding, Instant now, Optional<Price> price) {
        ReserveConfiguration configuration = reserve.configuration();
        BigInteger income = AaveAccrual.normalizedIncome(reserve, now).raw();
        BigInteger debtIndex =
                AaveAccrual.normalizedDebt(reserve, now, rounding).raw();
        BigInteger raw = price.map(Price::raw).orElse(BigInteger.ZERO);
        BigInteger unit = BigInteger.TEN.pow(configuration.decimals());
        return new ReserveValue(
                reserve,
                rounding,
                income,
                debtIndex,
                raw,
                unit,
                new WordValue(income, rounding.ofSupplied(), raw, unit, RoundingMode.FLOOR),
                new WordValue(debtIndex, rounding.ofOwed(), raw, unit, rounding.ofDebtValue()),
                configuration.ltv(),
                configuration.liquidationThreshold());
    }

    /** Tokens supplied. */
    BigInteger collateral(ScaledAmount supplied) {
        return rounding.supplied(supplied.raw(), income);
    }

    /** Tokens owed. */
    BigInteger debt(ScaledAmount borrowed) {
        return rounding.owed(borrowed.raw(), debtIndex);
    }

    /** GenericLogic._getUserBalanceInBaseCurrency. */
    BigInteger collateralBase(ScaledAmount supplied) {
        return collateralValue(collateral(supplied));
    }

    /** GenericLogic._getUserDebtInBaseCurrency. */
    BigInteger debtBase(ScaledAmount borrowed) {
        return debtValue(debt(borrowed));
    }

    BigInteger collateralValue(BigInteger tokens) {
        return AaveMath.mulDivFloor(tokens, price, unit);
    }

    BigInteger debtValue(BigInteger tokens) {
        return rounding.debtValue(tokens, price, unit);
    }

    int decimals() {
        return stored.configuration().decimals();
    }
}
