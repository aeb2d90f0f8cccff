package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.protocol.aave.AaveLiquidation.Deficit;
import plimsoll.protocol.aave.AaveLiquidation.Pair;
import plimsoll.protocol.aave.AaveLiquidation.Seizure;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * The rules of one liquidation, in the order in which the pool asks them.
 *
 * <p>Source: aave-v3-origin 3.2.0 to 3.7.0, logic/LiquidationLogic.sol executeLiquidationCall,
 * _calculateAvailableCollateralToLiquidate and _burnBadDebt, logic/ValidationLogic.sol validateLiquidationCall. Whether the
 * collateral reserve has the liquidity to pay out is not looked at here, nor who calls.
 */
final class LiquidationRule {

    /** Below this value of collateral or debt the whole debt may be repaid, in base currency with 8 decimals. */
    private static final BigInteger MIN_BASE_MAX_CLOSE_FACTOR = BigInteger.valueOf(2_000_00000000L);

    /** The least of collateral and of debt that a partial liquidation must leave, in base currency with 8 decimals. */
    private static final BigInteger MIN_LEFTOVER_BASE = BigInteger.valueOf(1_000_00000000L);

    private static final int DEFAULT_CLOSE_FACTOR_BPS = 5_000;
    private static final HealthFactor CLOSE_FACTOR_THRESHOLD = new HealthFactor(Wad.parse("0.95"));

    private final AaveValuation valuation;
    private final AaveAccount account;
    private final Pair pair;
    private final AaveAccountData data;
    private final AaveRounding rounding;
    private final ReserveValue collateral;
    private final ReserveValue debt;
    private final AaveHolding collateralHolding;
    private final BigInteger collateralBalance;
    private final BigInteger reserveDebt;
    private final int bonusFactor;

    LiquidationRule(AaveValuation valuation, AaveAccount account, Pair pair) {
        this.valuation = valuation;
        this.account = account;
        this.pair = pair;
        this.data = valuation.accountData(account);
        this.rounding = valuation.rounding();
        this.collateral = valuation.reserve(pair.collateral());
        this.debt = valuation.reserve(pair.debt());
        this.collateralHolding = holding(account, pair.collateral());
        this.collateralBalance = collateral.collateral(collateralHolding.supplied());
        this.reserveDebt = debt.debt(holding(account, pair.debt()).borrowed());
        this.bonusFactor = valuation
                .eModeOf(account)
                .filter(category -> category.covers(pair.collateral()))
                .map(category -> 10_000 + category.liquidationBonus().raw())
                .orElseGet(() -> collateral.stored().configuration().bonusFactor());
    }

    AaveLiquidation covering(BigInteger debtToCover) {
        Optional<AaveLiquidation> refusal = refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return outcome(debtToCover.min(maxLiquidatableDebt()));
    }

    AaveLiquidation coveringMost() {
        Optional<AaveLiquidation> refusal = refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        BigInteger most = maxLiquidatableDebt();
        AaveLiquidation whole = outcome(most);
        if (!(whole instanceof AaveLiquidation.MustNotLeaveDust) || leavesDust(BigInteger.ZERO)) {
            return whole;
        }
        // Both leftovers shrink as more is repaid, so the amounts that leave no dust are all those up to one limit.
        BigInteger legal = BigInteger.ZERO;
        BigInteger dusty = most;
        while (dusty.subtract(legal).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = legal.add(dusty).shiftRight(1);
            if (leavesDust(middle)) {
                dusty = middle;
            } else {
                legal = middle;
            }
        }
        return outcome(legal);
    }

    /** ValidationLogic.validateLiquidationCall, without the question who the liquidator is. */
    private Optional<AaveLiquidation> refusal() {
        for (ReserveValue reserve : List.of(collateral, debt)) {
            if (!reserve.stored().configuration().isActive()) {
                return Optional.of(new AaveLiquidation.Inactive(reserve.stored().id()));
            }
        }
        for (ReserveValue reserve : List.of(collateral, debt)) {
            if (reserve.stored().configuration().isPaused()) {
                return Optional.of(new AaveLiquidation.Paused(reserve.stored().id()));
            }
        }
        if (data.healthFactor().isPresent() && !valuation.sentinelAllowsLiquidation()) {
            HealthFactor health = data.healthFactor().get();
            if (!health.isBelow(CLOSE_FACTOR_THRESHOLD)) {
                return Optional.of(new AaveLiquidation.SentinelForbids(health));
            }
        }
        for (ReserveValue reserve : List.of(collateral, debt)) {
            if (!reserve.stored().liquidationGraceUntil().isBefore(valuation.now())) {
                return Optional.of(
                        new AaveLiquidation.InGracePeriod(reserve.stored().id()));
            }
        }
        if (!data.isLiquidatable()) {
            return Optional.of(new AaveLiquidation.Healthy(data));
        }
        if (!valuation.countsAsCollateral(collateralHolding) || bonusFactor == 0) {
            return Optional.of(new AaveLiquidation.NotUsedAsCollateral(pair.collateral()));
        }
        if (reserveDebt.signum() == 0) {
            return Optional.of(new AaveLiquidation.NothingBorrowed(pair.debt()));
        }
        return Optional.empty();
    }

    /**
     * The close factor: everything, or half of the account's whole debt where the position is large and barely unhealthy.
     * Before 3.3 half of the reserve's debt wherever it is barely unhealthy.
     */
    private BigInteger maxLiquidatableDebt() {
        boolean barely = data.healthFactor().orElseThrow().compareTo(CLOSE_FACTOR_THRESHOLD) > 0;
        if (!closesAccounts()) {
            return barely ? AaveMath.percentMul(reserveDebt, DEFAULT_CLOSE_FACTOR_BPS) : reserveDebt;
        }
        BigInteger reserveDebtBase = debt.debtValue(reserveDebt);
        BigInteger collateralBase = collateral.collateralValue(collateralBalance);
        boolean large = collateralBase.compareTo(MIN_BASE_MAX_CLOSE_FACTOR) >= 0
                && reserveDebtBase.compareTo(MIN_BASE_MAX_CLOSE_FACTOR) >= 0;
        if (large && barely) {
            BigInteger half = AaveMath.percentMul(data.totalDebt().raw(), DEFAULT_CLOSE_FACTOR_BPS);
            if (reserveDebtBase.compareTo(half) > 0) {
                return AaveMath.mulDivFloor(half, debt.unit(), debt.price());
            }
        }
        return reserveDebt;
    }

    /** Collateral taken in all, the protocol's fee included, and the debt that it pays for. */
    private record Exchange(BigInteger collateral, BigInteger repaid) {}

    private Exchange exchange(BigInteger debtToCover) {
        BigInteger base = AaveMath.word(
                        AaveMath.word(debt.price().multiply(debtToCover)).multiply(collateral.unit()))
                .divide(AaveMath.word(collateral.price().multiply(debt.unit())));
        BigInteger wanted = rounding.withBonus(base, bonusFactor);
        if (wanted.compareTo(collateralBalance) <= 0) {
            return new Exchange(wanted, debtToCover);
        }
        BigInteger worth = AaveMath.word(AaveMath.word(collateral.price().multiply(collateralBalance))
                        .multiply(debt.unit()))
                .divide(AaveMath.word(debt.price().multiply(collateral.unit())));
        return new Exchange(collateralBalance, rounding.repaidFor(worth, bonusFactor));
    }

    /** The protocol's share of the bonus. */
    private BigInteger protocolFee(BigInteger taken) {
        Bps share = collateral.stored().configuration().liquidationProtocolFee();
        if (share.isZero()) {
            return BigInteger.ZERO;
        }
        return rounding.fee(taken, bonusFactor, share.raw());
    }

    private AaveLiquidation outcome(BigInteger debtToCover) {
        Exchange exchange = exchange(debtToCover);
        if (leavesDust(exchange)) {
            return new AaveLiquidation.MustNotLeaveDust(
                    new BaseValue(collateral.collateralValue(collateralBalance.subtract(exchange.collateral()))),
                    new BaseValue(debt.debtValue(reserveDebt.subtract(exchange.repaid()))));
        }
        BigInteger fee = protocolFee(exchange.collateral());
        BigInteger seized = exchange.collateral().subtract(fee);
        Taking taking = taking(exchange, seized, fee);
        BigInteger burned = taking.endsAllCollateral() ? reserveDebt : exchange.repaid();
        if (rounding.scaledBurnt(burned, debt.debtIndex()).signum() == 0
                || rounding.scaledOut(seized, collateral.income()).signum() == 0) {
            return new AaveLiquidation.TooSmall(debtAmount(debt, exchange.repaid()), collateralAmount(seized));
        }
        return new Seizure(
                debtAmount(debt, debtToCover),
                debtAmount(debt, exchange.repaid()),
                collateralAmount(seized),
                collateralAmount(feeStillThere(seized, fee)),
                taking.endsReserve(),
                taking.endsAllCollateral() ? deficits(exchange.repaid()) : List.of());
    }

    /** Whether nothing is left of the collateral reserve, and whether nothing of value of any. */
    private record Taking(boolean endsReserve, boolean endsAllCollateral) {}

    /** From 3.7 on by the scaled units that move, each rounded up: they may be all there are where the tokens are not. */
    private Taking taking(Exchange exchange, BigInteger seized, BigInteger fee) {
        BigInteger all = data.totalCollateral().raw();
        if (!valuation.revision().isFrom(AaveRevision.V3_7)) {
            return new Taking(
                    exchange.collateral().equals(collateralBalance),
                    closesAccounts()
                            && collateral.collateralValue(exchange.collateral()).equals(all));
        }
        BigInteger owned = collateralHolding.supplied().raw();
        BigInteger moved = rounding.scaledOut(seized, collateral.income())
                .add(rounding.scaledOut(fee, collateral.income()))
                .min(owned);
        BigInteger value = collateral.collateralBase(ScaledAmount.ofRaw(moved));
        return new Taking(moved.equals(owned), value.equals(all));
    }

    /** Since 3.3 liquidations are made to leave no dust and no bad debt behind. */
    private boolean closesAccounts() {
        return valuation.revision().isFrom(AaveRevision.V3_3);
    }

    private boolean leavesDust(BigInteger debtToCover) {
        return leavesDust(exchange(debtToCover));
    }

    private boolean leavesDust(Exchange exchange) {
        BigInteger debtLeft = reserveDebt.subtract(exchange.repaid());
        BigInteger collateralLeft = collateralBalance.subtract(exchange.collateral());
        if (!closesAccounts() || debtLeft.signum() <= 0 || collateralLeft.signum() <= 0) {
            return false;
        }
        return debt.debtValue(debtLeft).compareTo(MIN_LEFTOVER_BASE) < 0
                || collateral.collateralValue(collateralLeft).compareTo(MIN_LEFTOVER_BASE) < 0;
    }

    /** The fee moves after the seizure, and rounding twice may leave a scaled unit too few: then all that is left moves. */
    private BigInteger feeStillThere(BigInteger seized, BigInteger fee) {
        if (fee.signum() == 0) {
            return fee;
        }
        BigInteger left = collateralHolding.supplied().raw().subtract(rounding.scaledOut(seized, collateral.income()));
        boolean tooFew = rounding.scaledOut(fee, collateral.income()).compareTo(left) > 0;
        return tooFew ? rounding.supplied(left, collateral.income()) : fee;
    }

    private List<Deficit> deficits(BigInteger repaid) {
        List<Deficit> deficits = new ArrayList<>();
        for (AaveHolding holding : account.holdings()) {
            ReserveValue reserve = valuation.reserve(holding.reserve());
            boolean liquidated = holding.reserve() == pair.debt();
            BigInteger left = reserve.debt(holding.borrowed()).subtract(liquidated ? repaid : BigInteger.ZERO);
            if (left.signum() > 0 && reserve.stored().configuration().isActive()) {
                deficits.add(new Deficit(holding.reserve(), debtAmount(reserve, left)));
            }
        }
        return deficits;
    }

    private TokenAmount debtAmount(ReserveValue reserve, BigInteger raw) {
        return new TokenAmount(raw, reserve.decimals());
    }

    private TokenAmount collateralAmount(BigInteger raw) {
        return new TokenAmount(raw, collateral.decimals());
    }

    private static AaveHolding holding(AaveAccount account, int reserve) {
        return account.holding(reserve)
                .orElseGet(() -> new AaveHolding(reserve, ScaledAmount.ZERO, false, ScaledAmount.ZERO));
    }
}
