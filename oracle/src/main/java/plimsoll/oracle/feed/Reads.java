package plimsoll.oracle.feed;

import java.util.ArrayList;
import java.util.List;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;

/** Contract reads at one block, decoded; an answer that does not fit its signature is corrupt. */
final class Reads {

    private final Chain chain;
    private final BlockAt at;

    Reads(Chain chain, BlockAt at) {
        this.chain = chain;
        this.at = at;
    }

    /** A read of one contract. */
    record Read(Address contract, ContractFunction function, List<?> arguments) {
        static Read of(Address contract, ContractFunction function, Object... arguments) {
            return new Read(contract, function, List.of(arguments));
        }
    }

    AbiValues one(Address contract, ContractFunction function, Object... arguments) {
        return all(List.of(Read.of(contract, function, arguments))).getFirst();
    }

    /** All in one exchange; a revert of any is thrown. */
    List<AbiValues> all(List<Read> reads) {
        List<CallResult> results = chain.callAll(
                reads.stream()
                        .map(read -> Call.of(
                                read.contract(),
                                read.function().encode(read.arguments().toArray())))
                        .toList(),
                at);
        List<AbiValues> decoded = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            decoded.add(decode(reads.get(i), results.get(i)));
        }
        return decoded;
    }

    private static AbiValues decode(Read read, CallResult result) {
        return switch (result) {
            case CallResult.Returned(String data) -> {
                try {
                    yield read.function().decode(data);
                } catch (IllegalArgumentException e) {
                    throw RpcException.corrupt("Contract answers what its signature does not allow: contract="
                            + read.contract() + " " + e.getMessage());
                }
            }
            case CallResult.Reverted(String message, var _) ->
                throw new RpcException(
                        RpcException.Kind.REJECTED,
                        "Contract refuses to be read: contract=" + read.contract() + " function=" + read.function()
                                + " " + message);
        };
    }
}
