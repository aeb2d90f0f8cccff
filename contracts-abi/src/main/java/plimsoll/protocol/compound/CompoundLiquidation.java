package plimsoll.protocol.compound;

import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** What a {@code liquidateBorrow} comes to: amounts to the wei, or the reason why the market refuses. */
public sealed interface CompoundLiquidation {

    /** Which collateral is asked for which debt, by reserve id; both may be the same reserve. */
    record Pair(int collateral, int debt) {}

    /** Tokens of the collateral's reserve (vTokens, cTokens) in their smallest unit. */
    record Shares(java.math.BigInteger raw) {}

    /**
     * The call succeeds.
     *
     * @param repaid what the liquidator pays, in the debt's token
     * @param seized what the borrower loses, in the collateral reserve's tokens
     * @param protocolShare the part of it that the market keeps
     * @param received the part that the liquidator receives
     * @param redeemed the underlying that {@code received} is redeemed for in the same block, the treasury's fee taken off;
     *     later blocks give no less
     * @param redeemable whether the reserve has the cash for it then, and lets tokens be redeemed
     * @param closesCollateral whether the borrower's whole collateral of this reserve is taken
     * @param closesDebt whether the whole debt of this reserve is repaid
     */
    record Seizure(
            TokenAmount repaid,
            Shares seized,
            Shares protocolShare,
            Shares received,
            TokenAmount redeemed,
            boolean redeemable,
            boolean closesCollateral,
            boolean closesDebt)
            implements CompoundLiquidation {}

    /** The call fails or answers an error code. */
    sealed interface Refused extends CompoundLiquidation {
        /** The contract's own word for it. */
        String error();
    }

    /** Governance has stopped it: the whole market, or what the call needs of one reserve. */
    record Paused(String error) implements Refused {}

    record NotListed(int reserve) implements Refused {
        @Override
        public String error() {
            return "market not listed";
        }
    }

    /** No price for a reserve that the account depends on. */
    record NoPrice(int reserve) implements Refused {
        @Override
        public String error() {
            return "PRICE_ERROR";
        }
    }

    /** Debt does not exceed collateral. */
    record Solvent(CompoundLiquidity account) implements Refused {
        @Override
        public String error() {
            return "INSUFFICIENT_SHORTFALL";
        }
    }

    /** More than the close factor allows. */
    record TooMuchRepaid(TokenAmount allowed) implements Refused {
        @Override
        public String error() {
            return "TOO_MUCH_REPAY";
        }
    }

    record NothingRepaid() implements Refused {
        @Override
        public String error() {
            return "INVALID_CLOSE_AMOUNT_REQUESTED";
        }
    }

    /** More would be seized than the borrower has. */
    record SeizesTooMuch(Shares wanted, Shares held) implements Refused {
        @Override
        public String error() {
            return "LIQUIDATE_SEIZE_TOO_MUCH";
        }
    }

    record NotEntered(int reserve) implements Refused {
        @Override
        public String error() {
            return "token seizure failed";
        }
    }

    /** The reserve's rate is beyond what it accrues at. */
    record RateTooHigh(int reserve) implements Refused {
        @Override
        public String error() {
            return "borrow rate is absurdly high";
        }
    }

    /** The liquidator contract wants the account's stablecoin debt repaid first. */
    record VaiFirst(Wad owed) implements Refused {
        @Override
        public String error() {
            return "VAIDebtTooHigh";
        }
    }

    /** Ours to refuse: no incentive is set for the collateral, so that a liquidator would pay for nothing. */
    record NoIncentive(int reserve) implements Refused {
        @Override
        public String error() {
            return "no incentive";
        }
    }
}
