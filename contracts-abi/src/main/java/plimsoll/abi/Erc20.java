package plimsoll.abi;

/** ERC-20 with its metadata. */
public final class Erc20 {

    public static final ContractFunction NAME = ContractFunction.of("name()", "(string)");

    public static final ContractFunction SYMBOL = ContractFunction.of("symbol()", "(string)");

    public static final ContractFunction DECIMALS = ContractFunction.of("decimals()", "(uint8)");

    public static final ContractFunction TOTAL_SUPPLY = ContractFunction.of("totalSupply()", "(uint256)");

    public static final ContractFunction BALANCE_OF = ContractFunction.of("balanceOf(address account)", "(uint256)");

    public static final ContractFunction ALLOWANCE =
            ContractFunction.of("allowance(address owner, address spender)", "(uint256)");

    public static final ContractFunction TRANSFER =
            ContractFunction.of("transfer(address to, uint256 value)", "(bool)");

    public static final ContractFunction APPROVE =
            ContractFunction.of("approve(address spender, uint256 value)", "(bool)");

    public static final ContractFunction TRANSFER_FROM =
            ContractFunction.of("transferFrom(address from, address to, uint256 value)", "(bool)");

    public static final ContractEvent TRANSFER_EVENT =
            ContractEvent.of("Transfer(address indexed from, address indexed to, uint256 value)");

    public static final ContractEvent APPROVAL_EVENT =
            ContractEvent.of("Approval(address indexed owner, address indexed spender, uint256 value)");

    private Erc20() {}
}
