package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What accounts are worth at one block time and one set of prices. Indexes are accrued once when it is made, so that an
 * account costs a few multiplications.
 *
 * <pre>
 * cᵢ = ⌊⌊sᵢ·Iᵢ/10²⁷⌋·pᵢ/uᵢ⌋     collateral of reserve i in base currency, s scaled supply, I normalized income
 * dᵢ = ⌈⌈bᵢ·Dᵢ/10²⁷⌉·pᵢ/uᵢ⌉     debt of reserve i, b scaled debt, D normalized debt, p price, u one token
 * health = ⌊wadDiv(Σ cᵢ·LTᵢ, Σ dᵢ)/10 000⌋   wadDiv half up; LT the eMode's where it covers the reserve, else the reserve's
 * </pre>
 *
 * So from 3.5 on; {@link AaveRounding} says how earlier revisions round. Before 3.6 a reserve without a threshold of its own
 * counts nowhere, covered or not.
 *
 * <p>Source: aave-v3-origin 3.2.0 to 3.7.0, logic/GenericLogic.sol calculateUserAccountData and
 * calculateAvailableBorrows, helpers/TokenMath.sol. A total that would not fit 256 bits throws {@link ArithmeticException}
 * where the contract reverts.
 */
public final class AaveValuation {

    private final AaveRevision revision;
    private final AaveRounding rounding;
    private final Instant now;
    private final boolean sentinelAllowsLiquidation;
    private final Map<Integer, AaveEModeCategory> eModeCategories = new HashMap<>();
    private final ReserveValue[] reserves;

    AaveValuation(AaveMarket market, Instant now, Map<Integer, Price> prices) {
        this.revision = market.revision();
        this.rounding = new AaveRounding(revision);
        this.now = now;
        this.sentinelAllowsLiquidation = market.sentinelAllowsLiquidation() || revision.isFrom(AaveRevision.V3_7);
        market.eModeCategories().forEach(category -> eModeCategories.put(category.id(), category));
        this.reserves = new ReserveValue[AaveReserve.MAX_RESERVES];
        for (AaveReserve reserve : market.reserves()) {
            reserves[reserve.id()] =
                    ReserveValue.of(reserve, rounding, now, Optional.ofNullable(prices.get(reserve.id())));
        }
    }

    /** What {@code Pool.getUserAccountData} answers for this account. */
    public AaveAccountData accountData(AaveAccount account) {
        Optional<AaveEModeCategory> eMode = eModeOf(account);
        AccountTotals totals = new AccountTotals();
        for (AaveHolding holding : account.holdings()) {
            if (countsAsCollateral(holding)) {
                ReserveValue reserve = priced(holding.reserve());
                boolean covered = eMode.isPresent() && eMode.get().covers(holding.reserve());
                Bps threshold = covered ? eMode.get().liquidationThreshold() : reserve.liquidationThreshold();
                Bps ltv = eMode.isPresent()
                        ? eMode.get().ltvOf(holding.reserve(), reserve.ltv(), revision)
                        : reserve.ltv();
                totals.addCollateral(reserve, holding.supplied(), threshold, ltv);
            }
            if (!holding.borrowed().isZero()) {
                totals.addDebt(priced(holding.reserve()), holding.borrowed());
            }
        }
        BigInteger collateral = totals.collateral();
        BigInteger debt = AaveMath.word(totals.debt());
        BigInteger weightedThreshold = AaveMath.word(totals.weightedThreshold());
        int threshold = AccountTotals.average(weightedThreshold, collateral);
        int ltv = AccountTotals.average(AaveMath.word(totals.weightedLtv()), collateral);
        BigInteger borrowable = rounding.borrowable(collateral, ltv).subtract(debt);
        return new AaveAccountData(
                new BaseValue(collateral),
                new BaseValue(debt),
                new BaseValue(borrowable.max(BigInteger.ZERO)),
                new Bps(threshold),
                new Bps(ltv),
                healthFactor(collateral, weightedThreshold, threshold, debt));
    }

    /**
     * What {@code Pool.liquidationCall} does for this pair when asked to cover {@code debtToCover}; more than the close
     * factor or the collateral allow is cut down as the pool does.
     */
    public AaveLiquidation liquidation(AaveAccount account, AaveLiquidation.Pair pair, TokenAmount debtToCover) {
        return new LiquidationRule(this, account, pair).covering(debtToCover.raw());
    }

    /**
     * The liquidation of this pair that repays the most the pool allows. Where the close factor's limit itself would leave
     * dust, it is the largest amount that leaves none.
     */
    public AaveLiquidation largestLiquidation(AaveAccount account, AaveLiquidation.Pair pair) {
        return new LiquidationRule(this, account, pair).coveringMost();
    }

    /** Flagged by the account, and before 3.6 a collateral outside every eMode too. */
    boolean countsAsCollateral(AaveHolding holding) {
        return holding.usedAsCollateral()
                && (revision.isFrom(AaveRevision.V3_6)
                        || !reserve(holding.reserve()).liquidationThreshold().isZero());
    }

    AaveRevision revision() {
        return revision;
    }

    AaveRounding rounding() {
        return rounding;
    }

    Instant now() {
        return now;
    }

    boolean sentinelAllowsLiquidation() {
        return sentinelAllowsLiquidation;
    }

    /** The category an account chose; one that this market does not know is refused rather than ignored. */
    Optional<AaveEModeCategory> eModeOf(AaveAccount account) {
        if (account.eModeCategory() == 0) {
            return Optional.empty();
        }
        AaveEModeCategory category = eModeCategories.get(account.eModeCategory());
        if (category == null) {
            throw new IllegalArgumentException("Account is in an unknown eMode category: found="
                    + account.eModeCategory() + " known=" + eModeCategories.keySet());
        }
        return Optional.of(category);
    }

    ReserveValue reserve(int id) {
        ReserveValue value = id < 0 || id >= reserves.length ? null : reserves[id];
        if (value == null) {
            throw new IllegalArgumentException("Market has no such reserve: found=" + id);
        }
        return value;
    }

    private ReserveValue priced(int id) {
        ReserveValue value = reserve(id);
        if (value.price().signum() == 0) {
            throw new IllegalArgumentException("Reserve has no price: reserve=" + id);
        }
        return value;
    }

    private Optional<HealthFactor> healthFactor(
            BigInteger collateral, BigInteger weightedThreshold, int averageThreshold, BigInteger debt) {
        if (debt.signum() == 0) {
            return Optional.empty();
        }
        BigInteger ratio = rounding.health(collateral, weightedThreshold, averageThreshold, debt);
        return Optional.of(new HealthFactor(new Wad(ratio)));
    }
}
