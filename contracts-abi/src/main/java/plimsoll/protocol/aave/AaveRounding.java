package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What changed between revisions in how a division rounds, each under the name of what it computes. Up to 3.4 nearly all
 * round to the nearest, halves up; 3.5 turned balances and debt, 3.7 seizure and fee, in the protocol's favour.
 *
 * <p>Source: aave-v3-origin 3.2.0 to 3.7.0, helpers/TokenMath.sol (from 3.5), logic/GenericLogic.sol,
 * logic/LiquidationLogic.sol _calculateAvailableCollateralToLiquidate, math/MathUtils.sol.
 */
final class AaveRounding {

    private static final BigInteger SECONDS_PER_YEAR = BigInteger.valueOf(31_536_000);
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger SIX = BigInteger.valueOf(6);

    private final boolean nestedCompounding;
    private final boolean balancesForTheProtocol;
    private final boolean seizuresForTheProtocol;

    AaveRounding(AaveRevision revision) {
        this.nestedCompounding = revision.isFrom(AaveRevision.V3_4);
        this.balancesForTheProtocol = revision.isFrom(AaveRevision.V3_5);
        this.seizuresForTheProtocol = revision.isFrom(AaveRevision.V3_7);
    }

    /** Growth of a debt index by a yearly rate over seconds, in ray: MathUtils.calculateCompoundedInterest. */
    BigInteger compounded(BigInteger rate, BigInteger seconds) {
        if (seconds.signum() == 0) {
            return AaveMath.RAY;
        }
        BigInteger x = rate.multiply(seconds).divide(SECONDS_PER_YEAR);
        if (nestedCompounding) {
            BigInteger inner = x.divide(TWO).add(AaveMath.rayMul(x, x.divide(SIX)));
            return AaveMath.RAY.add(x).add(AaveMath.rayMul(x, inner));
        }
        BigInteger before = seconds.subtract(BigInteger.ONE);
        BigInteger beforeThat = seconds.subtract(TWO).max(BigInteger.ZERO);
        BigInteger square = AaveMath.rayMul(rate, rate).divide(SECONDS_PER_YEAR.multiply(SECONDS_PER_YEAR));
        BigInteger cube = AaveMath.rayMul(square, rate).divide(SECONDS_PER_YEAR);
        BigInteger second = seconds.multiply(before).multiply(square).divide(TWO);
        BigInteger third =
                seconds.multiply(before).multiply(beforeThat).multiply(cube).divide(SIX);
        return AaveMath.RAY.add(x).add(second).add(third);
    }

    /** How {@link #supplied} rounds. */
    RoundingMode ofSupplied() {
        return balancesForTheProtocol ? RoundingMode.FLOOR : RoundingMode.HALF_UP;
    }

    /** How {@link #owed} rounds. */
    RoundingMode ofOwed() {
        return balancesForTheProtocol ? RoundingMode.CEILING : RoundingMode.HALF_UP;
    }

    /** How {@link #debtValue} rounds. */
    RoundingMode ofDebtValue() {
        return balancesForTheProtocol ? RoundingMode.CEILING : RoundingMode.FLOOR;
    }

    /** Tokens that a scaled supply is. */
    BigInteger supplied(BigInteger scaled, BigInteger income) {
        return balancesForTheProtocol ? AaveMath.rayMulFloor(scaled, income) : AaveMath.rayMul(scaled, income);
    }

    /** Tokens that a scaled debt owes. */
    BigInteger owed(BigInteger scaled, BigInteger debtIndex) {
        return balancesForTheProtocol ? AaveMath.rayMulCeil(scaled, debtIndex) : AaveMath.rayMul(scaled, debtIndex);
    }

    /** Scaled supply that leaves an account when so many tokens are seized or transferred. */
    BigInteger scaledOut(BigInteger tokens, BigInteger income) {
        return balancesForTheProtocol ? AaveMath.rayDivCeil(tokens, income) : AaveMath.rayDiv(tokens, income);
    }

    /** Scaled debt that so many repaid tokens burn. */
    BigInteger scaledBurnt(BigInteger tokens, BigInteger debtIndex) {
        return balancesForTheProtocol ? AaveMath.rayDivFloor(tokens, debtIndex) : AaveMath.rayDiv(tokens, debtIndex);
    }

    /** Base currency that a debt is worth. */
    BigInteger debtValue(BigInteger tokens, BigInteger price, BigInteger unit) {
        return balancesForTheProtocol
                ? AaveMath.mulDivCeil(tokens, price, unit)
                : AaveMath.mulDivFloor(tokens, price, unit);
    }

    /** Health in wad; up to 3.4 by way of the average threshold in whole basis points. */
    BigInteger health(BigInteger collateral, BigInteger weightedThreshold, int averageThreshold, BigInteger debt) {
        return balancesForTheProtocol
                ? AaveMath.wadDiv(weightedThreshold, debt).divide(AaveMath.PERCENTAGE_FACTOR)
                : AaveMath.wadDiv(AaveMath.percentMul(collateral, averageThreshold), debt);
    }

    /** Base currency that so much collateral may borrow in all. */
    BigInteger borrowable(BigInteger collateral, int ltv) {
        return balancesForTheProtocol
                ? AaveMath.percentMulFloor(collateral, ltv)
                : AaveMath.percentMul(collateral, ltv);
    }

    /** Collateral for a repayment that is worth {@code base} of it, bonus included. */
    BigInteger withBonus(BigInteger base, int bonusFactor) {
        return seizuresForTheProtocol
                ? AaveMath.percentMulFloor(base, bonusFactor)
                : AaveMath.percentMul(base, bonusFactor);
    }

    /** Debt that must be repaid for collateral that is worth {@code worth} of it. */
    BigInteger repaidFor(BigInteger worth, int bonusFactor) {
        return balancesForTheProtocol
                ? AaveMath.percentDivCeil(worth, bonusFactor)
                : AaveMath.percentDiv(worth, bonusFactor);
    }

    /** The protocol's share of the bonus in what was taken. */
    BigInteger fee(BigInteger taken, int bonusFactor, int share) {
        return seizuresForTheProtocol
                ? AaveMath.percentMulCeil(taken.subtract(AaveMath.percentDivFloor(taken, bonusFactor)), share)
                : AaveMath.percentMul(taken.subtract(AaveMath.percentDiv(taken, bonusFactor)), share);
    }
}
