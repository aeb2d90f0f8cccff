package plimsoll.keeper.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;

/** Reads gathered first and sent as one exchange, all on the state of one block; each answer goes where it was asked for. */
public final class Batch {

    private record Read(Call call, Consumer<CallResult> whenAnswered) {}

    private final List<Read> reads = new ArrayList<>();

    /** A read that cannot fail on a sound market; a revert ends the whole batch. */
    public void must(Address contract, ContractFunction function, Consumer<AbiValues> whenRead, Object... arguments) {
        may(
                contract,
                function,
                answer -> whenRead.accept(answer.orElseThrow(() -> new RpcException(
                        RpcException.Kind.REJECTED,
                        "Contract refuses a read: contract=" + contract + " function=" + function))),
                arguments);
    }

    /** A read that may revert or answer nonsense, which is then an empty answer. */
    public void may(
            Address contract, ContractFunction function, Consumer<Optional<AbiValues>> whenRead, Object... arguments) {
        add(Call.of(contract, function.encode(arguments)), result -> whenRead.accept(decoded(function, result)));
    }

    public void add(Call call, Consumer<CallResult> whenAnswered) {
        reads.add(new Read(call, whenAnswered));
    }

    public void run(Chain chain, BlockAt at) {
        answered(chain.callAll(calls(), at));
    }

    /** The calls, where they travel with those of another. */
    List<Call> calls() {
        return reads.stream().map(Read::call).toList();
    }

    /** In the order of the calls. */
    void answered(List<CallResult> results) {
        for (int i = 0; i < results.size(); i++) {
            reads.get(i).whenAnswered.accept(results.get(i));
        }
    }

    private static Optional<AbiValues> decoded(ContractFunction function, CallResult result) {
        return switch (result) {
            case CallResult.Returned(String data) -> {
                try {
                    yield Optional.of(function.decode(data));
                } catch (IllegalArgumentException _) {
                    // What stands at this address is not the contract we took it for; the caller decides what that
                    // means.
                    yield Optional.empty();
                }
            }
            case CallResult.Reverted _ -> Optional.empty();
        };
    }
}
