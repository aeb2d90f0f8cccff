package plimsoll.chain.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.RevertReason;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

/** Sequences of calls by {@code eth_simulateV1}, where the node has it; that it has not is found out once. */
final class Simulator {

    private static final int METHOD_NOT_FOUND = -32_601;
    private static final String REASON =
            "Node has no eth_simulateV1, so that only independent calls can be tried: node=";

    private final JsonRpc rpc;
    private volatile boolean notOffered;

    Simulator(JsonRpc rpc) {
        this.rpc = rpc;
    }

    Simulation simulate(List<Call> calls, BlockAt at, StateOverrides overrides) {
        if (notOffered) {
            return new Simulation.NotOffered(REASON + rpc.endpoint());
        }
        JsonNode answer;
        try {
            answer = rpc.call("eth_simulateV1", parameter(calls, overrides), at.parameter());
        } catch (RpcException e) {
            if (!isUnknownMethod(e)) {
                throw e;
            }
            notOffered = true;
            return new Simulation.NotOffered(REASON + rpc.endpoint());
        }
        List<JsonNode> blocks = Fields.array(answer, "simulation");
        if (blocks.size() != 1) {
            throw RpcException.corrupt("Simulation has another number of blocks: found=" + blocks.size() + " asked=1");
        }
        List<JsonNode> results = Fields.of(blocks.getFirst(), "simulation").array("calls");
        if (results.size() != calls.size()) {
            throw RpcException.corrupt(
                    "Simulation has another number of calls: found=" + results.size() + " asked=" + calls.size());
        }
        return new Simulation.Simulated(results.stream().map(Simulator::read).toList());
    }

    private static boolean isUnknownMethod(RpcException e) {
        String words = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
        return e.kind() == Kind.REJECTED
                && (e.code() == METHOD_NOT_FOUND
                        || words.contains("eth_simulatev1")
                        || words.contains("method not found")
                        || words.contains("does not exist/is not available"));
    }

    private static Map<String, Object> parameter(List<Call> calls, StateOverrides overrides) {
        List<Map<String, Object>> transactions = new ArrayList<>();
        for (Call call : calls) {
            Map<String, Object> fields = new LinkedHashMap<>(call.parameter());
            // Said outright, because some nodes fill in the going price and then find the sender too poor for it.
            fields.put("maxFeePerGas", "0x0");
            fields.put("maxPriorityFeePerGas", "0x0");
            transactions.add(fields);
        }
        Map<String, Object> block = new LinkedHashMap<>();
        if (!overrides.isEmpty()) {
            block.put("stateOverrides", overrides.parameter());
        }
        block.put("calls", transactions);
        return Map.of("blockStateCalls", List.of(block), "validation", false, "traceTransfers", false);
    }

    static SimulatedCall read(JsonNode json) {
        Fields call = Fields.of(json, "simulation.call");
        long status = call.whole("status");
        String data = call.bytes("returnData");
        if (status == 1) {
            return new SimulatedCall(
                    true,
                    data,
                    call.gas("gasUsed"),
                    Answers.logs(call.field("logs"), "simulation.logs"),
                    Optional.empty());
        }
        // The reason stands in the returned data or, with other nodes, in the error.
        JsonNode inError = json.path("error").path("data");
        String reason = data.equals("0x") && inError.isString() ? Fields.bytes(inError, "simulation.error") : data;
        return new SimulatedCall(
                false, reason, call.gas("gasUsed"), List.of(), Optional.of(RevertReason.decode(reason)));
    }
}
