package plimsoll.protocol.aave;

import java.util.List;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/** What a {@code Pool.liquidationCall} comes to: amounts to the wei, or the reason why the pool refuses. */
public sealed interface AaveLiquidation {

    /** Which collateral is asked for which debt, by reserve id; both may be the same reserve. */
    record Pair(int collateral, int debt) {}

    /** Debt that no collateral is left to cover, and that the pool writes off as the reserve's deficit. */
    record Deficit(int reserve, TokenAmount amount) {}

    /**
     * The call succeeds.
     *
     * @param debtToCover what the call must name to come out like this, in the debt's token. Where the collateral is the
     *     limit this is more than {@code repaid}: naming only {@code repaid} may leave a trace of collateral, which the pool
     *     refuses as dust
     * @param repaid what the liquidator pays, in the debt's token
     * @param seized what the liquidator receives, in the collateral's token, the protocol's fee already taken off
     * @param protocolFee what goes to the treasury as aTokens, in the collateral's token
     * @param closesCollateral whether the whole collateral of this reserve is taken
     * @param deficits debt written off, by ascending reserve; empty unless no collateral of value is left
     */
    record Seizure(
            TokenAmount debtToCover,
            TokenAmount repaid,
            TokenAmount seized,
            TokenAmount protocolFee,
            boolean closesCollateral,
            List<Deficit> deficits)
            implements AaveLiquidation {
        public Seizure {
            deficits = List.copyOf(deficits);
        }
    }

    /** The call reverts. */
    sealed interface Refused extends AaveLiquidation {
        /** The contract's error, as {@code RevertReason} names it; before 3.4 the contract says a number instead. */
        String error();
    }

    record Inactive(int reserve) implements Refused {
        @Override
        public String error() {
            return "ReserveInactive";
        }
    }

    record Paused(int reserve) implements Refused {
        @Override
        public String error() {
            return "ReservePaused";
        }
    }

    /** The price oracle sentinel forbids liquidation at 0.95 and above, as after an outage of the sequencer. */
    record SentinelForbids(HealthFactor healthFactor) implements Refused {
        @Override
        public String error() {
            return "PriceOracleSentinelCheckFailed";
        }
    }

    /** The reserve was paused lately and borrowers have time to react. */
    record InGracePeriod(int reserve) implements Refused {
        @Override
        public String error() {
            return "LiquidationGraceSentinelCheckFailed";
        }
    }

    record Healthy(AaveAccountData account) implements Refused {
        @Override
        public String error() {
            return "HealthFactorNotBelowThreshold";
        }
    }

    /** Not flagged as collateral by the account; or, ours to refuse, without any liquidation bonus set. */
    record NotUsedAsCollateral(int reserve) implements Refused {
        @Override
        public String error() {
            return "CollateralCannotBeLiquidated";
        }
    }

    record NothingBorrowed(int reserve) implements Refused {
        @Override
        public String error() {
            return "SpecifiedCurrencyNotBorrowedByUser";
        }
    }

    /** The call would leave both collateral and debt, and less than 1 000 of base currency of one of them. */
    record MustNotLeaveDust(BaseValue collateralLeft, BaseValue debtLeft) implements Refused {
        @Override
        public String error() {
            return "MustNotLeaveDust";
        }
    }

    /** So little is covered that no scaled unit of debt or collateral would move. */
    record TooSmall(TokenAmount repaid, TokenAmount seized) implements Refused {
        @Override
        public String error() {
            return "InvalidBurnAmount";
        }
    }
}
