package plimsoll.acceptance.bench;

import java.util.ArrayList;
import java.util.List;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.rpc.SocketClient;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Wei;

/** Any {@link JsonRpc} of ours under {@link Chain}, as the keeper and the oracle use it. */
record OurContender(String name, JsonRpc rpc, Chain chain, Runnable end) implements RpcContender {

    static OurContender of(RpcClient rpc) {
        return new OurContender("RpcClient", rpc, new Chain(rpc), rpc::close);
    }

    static OurContender of(SocketClient rpc) {
        return new OurContender("SocketClient", rpc, new Chain(rpc), rpc::close);
    }

    static OurContender of(String name, EndpointPool pool) {
        return new OurContender(name, pool, new Chain(pool), pool::close);
    }

    @Override
    public int balance(String account) {
        chain.balance(Address.parse(account), BlockTag.LATEST);
        return 1;
    }

    @Override
    public int call(String to, String data) {
        chain.call(Address.parse(to), data, BlockTag.LATEST);
        return 1;
    }

    @Override
    public int balances(List<String> accounts) {
        List<RpcRequest> requests = new ArrayList<>(accounts.size());
        accounts.forEach(account -> requests.add(RpcRequest.of("eth_getBalance", account, "latest")));
        List<Wei> balances = new ArrayList<>(accounts.size());
        for (RpcAnswer answer : rpc.callAll(requests)) {
            balances.add(Wei.ofRaw(Hex.number(answer.orThrow().stringValue())));
        }
        return balances.size();
    }

    @Override
    public int logs(String emitter, long last) {
        LogQuery query = LogQuery.of(List.of(Address.parse(emitter)));
        return chain.logs(query, new BlockNumber(0), new BlockNumber(last)).size();
    }

    @Override
    public void close() {
        end.run();
    }
}
