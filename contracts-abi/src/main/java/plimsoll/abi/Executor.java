package plimsoll.abi;

import java.math.BigInteger;
import java.util.List;
import plimsoll.units.Address;

/** Our own contract that carries out liquidations in one transaction ({@code src/main/solidity/executor}). */
public final class Executor {

    /** Owner, treasury, operators. */
    public static final AbiTuple CONSTRUCTOR = AbiTuple.of("(address,address,address[])");

    public static final ContractFunction EXECUTE = ContractFunction.of(
            "execute((uint8 kind, bool mayFail, bytes data)[] steps, address profitToken, uint256 minProfit)",
            "(uint256 profit)");

    public static final ContractFunction WITHDRAW =
            ContractFunction.of("withdraw(address token, uint256 amount, address to)");

    public static final ContractFunction OWNER = ContractFunction.of("owner()", "(address)");

    public static final ContractFunction PENDING_OWNER = ContractFunction.of("pendingOwner()", "(address)");

    public static final ContractFunction TREASURY = ContractFunction.of("treasury()", "(address)");

    public static final ContractFunction PAUSED = ContractFunction.of("paused()", "(bool)");

    public static final ContractFunction IS_OPERATOR = ContractFunction.of("isOperator(address operator)", "(bool)");

    public static final ContractFunction OFFER_OWNERSHIP = ContractFunction.of("offerOwnership(address to)");

    public static final ContractFunction ACCEPT_OWNERSHIP = ContractFunction.of("acceptOwnership()");

    public static final ContractFunction SET_OPERATOR =
            ContractFunction.of("setOperator(address operator, bool allowed)");

    public static final ContractFunction SET_TREASURY = ContractFunction.of("setTreasury(address to)");

    public static final ContractFunction SET_PAUSED = ContractFunction.of("setPaused(bool to)");

    public static final ContractEvent EXECUTED_EVENT =
            ContractEvent.of("Executed(address indexed operator, address indexed profitToken, uint256 profit)");

    public static final ContractEvent GAINED_EVENT =
            ContractEvent.of("Gained(address indexed token, uint256 amount, address indexed treasury)");

    public static final ContractEvent STEP_FAILED_EVENT =
            ContractEvent.of("StepFailed(uint8 indexed kind, address indexed target, bytes reason)");

    public static final ContractEvent WITHDRAWN_EVENT =
            ContractEvent.of("Withdrawn(address indexed token, uint256 amount, address indexed to)");

    private Executor() {}

    /**
     * The call that carries these steps out.
     *
     * @param profitToken what the profit is counted in
     * @param minProfit the least gain in it, in its smallest unit; with less the contract reverts
     */
    public static String execute(List<ExecutorStep> steps, Address profitToken, BigInteger minProfit) {
        return EXECUTE.encode(steps.stream().map(ExecutorStep::encoded).toList(), profitToken, minProfit);
    }
}
