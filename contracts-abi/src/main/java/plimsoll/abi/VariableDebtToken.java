package plimsoll.abi;

/** Aave v3 {@code IVariableDebtToken}: a debt, stored scaled by the variable borrow index. */
public final class VariableDebtToken {

    public static final ContractFunction SCALED_BALANCE_OF =
            ContractFunction.of("scaledBalanceOf(address user)", "(uint256)");

    public static final ContractFunction SCALED_TOTAL_SUPPLY = ContractFunction.of("scaledTotalSupply()", "(uint256)");

    public static final ContractFunction GET_SCALED_USER_BALANCE_AND_SUPPLY = ContractFunction.of(
            "getScaledUserBalanceAndSupply(address user)", "(uint256 scaledBalance, uint256 scaledTotalSupply)");

    public static final ContractFunction GET_PREVIOUS_INDEX =
            ContractFunction.of("getPreviousIndex(address user)", "(uint256)");

    public static final ContractFunction BALANCE_OF = ContractFunction.of("balanceOf(address account)", "(uint256)");

    public static final ContractFunction TOTAL_SUPPLY = ContractFunction.of("totalSupply()", "(uint256)");

    public static final ContractFunction UNDERLYING_ASSET_ADDRESS =
            ContractFunction.of("UNDERLYING_ASSET_ADDRESS()", "(address)");

    public static final ContractFunction APPROVE_DELEGATION =
            ContractFunction.of("approveDelegation(address delegatee, uint256 amount)");

    public static final ContractEvent MINT_EVENT =
            ContractEvent.of("Mint(address indexed caller, address indexed onBehalfOf, uint256 value, "
                    + "uint256 balanceIncrease, uint256 index)");

    public static final ContractEvent BURN_EVENT =
            ContractEvent.of("Burn(address indexed from, address indexed target, uint256 value, "
                    + "uint256 balanceIncrease, uint256 index)");

    public static final ContractEvent TRANSFER_EVENT =
            ContractEvent.of("Transfer(address indexed from, address indexed to, uint256 value)");

    private VariableDebtToken() {}
}
