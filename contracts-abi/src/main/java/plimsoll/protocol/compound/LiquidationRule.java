package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.Optional;
import plimsoll.protocol.compound.CompoundLiquidation.Pair;
import plimsoll.protocol.compound.CompoundLiquidation.Refused;
import plimsoll.protocol.compound.CompoundLiquidation.Seizure;
import plimsoll.protocol.compound.CompoundLiquidation.Shares;
import plimsoll.protocol.compound.CompoundMarket.Liquidator;
import plimsoll.protocol.compound.CompoundReserve.Flag;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * The rules of one liquidation, in the order in which the market asks them.
 *
 * <pre>
 * most repaid = ⌊c·owed/10¹⁸⌋           c the close factor; all of it where the reserve liquidates freely
 * q = ⌊⌊l·pb/10¹⁸⌋·10¹⁸ / ⌊pc·x/10¹⁸⌋⌋      l incentive, pb, pc prices of debt and collateral, x the collateral's exchange rate
 * seized = ⌊q·repaid/10¹⁸⌋               tokens of the collateral's reserve; more than the borrower has is refused
 * Compound keeps ⌊seized·s/10¹⁸⌋; Venus' liquidator contract ⌊⌊seized·(l−1)/l⌋·s/10¹⁸⌋     s the share
 * </pre>
 *
 * <p>Source: venus-protocol 10.3.0, PolicyFacet.sol liquidateBorrowAllowed and seizeAllowed, VToken.sol
 * liquidateBorrowFresh, ComptrollerLens.sol _calculateSeizeTokens, Liquidator.sol; compound-protocol a3214f6,
 * Comptroller.sol and CToken.sol. Who calls is not looked at, nor tokens that take a fee from transfers.
 */
final class LiquidationRule {

    private final CompoundValuation valuation;
    private final CompoundMarket market;
    private final CompoundAccount account;
    private final Pair pair;
    private final CompoundReserve collateral;
    private final CompoundReserve debt;
    private final ReserveValue collateralValue;
    private final ReserveValue debtValue;
    private final CompoundHolding held;
    private final BigInteger owed;
    private final BigInteger incentive;

    LiquidationRule(CompoundValuation valuation, CompoundAccount account, Pair pair) {
        this.valuation = valuation;
        this.market = valuation.market();
        this.account = account;
        this.pair = pair;
        this.collateral = market.reserve(pair.collateral());
        this.debt = market.reserve(pair.debt());
        this.collateralValue = valuation.accrued(pair.collateral());
        this.debtValue = valuation.accrued(pair.debt());
        this.held = account.holding(pair.collateral()).orElse(CompoundHolding.none(pair.collateral()));
        this.owed = debtValue.owed(account.holding(pair.debt())
                .orElse(CompoundHolding.none(pair.debt()))
                .borrowed());
        this.incentive = market.risk(account.pool(), pair.collateral())
                .liquidationIncentive()
                .raw();
    }

    CompoundLiquidation repayingMost() {
        Optional<Refused> refusal = refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return repaying(mostRepaid().min(mostCovered()));
    }

    CompoundLiquidation repaying(BigInteger repaid) {
        Optional<Refused> refusal = refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (repaid.compareTo(mostRepaid()) > 0) {
            return new CompoundLiquidation.TooMuchRepaid(debtAmount(mostRepaid()));
        }
        if (repaid.signum() == 0) {
            return new CompoundLiquidation.NothingRepaid();
        }
        BigInteger seized = seizedFor(repaid);
        if (seized.compareTo(held.tokens()) > 0) {
            return new CompoundLiquidation.SeizesTooMuch(new Shares(seized), new Shares(held.tokens()));
        }
        return seizure(repaid, seized);
    }

    /** What does not depend on the amount; in the contracts some of it comes after. */
    private Optional<Refused> refusal() {
        if (market.terms().paused()) {
            return Optional.of(new CompoundLiquidation.Paused("protocol is paused"));
        }
        if (debt.is(Flag.LIQUIDATE_PAUSED)) {
            return Optional.of(new CompoundLiquidation.Paused("action is paused"));
        }
        for (CompoundReserve reserve : new CompoundReserve[] {collateral, debt}) {
            if (!reserve.is(Flag.LISTED)) {
                return Optional.of(new CompoundLiquidation.NotListed(reserve.id()));
            }
            if (!reserve.totals().accrues()) {
                return Optional.of(new CompoundLiquidation.RateTooHigh(reserve.id()));
            }
        }
        Optional<Refused> notShort = isFree() ? Optional.empty() : notShort();
        if (notShort.isPresent()) {
            return notShort;
        }
        if (debt.is(Flag.REPAY_PAUSED) || collateral.is(Flag.SEIZE_PAUSED)) {
            return Optional.of(new CompoundLiquidation.Paused("action is paused"));
        }
        for (int reserve : new int[] {pair.collateral(), pair.debt()}) {
            if (!valuation.accrued(reserve).isPriced()) {
                return Optional.of(new CompoundLiquidation.NoPrice(reserve));
            }
        }
        if (incentive.compareTo(CompoundMath.SCALE) < 0) {
            return Optional.of(new CompoundLiquidation.NoIncentive(pair.collateral()));
        }
        if (market.revision().seizesOnlyEntered() && !held.entered()) {
            return Optional.of(new CompoundLiquidation.NotEntered(pair.collateral()));
        }
        return vaiFirst();
    }

    private Optional<Refused> notShort() {
        Optional<CompoundLiquidity> liquidity = valuation.liquidity(account, pair);
        if (liquidity.isEmpty()) {
            return Optional.of(new CompoundLiquidation.NoPrice(
                    valuation.unpriced(account, pair).orElseThrow()));
        }
        return liquidity.get().isShort()
                ? Optional.empty()
                : Optional.of(new CompoundLiquidation.Solvent(liquidity.get()));
    }

    private Optional<Refused> vaiFirst() {
        Optional<Wad> from = market.terms().liquidator().flatMap(Liquidator::vaiFirstFrom);
        BigInteger vai = valuation.vaiOwed(account, true);
        return from.isPresent() && vai.compareTo(from.get().raw()) >= 0 && !isFree()
                ? Optional.of(new CompoundLiquidation.VaiFirst(new Wad(vai)))
                : Optional.empty();
    }

    private boolean isFree() {
        return debt.liquidatesFreely(market.revision()) || account.forced().contains(pair.debt());
    }

    private BigInteger mostRepaid() {
        return isFree() ? owed : CompoundMath.times(market.terms().closeFactor().raw(), owed);
    }

    /** The most that can be repaid before more than the borrower's tokens would be seized. */
    private BigInteger mostCovered() {
        BigInteger perRepaid = seizedPerRepaid();
        if (perRepaid.signum() == 0) {
            return owed;
        }
        BigInteger beyond = held.tokens().add(BigInteger.ONE).multiply(CompoundMath.SCALE);
        return beyond.subtract(BigInteger.ONE).divide(perRepaid);
    }

    /** What {@code liquidateCalculateSeizeTokens} answers, both reserves up to date. */
    BigInteger seizedFor(BigInteger repaid) {
        return CompoundMath.times(seizedPerRepaid(), repaid);
    }

    private BigInteger seizedPerRepaid() {
        BigInteger numerator = CompoundMath.times(incentive, debtValue.price());
        BigInteger denominator = CompoundMath.times(collateralValue.price(), collateralValue.exchangeRate());
        return CompoundMath.ratio(numerator, denominator);
    }

    private Seizure seizure(BigInteger repaid, BigInteger seized) {
        Optional<Liquidator> liquidator = market.terms().liquidator();
        BigInteger own = CompoundMath.times(seized, collateral.seizeShare().raw());
        BigInteger treasury =
                liquidator.map(it -> treasuryShare(it, seized.subtract(own))).orElse(BigInteger.ZERO);
        BigInteger received = seized.subtract(own).subtract(treasury);

        ReserveTotals totals = collateralValue.totals();
        if (pair.collateral() == pair.debt()) {
            totals = totals.repaid(repaid);
        }
        if (own.signum() > 0) {
            totals = totals.reserved(own);
        }
        boolean open = !collateral.is(Flag.REDEEM_PAUSED);
        BigInteger paidOut = CompoundMath.times(totals.exchangeRate(), treasury);
        if (treasury.signum() > 0 && open && paidOut.compareTo(totals.cash()) <= 0) {
            totals = totals.redeemed(treasury, paidOut);
        }
        BigInteger gross = CompoundMath.times(totals.exchangeRate(), received);
        BigInteger fee = CompoundMath.times(gross, market.terms().redeemFee().raw());
        return new Seizure(
                debtAmount(repaid),
                new Shares(seized),
                new Shares(own.add(treasury)),
                new Shares(received),
                TokenAmount.ofRaw(gross.subtract(fee), collateral.decimals()),
                open && gross.compareTo(totals.cash()) <= 0,
                seized.equals(held.tokens()),
                repaid.equals(owed));
    }

    private BigInteger treasuryShare(Liquidator liquidator, BigInteger seized) {
        BigInteger premium = CompoundMath.mulDiv(seized, incentive.subtract(CompoundMath.SCALE), incentive);
        return CompoundMath.times(premium, liquidator.treasuryShare().raw());
    }

    private TokenAmount debtAmount(BigInteger raw) {
        return TokenAmount.ofRaw(raw, debt.decimals());
    }
}
