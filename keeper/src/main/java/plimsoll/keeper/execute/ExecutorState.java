package plimsoll.keeper.execute;

import java.util.List;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Executor;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;

/** An executor's roles as they are on chain. */
public record ExecutorState(Address owner, Address pendingOwner, Address treasury, boolean paused, boolean isOperator) {

    /**
     * Reads them in one exchange.
     *
     * @param operator who is asked about
     * @throws RpcException where the address is no executor
     */
    public static ExecutorState read(Chain chain, Address executor, Address operator, BlockAt at) {
        List<CallResult> answers = chain.callAll(
                List.of(
                        Call.of(executor, Executor.OWNER.encode()),
                        Call.of(executor, Executor.PENDING_OWNER.encode()),
                        Call.of(executor, Executor.TREASURY.encode()),
                        Call.of(executor, Executor.PAUSED.encode()),
                        Call.of(executor, Executor.IS_OPERATOR.encode(operator))),
                at);
        return new ExecutorState(
                answer(Executor.OWNER, answers.get(0), executor).address(0),
                answer(Executor.PENDING_OWNER, answers.get(1), executor).address(0),
                answer(Executor.TREASURY, answers.get(2), executor).address(0),
                answer(Executor.PAUSED, answers.get(3), executor).bool(0),
                answer(Executor.IS_OPERATOR, answers.get(4), executor).bool(0));
    }

    private static AbiValues answer(ContractFunction function, CallResult result, Address executor) {
        if (result instanceof CallResult.Returned(String data) && !data.equals("0x")) {
            return function.decode(data);
        }
        throw new RpcException(
                RpcException.Kind.REJECTED, "Contract is no executor: address=" + executor + " asked=" + function);
    }
}
