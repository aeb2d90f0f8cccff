package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/**
 * A reserve with its indexes accrued to one time and its price, ready for multiplication. A price of zero stands for none:
 * the oracle contract never answers it.
 */
record ReserveValue(
        AaveReserve stored,
        BigInteger income,
        BigInteger debtIndex,
        BigInteger price,
        BigInteger unit,
        Bps ltv,
        Bps liquidationThreshold) {

    static ReserveValue of(AaveReserve reserve, Instant now, Optional<Price> price) {
        ReserveConfiguration configuration = reserve.configuration();
        return new ReserveValue(
                reserve,
                reserve.normalizedIncome(now).raw(),
                reserve.normalizedDebt(now).raw(),
                price.map(Price::raw).orElse(BigInteger.ZERO),
                BigInteger.TEN.pow(configuration.decimals()),
                configuration.ltv(),
                configuration.liquidationThreshold());
    }

    /** Tokens supplied, rounded down: TokenMath.getATokenBalance. */
    BigInteger collateral(ScaledAmount supplied) {
        return AaveMath.rayMulFloor(supplied.raw(), income);
    }

    /** Tokens owed, rounded up: TokenMath.getVTokenBalance. */
    BigInteger debt(ScaledAmount borrowed) {
        return AaveMath.rayMulCeil(borrowed.raw(), debtIndex);
    }

    /** GenericLogic._getUserBalanceInBaseCurrency. */
    BigInteger collateralBase(ScaledAmount supplied) {
        return valueFloor(collateral(supplied));
    }

    /** GenericLogic._getUserDebtInBaseCurrency. */
    BigInteger debtBase(ScaledAmount borrowed) {
        return valueCeil(debt(borrowed));
    }

    BigInteger valueFloor(BigInteger tokens) {
        return AaveMath.mulDivFloor(tokens, price, unit);
    }

    BigInteger valueCeil(BigInteger tokens) {
        return AaveMath.mulDivCeil(tokens, price, unit);
    }

    int decimals() {
        return stored.configuration().decimals();
    }
}
