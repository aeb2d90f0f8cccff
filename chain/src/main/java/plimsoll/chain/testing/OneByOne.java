package plimsoll.chain.testing;

import java.util.ArrayList;
import java.util.List;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;

/** A node that answers a batch one request after the other, as if each had come alone. */
public interface OneByOne extends JsonRpc {

    @Override
    default List<RpcAnswer> callAll(List<RpcRequest> requests) {
        List<RpcAnswer> answers = new ArrayList<>();
        for (RpcRequest request : requests) {
            try {
                answers.add(new RpcAnswer.Result(call(request)));
            } catch (RpcException e) {
                answers.add(new RpcAnswer.Failure(e));
            }
        }
        return answers;
    }
}
