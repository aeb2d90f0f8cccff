package plimsoll.protocol.morpho;

import java.math.BigInteger;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Request;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What a pre-liquidation contract would do with positions of its market. Unproven on chain: no package ships the contract, so that
 * these are vectors worked from its public rules and a fixture of our own.
 *
 * <pre>
 * quoted = ⌊c·p/10³⁶⌋                                      p the pre-liquidation oracle's price, which may differ from the market's
 * open where ⌊quoted·preLLTV/10¹⁸⌋ &lt; borrowed ≤ ⌊quoted·LLTV/10¹⁸⌋
 * q      = ⌊(⌈borrowed·10¹⁸/quoted⌉ − preLLTV)·10¹⁸/(LLTV−preLLTV)⌋        how far along between the two thresholds
 * preLIF = ⌊q·(preLIF₂−preLIF₁)/10¹⁸⌋ + preLIF₁,  preLCF alike;  repaid shares ≤ ⌊s·preLCF/10¹⁸⌋
 * </pre>
 *
 * The market must find the position healthy afterwards, by its own oracle.
 *
 * <p>Source: morpho-org/pre-liquidation 9e8b7f4, src/PreLiquidation.sol preLiquidate; morpho-blue 1.0.0, Morpho.sol repay and
 * withdrawCollateral.
 */
public final class PreLiquidationValuation {

    private final MorphoValuation market;
    private final PreLiquidationTerms terms;
    private final OraclePrice price;

    private PreLiquidationValuation(MorphoValuation market, PreLiquidationTerms terms, OraclePrice price) {
        this.market = market;
        this.terms = terms;
        this.price = price;
    }

    /**
     * Terms over a market, at one time.
     *
     * @param price what the pre-liquidation contract's own oracle answers
     */
    public static PreLiquidationValuation of(MorphoValuation market, PreLiquidationTerms terms, OraclePrice price) {
        if (terms.preLltv().compareTo(market.lltv()) >= 0) {
            throw new IllegalArgumentException(
                    "First threshold is not below the market's: preLltv=" + terms.preLltv() + " lltv=" + market.lltv());
        }
        if (terms.preLif2()
                        .raw()
                        .compareTo(MorphoMath.wDivDown(
                                MorphoMath.WAD, market.lltv().raw()))
                > 0) {
            throw new IllegalArgumentException(
                    "Incentive factor is above 1/LLTV: preLif2=" + terms.preLif2() + " lltv=" + market.lltv());
        }
        return new PreLiquidationValuation(market, terms, price);
    }

    /** Whether the position stands between the two thresholds. */
    public boolean isOpen(MorphoPosition position) {
        return factors(position) instanceof Factors;
    }

    /** What {@code preLiquidate} does when asked for this; the borrower has authorised the contract. */
    public MorphoLiquidation liquidation(MorphoPosition position, Request request) {
        try {
            return switch (factors(position)) {
                case Closed(MorphoLiquidation why) -> why;
                case Factors factors -> exchanged(position, request, factors);
            };
        } catch (ArithmeticException e) {
            return new MorphoLiquidation.Overflow();
        }
    }

    /** The most that the close factor allows. */
    public MorphoLiquidation largest(MorphoPosition position) {
        return switch (factors(position)) {
            case Closed(MorphoLiquidation why) -> why;
            case Factors factors ->
                liquidation(position, new Repay(factors.repayable(position).min(position.borrowShares())));
        };
    }

    /** The pre-liquidation that repays as much as possible of this amount and no unit more. */
    public MorphoLiquidation covering(MorphoPosition position, TokenAmount repaid) {
        BigInteger shares = MorphoMath.toSharesDown(
                repaid.raw(),
                market.totals().borrowed().raw(),
                market.totals().borrowShares().raw());
        return switch (factors(position)) {
            case Closed(MorphoLiquidation why) -> why;
            case Factors factors ->
                liquidation(
                        position,
                        new Repay(new Shares(shares.min(factors.repayable(position)
                                .min(position.borrowShares())
                                .raw()))));
        };
    }

    /** What the contract grants this position, or why nothing. */
    private sealed interface Grant {}

    private record Closed(MorphoLiquidation why) implements Grant {}

    private record Factors(BigInteger incentive, BigInteger close) implements Grant {

        Shares repayable(MorphoPosition position) {
            BigInteger most = MorphoMath.wMulDown(position.borrowShares().raw(), close);
            return new Shares(most.min(MOST_SHARES));
        }
    }

    private static final BigInteger MOST_SHARES = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

    private Grant factors(MorphoPosition position) {
        BigInteger quoted = MorphoMath.mulDivDown(position.collateral().raw(), price.raw(), OraclePrice.SCALE);
        BigInteger borrowed = market.owed(position.borrowShares().raw());
        if (borrowed.compareTo(MorphoMath.wMulDown(quoted, market.lltv().raw())) > 0) {
            return new Closed(new MorphoLiquidation.Liquidatable(market.totals().amount(borrowed)));
        }
        BigInteger first = terms.preLltv().raw();
        if (borrowed.compareTo(MorphoMath.wMulDown(quoted, first)) <= 0) {
            return new Closed(
                    new MorphoLiquidation.NotPreLiquidatable(market.totals().amount(borrowed)));
        }
        BigInteger ltv = MorphoMath.wDivUp(borrowed, quoted);
        BigInteger along =
                MorphoMath.wDivDown(ltv.subtract(first), market.lltv().raw().subtract(first));
        return new Factors(
                between(along, terms.preLif1(), terms.preLif2()), between(along, terms.preLcf1(), terms.preLcf2()));
    }

    private MorphoLiquidation exchanged(MorphoPosition position, Request request, Factors factors) {
        BigInteger shares;
        BigInteger seized;
        switch (request) {
            case Repay(Shares named) -> {
                shares = named.raw();
                seized = market.seizedFor(shares, price, factors.incentive());
            }
            case Seize(TokenAmount named) -> {
                seized = named.raw();
                shares = market.sharesFor(seized, price, factors.incentive());
            }
        }
        return shares.signum() == 0
                ? new MorphoLiquidation.InconsistentInput()
                : moved(position, request, factors, shares, seized);
    }

    private MorphoLiquidation moved(
            MorphoPosition position, Request request, Factors factors, BigInteger shares, BigInteger seized) {
        BigInteger repayable = MorphoMath.wMulDown(position.borrowShares().raw(), factors.close());
        if (shares.compareTo(repayable) > 0) {
            return new MorphoLiquidation.BeyondCloseFactor(shares, repayable);
        }
        BigInteger repaid = market.owed(shares);
        if (shares.compareTo(position.borrowShares().raw()) > 0) {
            return new MorphoLiquidation.MoreThanOwed(
                    market.totals().amount(repaid), market.totals().owedFor(position.borrowShares()));
        }
        if (seized.signum() == 0) {
            return new MorphoLiquidation.NothingSeized();
        }
        TokenAmount taken = new TokenAmount(seized, position.collateral().decimals());
        if (taken.compareTo(position.collateral()) > 0) {
            return new MorphoLiquidation.MoreThanCollateral(taken, position.collateral());
        }
        return settled(position, request, new Shares(shares), repaid, taken);
    }

    private MorphoLiquidation settled(
            MorphoPosition position, Request request, Shares shares, BigInteger repaid, TokenAmount seized) {
        MorphoTotals after = market.totals().afterRepaying(shares, repaid);
        MorphoPosition left = new MorphoPosition(
                position.collateral().minus(seized), position.borrowShares().minus(shares));
        if (!left.borrowShares().isZero()) {
            MorphoStanding standing =
                    MorphoValuation.of(market.lltv(), after, market.price()).standing(left);
            if (standing.isLiquidatable()) {
                return new MorphoLiquidation.WouldStayUnhealthy(standing);
            }
        }
        TokenAmount none = market.totals().amount(BigInteger.ZERO);
        return new Seizure(request, shares, market.totals().amount(repaid), seized, Shares.ZERO, none, after, left);
    }

    private static BigInteger between(BigInteger along, Wad first, Wad second) {
        return MorphoMath.wMulDown(along, second.raw().subtract(first.raw())).add(first.raw());
    }
}
