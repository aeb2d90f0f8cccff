package plimsoll.abi;

/** The controller of VAI, Venus' own stablecoin, whose debts count into an account's liquidity. */
public final class VaiController {

    public static final ContractFunction GET_VAI_REPAY_AMOUNT =
            ContractFunction.of("getVAIRepayAmount(address account)", "(uint256)");

    public static final ContractFunction VAI_MINT_INDEX = ContractFunction.of("vaiMintIndex()", "(uint256)");

    public static final ContractFunction PAST_VAI_INTEREST =
            ContractFunction.of("pastVAIInterest(address account)", "(uint256)");

    public static final ContractFunction GET_VAI_MINTER_INTEREST_INDEX =
            ContractFunction.of("getVAIMinterInterestIndex(address minter)", "(uint256)");

    public static final ContractFunction GET_VAI_REPAY_RATE_PER_BLOCK =
            ContractFunction.of("getVAIRepayRatePerBlock()", "(uint256)");

    public static final ContractFunction ACCRUE_VAI_INTEREST = ContractFunction.of("accrueVAIInterest()");

    public static final ContractEvent MINT_VAI_EVENT =
            ContractEvent.of("MintVAI(address minter, uint256 mintVAIAmount)");

    public static final ContractEvent REPAY_VAI_EVENT =
            ContractEvent.of("RepayVAI(address payer, address borrower, uint256 repayVAIAmount)");

    public static final ContractEvent LIQUIDATE_VAI_EVENT = ContractEvent.of(
            "LiquidateVAI(address liquidator, address borrower, uint256 repayAmount, address vTokenCollateral, uint256"
                    + " seizeTokens)");

    private VaiController() {}
}
