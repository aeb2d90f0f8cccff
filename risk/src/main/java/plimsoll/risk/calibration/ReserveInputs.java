package plimsoll.risk.calibration;

import java.time.Duration;
import java.util.Optional;

/**
 * Everything that the parameters of one reserve are computed from: one set of inputs for all of them.
 *
 * <p>Shares are fractions, 0.05 for 5 %; money is in the market's base currency.
 *
 * @param collateral what the venues take of the asset when it is sold
 * @param debt what they give of it when it is bought back; empty where nobody may borrow it
 * @param facts what decides whether a model may speak at all, by {@code rules}
 */
public record ReserveInputs(
        Falls falls,
        Lags lags,
        Sizes sizes,
        DepthCurve collateral,
        Optional<Debt> debt,
        Costs costs,
        Current current,
        Income income,
        Eligibility.Facts facts,
        Eligibility.Rules rules) {

    /**
     * The fall of the price by three measures.
     *
     * @param shortfall X_α: expected shortfall, for the threshold
     * @param valueAtRisk Y_β: value at risk, for LTV
     * @param stressed the fall that caps must survive: a higher level, or the worst historical window
     */
    public record Falls(FallCurve shortfall, FallCurve valueAtRisk, FallCurve stressed) {}

    /**
     * Times that pass while a price falls.
     *
     * @param oracle until the feed shows the market's price
     * @param inclusion until a liquidation stands in a block
     * @param user H: time that a borrower at the LTV limit should survive
     */
    public record Lags(Duration oracle, Duration inclusion, Duration user) {
        public Lags {
            if (oracle.isNegative() || inclusion.isNegative() || !user.isPositive()) {
                throw new IllegalArgumentException(
                        "Lags run forwards: oracle=%s inclusion=%s user=%s".formatted(oracle, inclusion, user));
            }
        }
    }

    /**
     * How much there is.
     *
     * @param price of one whole token
     * @param collateralValue d: value that stands as collateral now, or may come to under its cap
     * @param liquidatedShare p: share of it that a stressed fall puts up for sale
     * @param liquidationValue q: value of one large liquidation, sold at once
     */
    public record Sizes(double price, double collateralValue, double liquidatedShare, double liquidationValue) {
        public Sizes {
            Ranges.positive("price", price);
            Ranges.atLeast("collateralValue", collateralValue, 0);
            Ranges.within("liquidatedShare", liquidatedShare, 0, 1);
            Ranges.positive("liquidationValue", liquidationValue);
        }
    }

    /**
     * The asset as debt, which liquidators buy back.
     *
     * @param bearableImpact smallest bonus among the collaterals against which it is borrowed
     */
    public record Debt(DepthCurve depth, double bearableImpact) {
        public Debt {
            Ranges.atLeast("bearableImpact", bearableImpact, 0);
        }
    }

    /**
     * What stands between a fallen price and a covered debt.
     *
     * @param oracleGap g: deviation threshold of the feed plus lag times volatility
     * @param gasShare c: gas over the value of a liquidation
     * @param liquidatorMargin m: what makes the work worth doing
     * @param impactMultiplier λ at least 1: how much a sale moves the price that the oracle reads; 1 is not at all
     */
    public record Costs(Estimate oracleGap, double gasShare, double liquidatorMargin, double impactMultiplier) {
        public Costs {
            Ranges.within("oracleGap", oracleGap.low(), 0, Math.nextDown(1.0));
            Ranges.within("oracleGap", oracleGap.high(), 0, Math.nextDown(1.0));
            Ranges.atLeast("gasShare", gasShare, 0);
            Ranges.atLeast("liquidatorMargin", liquidatorMargin, 0);
            Ranges.atLeast("impactMultiplier", impactMultiplier, 1);
        }
    }

    /**
     * What the reserve has now.
     *
     * @param bonus the premium alone, 0 where it is to be set
     * @param protocolFee f: the protocol's share of the bonus
     * @param reserveFactor the protocol's share of interest
     * @param optimalUtilisation the kink of the interest curve
     */
    public record Current(double bonus, double protocolFee, double reserveFactor, double optimalUtilisation) {
        public Current {
            Ranges.atLeast("bonus", bonus, 0);
            Ranges.within("protocolFee", protocolFee, 0, Math.nextDown(1.0));
            Ranges.within("reserveFactor", reserveFactor, 0, 1);
            Ranges.within("optimalUtilisation", optimalUtilisation, 0, 1);
        }
    }

    /**
     * What there is to pay for losses.
     *
     * @param lossBudget K: most that one stress may cost
     * @param interestPerYear what borrowers of the asset pay in a year
     * @param expectedBadDebtPerYear bad debt in the asset that a year is expected to bring
     */
    public record Income(double lossBudget, double interestPerYear, double expectedBadDebtPerYear) {
        public Income {
            Ranges.atLeast("lossBudget", lossBudget, 0);
            Ranges.atLeast("interestPerYear", interestPerYear, 0);
            Ranges.atLeast("expectedBadDebtPerYear", expectedBadDebtPerYear, 0);
        }
    }
}
