package plimsoll.abi;

/** OpenZeppelin 5 {@code TimelockController}: operations that wait before they execute. */
public final class Timelock {

    public static final ContractFunction PROPOSER_ROLE = ContractFunction.of("PROPOSER_ROLE()", "(bytes32)");

    public static final ContractFunction EXECUTOR_ROLE = ContractFunction.of("EXECUTOR_ROLE()", "(bytes32)");

    public static final ContractFunction CANCELLER_ROLE = ContractFunction.of("CANCELLER_ROLE()", "(bytes32)");

    public static final ContractFunction DEFAULT_ADMIN_ROLE = ContractFunction.of("DEFAULT_ADMIN_ROLE()", "(bytes32)");

    public static final ContractFunction GRANT_ROLE = ContractFunction.of("grantRole(bytes32 role, address account)");

    public static final ContractFunction REVOKE_ROLE = ContractFunction.of("revokeRole(bytes32 role, address account)");

    public static final ContractFunction RENOUNCE_ROLE =
            ContractFunction.of("renounceRole(bytes32 role, address callerConfirmation)");

    public static final ContractFunction HAS_ROLE =
            ContractFunction.of("hasRole(bytes32 role, address account)", "(bool)");

    public static final ContractFunction GET_MIN_DELAY = ContractFunction.of("getMinDelay()", "(uint256)");

    public static final ContractFunction UPDATE_DELAY = ContractFunction.of("updateDelay(uint256 newDelay)");

    public static final ContractFunction SCHEDULE =
            ContractFunction.of("schedule(address target, uint256 value, bytes data, bytes32 predecessor, "
                    + "bytes32 salt, uint256 delay)");

    public static final ContractFunction SCHEDULE_BATCH =
            ContractFunction.of("scheduleBatch(address[] targets, uint256[] values, bytes[] payloads, "
                    + "bytes32 predecessor, bytes32 salt, uint256 delay)");

    public static final ContractFunction EXECUTE = ContractFunction.of(
            "execute(address target, uint256 value, bytes payload, bytes32 predecessor, " + "bytes32 salt)");

    public static final ContractFunction EXECUTE_BATCH =
            ContractFunction.of("executeBatch(address[] targets, uint256[] values, bytes[] payloads, "
                    + "bytes32 predecessor, bytes32 salt)");

    public static final ContractFunction CANCEL = ContractFunction.of("cancel(bytes32 id)");

    public static final ContractFunction HASH_OPERATION = ContractFunction.of(
            "hashOperation(address target, uint256 value, bytes data, bytes32 predecessor, " + "bytes32 salt)",
            "(bytes32)");

    public static final ContractFunction HASH_OPERATION_BATCH = ContractFunction.of(
            "hashOperationBatch(address[] targets, uint256[] values, bytes[] payloads, "
                    + "bytes32 predecessor, bytes32 salt)",
            "(bytes32)");

    public static final ContractFunction GET_OPERATION_STATE =
            ContractFunction.of("getOperationState(bytes32 id)", "(uint8)");

    public static final ContractFunction GET_TIMESTAMP = ContractFunction.of("getTimestamp(bytes32 id)", "(uint256)");

    public static final ContractFunction IS_OPERATION_READY =
            ContractFunction.of("isOperationReady(bytes32 id)", "(bool)");

    public static final ContractEvent CALL_SCHEDULED_EVENT =
            ContractEvent.of("CallScheduled(bytes32 indexed id, uint256 indexed index, address target, "
                    + "uint256 value, bytes data, bytes32 predecessor, uint256 delay)");

    public static final ContractEvent CALL_EXECUTED_EVENT = ContractEvent.of(
            "CallExecuted(bytes32 indexed id, uint256 indexed index, address target, " + "uint256 value, bytes data)");

    public static final ContractEvent CANCELLED_EVENT = ContractEvent.of("Cancelled(bytes32 indexed id)");

    private Timelock() {}
}
