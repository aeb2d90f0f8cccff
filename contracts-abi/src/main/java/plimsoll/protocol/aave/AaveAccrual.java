package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import plimsoll.units.Ray;

/**
 * How far a reserve's indexes have grown since it was last touched.
 *
 * <pre>
 * income = (1 + r·Δt/Y) · I                        linear,  I the liquidity index, r the liquidity rate
 * debt   = (1 + x + x·(x/2 + x·(x/6))) · B          x = r·Δt/Y floored, B the variable borrow index, r the borrow rate
 * debt   = (1 + x + n(n−1)·p₂/2 + n(n−1)(n−2)·p₃/6) · B      up to 3.3: n = Δt, p₂ = r·r/Y², p₃ = p₂·r/Y floored
 * </pre>
 *
 * Y = 31 536 000 s. Products of rays round half up, x/2 and x/6 down. At Δt = 0 both are the stored index itself.
 *
 * <p>Source: aave-v3-origin 3.2.0 to 3.7.0, logic/ReserveLogic.sol getNormalizedIncome and getNormalizedDebt, math/MathUtils.sol
 * calculateLinearInterest and calculateCompoundedInterest.
 */
final class AaveAccrual {

    private static final BigInteger SECONDS_PER_YEAR = BigInteger.valueOf(31_536_000);

    private AaveAccrual() {}

    static Ray normalizedIncome(AaveReserve reserve, Instant now) {
        BigInteger seconds = elapsed(reserve, now);
        if (seconds.signum() == 0) {
            return reserve.liquidityIndex();
        }
        BigInteger linear = AaveMath.RAY.add(ratePart(reserve.liquidityRate(), seconds));
        return new Ray(AaveMath.rayMul(linear, reserve.liquidityIndex().raw()));
    }

    static Ray normalizedDebt(AaveReserve reserve, Instant now, AaveRounding rounding) {
        BigInteger seconds = elapsed(reserve, now);
        if (seconds.signum() == 0) {
            return reserve.variableBorrowIndex();
        }
        BigInteger compounded = rounding.compounded(reserve.variableBorrowRate().raw(), seconds);
        return new Ray(AaveMath.rayMul(compounded, reserve.variableBorrowIndex().raw()));
    }

    private static BigInteger ratePart(Ray yearlyRate, BigInteger seconds) {
        return yearlyRate.raw().multiply(seconds).divide(SECONDS_PER_YEAR);
    }

    private static BigInteger elapsed(AaveReserve reserve, Instant now) {
        long seconds = now.getEpochSecond() - reserve.lastUpdate().getEpochSecond();
        if (seconds < 0) {
            throw new IllegalArgumentException("Reserve was updated after the time asked for: reserve=" + reserve.id()
                    + " updated=" + reserve.lastUpdate() + " asked=" + now);
        }
        return BigInteger.valueOf(seconds);
    }
}
