package plimsoll.abi;

/** Multicall3: many calls in one, at one block. */
public final class Multicall3 {

    public static final ContractFunction AGGREGATE3 = ContractFunction.of(
            "aggregate3((address target, bool allowFailure, bytes callData)[] calls)",
            "((bool success, bytes returnData)[] returnData)");

    public static final ContractFunction TRY_AGGREGATE = ContractFunction.of(
            "tryAggregate(bool requireSuccess, (address target, bytes callData)[] calls)",
            "((bool success, bytes returnData)[] returnData)");

    public static final ContractFunction GET_BLOCK_HASH =
            ContractFunction.of("getBlockHash(uint256 blockNumber)", "(bytes32 blockHash)");

    public static final ContractFunction GET_BLOCK_NUMBER =
            ContractFunction.of("getBlockNumber()", "(uint256 blockNumber)");

    public static final ContractFunction GET_CURRENT_BLOCK_TIMESTAMP =
            ContractFunction.of("getCurrentBlockTimestamp()", "(uint256 timestamp)");

    public static final ContractFunction GET_ETH_BALANCE =
            ContractFunction.of("getEthBalance(address addr)", "(uint256 balance)");

    public static final ContractFunction GET_CHAIN_ID = ContractFunction.of("getChainId()", "(uint256 chainid)");

    public static final ContractFunction GET_BASEFEE = ContractFunction.of("getBasefee()", "(uint256 basefee)");

    private Multicall3() {}
}
