package plimsoll.abi;

/** The contract through which alone Venus' core pool is liquidated once its comptroller names it. */
public final class VenusLiquidator {

    public static final ContractFunction LIQUIDATE_BORROW = ContractFunction.of(
            "liquidateBorrow(address vToken, address borrower, uint256 repayAmount, address vTokenCollateral)");

    public static final ContractFunction TREASURY_PERCENT =
            ContractFunction.of("treasuryPercentMantissa()", "(uint256)");

    public static final ContractFunction MIN_LIQUIDATABLE_VAI =
            ContractFunction.of("minLiquidatableVAI()", "(uint256)");

    public static final ContractFunction FORCE_VAI_LIQUIDATE = ContractFunction.of("forceVAILiquidate()", "(bool)");

    public static final ContractFunction LIQUIDATION_RESTRICTED =
            ContractFunction.of("liquidationRestricted(address borrower)", "(bool)");

    public static final ContractFunction SET_TREASURY_PERCENT =
            ContractFunction.of("setTreasuryPercent(uint256 newTreasuryPercentMantissa)");

    public static final ContractFunction INITIALIZE = ContractFunction.of(
            "initialize(uint256 treasuryPercentMantissa, address accessControlManager, address protocolShareReserve)");

    public static final ContractEvent LIQUIDATE_BORROWED_TOKENS_EVENT = ContractEvent.of(
            "LiquidateBorrowedTokens(address indexed liquidator, address indexed borrower, uint256 repayAmount,"
                    + " address vTokenBorrowed, address indexed vTokenCollateral, uint256 seizeTokensForTreasury, uint256"
                    + " seizeTokensForLiquidator)");

    public static final ContractEvent NEW_TREASURY_PERCENT_EVENT =
            ContractEvent.of("NewLiquidationTreasuryPercent(uint256 oldPercent, uint256 newPercent)");

    private VenusLiquidator() {}
}
