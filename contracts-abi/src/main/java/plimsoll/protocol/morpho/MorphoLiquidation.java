package plimsoll.protocol.morpho;

import java.math.BigInteger;
import plimsoll.units.TokenAmount;

/** What a liquidation comes to: amounts to the wei, or the reason why the contract refuses. */
public sealed interface MorphoLiquidation {

    /** What the caller names; the contract computes the other amount. */
    sealed interface Request {}

    record Seize(TokenAmount collateral) implements Request {}

    record Repay(Shares shares) implements Request {}

    /**
     * The call succeeds.
     *
     * @param request what the call must name to come out like this
     * @param repaid what the liquidator pays
     * @param seized what the liquidator receives
     * @param badDebt what stays unpaid with no collateral left, and is taken from the lenders
     * @param totals the market afterwards
     * @param position the position afterwards
     */
    record Seizure(
            Request request,
            Shares repaidShares,
            TokenAmount repaid,
            TokenAmount seized,
            Shares badDebtShares,
            TokenAmount badDebt,
            MorphoTotals totals,
            MorphoPosition position)
            implements MorphoLiquidation {}

    /** The call reverts. */
    sealed interface Refused extends MorphoLiquidation {
        /** The contract's error, as {@code RevertReason} describes it. */
        String error();
    }

    record Healthy(MorphoStanding standing) implements Refused {
        @Override
        public String error() {
            return "position is healthy";
        }
    }

    /** Nothing is named. */
    record InconsistentInput() implements Refused {
        @Override
        public String error() {
            return "inconsistent input";
        }
    }

    /** More shares would be repaid than the account owes. */
    record MoreThanOwed(TokenAmount repaid, TokenAmount owed) implements Refused {
        @Override
        public String error() {
            return "Panic(0x11): arithmetic overflow";
        }
    }

    /** More collateral would be seized than the account has. */
    record MoreThanCollateral(TokenAmount seized, TokenAmount collateral) implements Refused {
        @Override
        public String error() {
            return "Panic(0x11): arithmetic overflow";
        }
    }

    /** An amount does not fit 128 bits. */
    record TooLarge() implements Refused {
        @Override
        public String error() {
            return "max uint128 exceeded";
        }
    }

    /** A product does not fit 256 bits. */
    record Overflow() implements Refused {
        @Override
        public String error() {
            return "Panic(0x11): arithmetic overflow";
        }
    }

    /** A repayment buys nothing certain while the oracle says zero; seizing everything for nothing is still possible. */
    record NoPrice() implements Refused {
        @Override
        public String error() {
            return "Panic(0x12): division by zero";
        }
    }

    /** Pre-liquidation: the position is below its first threshold. */
    record NotPreLiquidatable(TokenAmount borrowed) implements Refused {
        @Override
        public String error() {
            return "NotPreLiquidatablePosition";
        }
    }

    /** Pre-liquidation: the position is beyond the market's own threshold and belongs to ordinary liquidation. */
    record Liquidatable(TokenAmount borrowed) implements Refused {
        @Override
        public String error() {
            return "LiquidatablePosition";
        }
    }

    /** Pre-liquidation: more would be repaid than the close factor allows. */
    record BeyondCloseFactor(BigInteger repaidShares, BigInteger repayableShares) implements Refused {
        @Override
        public String error() {
            return "PreLiquidationTooLarge[" + repaidShares + ", " + repayableShares + "]";
        }
    }

    /** Pre-liquidation: nothing would be seized, and the market knows no withdrawal of nothing. */
    record NothingSeized() implements Refused {
        @Override
        public String error() {
            return "zero assets";
        }
    }

    /** Pre-liquidation: the market's own oracle would find the position below the line afterwards. */
    record WouldStayUnhealthy(MorphoStanding standing) implements Refused {
        @Override
        public String error() {
            return "insufficient collateral";
        }
    }
}
