package plimsoll.abi;

/** OpenZeppelin 5 {@code ERC20Votes}: a token whose holders delegate their votes. */
public final class Erc20Votes {

    public static final ContractFunction DELEGATE = ContractFunction.of("delegate(address delegatee)");

    public static final ContractFunction DELEGATES = ContractFunction.of("delegates(address account)", "(address)");

    public static final ContractFunction GET_VOTES = ContractFunction.of("getVotes(address account)", "(uint256)");

    public static final ContractFunction GET_PAST_VOTES =
            ContractFunction.of("getPastVotes(address account, uint256 timepoint)", "(uint256)");

    public static final ContractFunction CLOCK = ContractFunction.of("clock()", "(uint48)");

    public static final ContractEvent DELEGATE_VOTES_CHANGED_EVENT = ContractEvent.of(
            "DelegateVotesChanged(address indexed delegate, uint256 previousVotes, " + "uint256 newVotes)");

    private Erc20Votes() {}
}
