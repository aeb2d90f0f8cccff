package plimsoll.protocol.morpho;

import java.math.BigInteger;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Request;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What positions of one market are worth at one time and price. Interest is accrued before it is made, so that a position costs a
 * few multiplications.
 *
 * <pre>
 * borrowed     = ⌈s·(B+1)/(Sᴮ+10⁶)⌉            s borrow shares, B and Sᴮ the market's totals with interest
 * mostBorrowed = ⌊⌊c·p/10³⁶⌋·LLTV/10¹⁸⌋         c collateral, p the oracle's price; healthy where mostBorrowed ≥ borrowed
 * LIF          = min(1.15, ⌊10³⁶/(10¹⁸ − ⌊0.3·10¹⁸·(10¹⁸−LLTV)/10¹⁸⌋)⌋)    the incentive: collateral's worth per repaid
 * </pre>
 *
 * There is no close factor: up to everything may be repaid. Where the collateral is gone and debt is left, the lenders bear it.
 *
 * <p>Source: morpho-blue 1.0.0, Morpho.sol _isHealthy and liquidate. A number that would not fit 256 bits throws
 * {@link ArithmeticException} where the contract reverts whatever is asked.
 */
public final class MorphoValuation {

    private static final BigInteger LIQUIDATION_CURSOR = new BigInteger("300000000000000000");
    private static final BigInteger MOST_INCENTIVE = new BigInteger("1150000000000000000");

    private final Wad lltv;
    private final MorphoTotals totals;
    private final OraclePrice price;
    private final BigInteger incentive;
    private final BigInteger assetsOverShares;
    private final BigInteger sharesUnderAssets;

    private MorphoValuation(Wad lltv, MorphoTotals totals, OraclePrice price) {
        this.lltv = lltv;
        this.totals = totals;
        this.price = price;
        this.incentive = incentiveOf(lltv);
        this.assetsOverShares = totals.borrowed().raw().add(MorphoMath.VIRTUAL_ASSETS);
        this.sharesUnderAssets = totals.borrowShares().raw().add(MorphoMath.VIRTUAL_SHARES);
    }

    /**
     * A market at one time.
     *
     * @param accrued the market's totals with interest up to that time
     */
    public static MorphoValuation of(Wad lltv, MorphoTotals accrued, OraclePrice price) {
        if (lltv.compareTo(Wad.ONE) >= 0) {
            throw new IllegalArgumentException("Liquidation threshold is not below 1: lltv=" + lltv);
        }
        return new MorphoValuation(lltv, accrued, price);
    }

    public Wad lltv() {
        return lltv;
    }

    public MorphoTotals totals() {
        return totals;
    }

    public OraclePrice price() {
        return price;
    }

    /** Collateral's worth per unit repaid: 1 and the liquidation bonus. */
    public Wad incentiveFactor() {
        return new Wad(incentive);
    }

    public MorphoStanding standing(MorphoPosition position) {
        BigInteger worth = MorphoMath.mulDivDown(position.collateral().raw(), price.raw(), OraclePrice.SCALE);
        return new MorphoStanding(
                totals.amount(worth),
                totals.amount(owed(position.borrowShares().raw())),
                totals.amount(MorphoMath.wMulDown(worth, lltv.raw())));
    }

    /** What {@code Morpho.liquidate} does when asked for this. */
    public MorphoLiquidation liquidation(MorphoPosition position, Request request) {
        if (amountOf(request).signum() == 0) {
            return new MorphoLiquidation.InconsistentInput();
        }
        try {
            MorphoStanding standing = standing(position);
            if (!standing.isLiquidatable()) {
                return new MorphoLiquidation.Healthy(standing);
            }
            return switch (request) {
                case Repay(Shares shares) -> repaying(position, request, shares.raw());
                case Seize(TokenAmount collateral) -> seizing(position, request, collateral.raw());
            };
        } catch (ArithmeticException e) {
            return new MorphoLiquidation.Overflow();
        }
    }

    /**
     * The liquidation that leaves no debt: all shares where the collateral pays for them, else all collateral. One of the two always
     * comes through: where the worth of all shares exceeds the collateral after three floors, the price of all the collateral after
     * three ceilings does not exceed the shares.
     */
    public MorphoLiquidation largest(MorphoPosition position) {
        MorphoLiquidation everyShare = liquidation(position, new Repay(position.borrowShares()));
        boolean tooLittleThere = everyShare instanceof MorphoLiquidation.MoreThanCollateral
                || everyShare instanceof MorphoLiquidation.NoPrice;
        return tooLittleThere ? liquidation(position, new Seize(position.collateral())) : everyShare;
    }

    /** The liquidation that repays as much as possible of this amount and no unit more. */
    public MorphoLiquidation covering(MorphoPosition position, TokenAmount repaid) {
        BigInteger shares = MorphoMath.toSharesDown(
                repaid.raw(), totals.borrowed().raw(), totals.borrowShares().raw());
        if (shares.compareTo(position.borrowShares().raw()) >= 0) {
            return largest(position);
        }
        MorphoLiquidation part = liquidation(position, new Repay(new Shares(shares)));
        return part instanceof MorphoLiquidation.MoreThanCollateral ? largest(position) : part;
    }

    private MorphoLiquidation seizing(MorphoPosition position, Request request, BigInteger seized) {
        BigInteger shares = sharesFor(seized, price, incentive);
        return exchanged(position, request, shares, seized);
    }

    private MorphoLiquidation repaying(MorphoPosition position, Request request, BigInteger shares) {
        if (price.isZero()) {
            return new MorphoLiquidation.NoPrice();
        }
        return exchanged(position, request, shares, seizedFor(shares, price, incentive));
    }

    /** What seizing so much costs, in shares; every step rounds up. */
    BigInteger sharesFor(BigInteger seized, OraclePrice at, BigInteger factor) {
        BigInteger worth = MorphoMath.mulDivUp(seized, at.raw(), OraclePrice.SCALE);
        return MorphoMath.mulDivUp(MorphoMath.wDivUp(worth, factor), sharesUnderAssets, assetsOverShares);
    }

    /** What repaying so many shares seizes; every step rounds down. The price is not zero. */
    BigInteger seizedFor(BigInteger shares, OraclePrice at, BigInteger factor) {
        BigInteger assets = MorphoMath.mulDivDown(shares, assetsOverShares, sharesUnderAssets);
        return MorphoMath.mulDivDown(MorphoMath.wMulDown(assets, factor), OraclePrice.SCALE, at.raw());
    }

    BigInteger owed(BigInteger shares) {
        return MorphoMath.mulDivUp(shares, assetsOverShares, sharesUnderAssets);
    }

    private MorphoLiquidation exchanged(
            MorphoPosition position, Request request, BigInteger shares, BigInteger seized) {
        BigInteger repaid = owed(shares);
        if (shares.bitLength() > 128) {
            return new MorphoLiquidation.TooLarge();
        }
        if (shares.compareTo(position.borrowShares().raw()) > 0) {
            return new MorphoLiquidation.MoreThanOwed(totals.amount(repaid), totals.owedFor(position.borrowShares()));
        }
        if (seized.bitLength() > 128) {
            return new MorphoLiquidation.TooLarge();
        }
        TokenAmount taken = new TokenAmount(seized, position.collateral().decimals());
        if (taken.compareTo(position.collateral()) > 0) {
            return new MorphoLiquidation.MoreThanCollateral(taken, position.collateral());
        }
        Shares paid = new Shares(shares);
        return settled(
                request,
                paid,
                repaid,
                taken,
                new MorphoPosition(
                        position.collateral().minus(taken),
                        position.borrowShares().minus(paid)));
    }

    private Seizure settled(
            Request request, Shares shares, BigInteger repaid, TokenAmount seized, MorphoPosition left) {
        MorphoTotals after = totals.afterRepaying(shares, repaid);
        TokenAmount paid = totals.amount(repaid);
        if (!left.collateral().isZero()) {
            return new Seizure(request, shares, paid, seized, Shares.ZERO, totals.amount(BigInteger.ZERO), after, left);
        }
        Shares lost = left.borrowShares();
        TokenAmount badDebt = after.owedFor(lost).min(after.borrowed());
        return new Seizure(
                request,
                shares,
                paid,
                seized,
                lost,
                badDebt,
                after.afterWritingOff(lost, badDebt.raw()),
                new MorphoPosition(left.collateral(), Shares.ZERO));
    }

    private static BigInteger amountOf(Request request) {
        return switch (request) {
            case Repay(Shares shares) -> shares.raw();
            case Seize(TokenAmount collateral) -> collateral.raw();
        };
    }

    private static BigInteger incentiveOf(Wad lltv) {
        BigInteger margin = MorphoMath.wMulDown(LIQUIDATION_CURSOR, MorphoMath.WAD.subtract(lltv.raw()));
        return MorphoMath.wDivDown(MorphoMath.WAD, MorphoMath.WAD.subtract(margin))
                .min(MOST_INCENTIVE);
    }
}
