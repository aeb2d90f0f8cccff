package plimsoll.chain.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Multicall3;
import plimsoll.chain.call.CallSettings.Way;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import tools.jackson.databind.JsonNode;

/**
 * Several reads of one block's state, as a JSON-RPC batch or through Multicall3, with the same results either way.
 *
 * <p>A contract that is asked through Multicall3 sees that contract as its caller, and less gas. So a call that names its
 * sender, value or gas never goes that way, and one that fails there is asked again by itself: whether it fails on its own
 * account is only then known.
 */
final class Calls {

    private final JsonRpc rpc;
    private final CallSettings settings;
    private final WayChoice choice = new WayChoice();

    Calls(JsonRpc rpc, CallSettings settings) {
        this.rpc = rpc;
        this.settings = settings;
    }

    List<CallResult> all(List<Call> calls, BlockAt at) {
        int joinable = (int) calls.stream().filter(Calls::isJoinable).count();
        if (settings.multicall().isEmpty() || joinable < 2) {
            return batch(calls, at, StateOverrides.none());
        }
        Way way = settings.way() == Way.MEASURED ? choice.choose(calls.size()) : settings.way();
        long start = System.nanoTime();
        List<CallResult> results = way == Way.MULTICALL ? joined(calls, at) : batch(calls, at, StateOverrides.none());
        choice.took(way, calls.size(), System.nanoTime() - start);
        return results;
    }

    List<CallResult> batch(List<Call> calls, BlockAt at, StateOverrides overrides) {
        List<RpcRequest> requests =
                calls.stream().map(call -> request(call, at, overrides)).toList();
        return rpc.callAll(requests).stream().map(Calls::result).toList();
    }

    static RpcRequest request(Call call, BlockAt at, StateOverrides overrides) {
        return overrides.isEmpty()
                ? RpcRequest.of("eth_call", call.parameter(), at.parameter())
                : RpcRequest.of("eth_call", call.parameter(), at.parameter(), overrides.parameter());
    }

    private static CallResult result(RpcAnswer answer) {
        return switch (answer) {
            case RpcAnswer.Result(JsonNode json) -> new CallResult.Returned(Fields.bytes(json, "call"));
            case RpcAnswer.Failure(RpcException reason) -> {
                if (!reason.isRevert()) {
                    throw reason;
                }
                yield new CallResult.Reverted(String.valueOf(reason.getMessage()), reason.data());
            }
        };
    }

    private static boolean isJoinable(Call call) {
        return call.from().isEmpty() && call.value().isZero() && call.gas().isEmpty();
    }

    /** Aggregates and what cannot be part of one in one exchange; in a second what failed in an aggregate. */
    private List<CallResult> joined(List<Call> calls, BlockAt at) {
        List<List<Integer>> chunks = chunks(calls);
        List<Integer> single = new ArrayList<>();
        List<RpcRequest> requests = new ArrayList<>();
        chunks.forEach(chunk -> requests.add(aggregate(calls, chunk, at)));
        for (int i = 0; i < calls.size(); i++) {
            if (!isJoinable(calls.get(i))) {
                single.add(i);
                requests.add(request(calls.get(i), at, StateOverrides.none()));
            }
        }
        List<RpcAnswer> answers = rpc.callAll(requests);
        @Nullable CallResult[] results = new CallResult[calls.size()];
        for (int i = 0; i < chunks.size(); i++) {
            take(answers.get(i), chunks.get(i), results);
        }
        for (int i = 0; i < single.size(); i++) {
            results[single.get(i)] = result(answers.get(chunks.size() + i));
        }
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null) {
                open.add(i);
            }
        }
        if (!open.isEmpty()) {
            List<CallResult> asked = batch(open.stream().map(calls::get).toList(), at, StateOverrides.none());
            for (int i = 0; i < open.size(); i++) {
                results[open.get(i)] = asked.get(i);
            }
        }
        return Arrays.stream(results).map(CallResult.class::cast).toList();
    }

    private List<List<Integer>> chunks(List<Call> calls) {
        List<List<Integer>> chunks = new ArrayList<>();
        List<Integer> chunk = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < calls.size(); i++) {
            if (!isJoinable(calls.get(i))) {
                continue;
            }
            int size = calls.get(i).data().length() / 2;
            if (!chunk.isEmpty() && (chunk.size() == settings.callsAtOnce() || bytes + size > settings.bytesAtOnce())) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(i);
            bytes += size;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    private RpcRequest aggregate(List<Call> calls, List<Integer> chunk, BlockAt at) {
        List<List<Object>> parts = chunk.stream()
                .map(calls::get)
                .map(call -> List.<Object>of(call.to(), true, call.data()))
                .toList();
        Call whole = Call.of(settings.multicall().orElseThrow(), Multicall3.AGGREGATE3.encode(parts));
        return request(whole, at, StateOverrides.none());
    }

    /** Fills in what succeeded; where the aggregate as a whole failed, or there is no such contract, nothing did. */
    private static void take(RpcAnswer answer, List<Integer> chunk, @Nullable CallResult[] results) {
        Optional<AbiValues> parts = parts(answer, chunk.size());
        for (int i = 0; parts.isPresent() && i < chunk.size(); i++) {
            AbiValues part = parts.get().values(i);
            if (part.bool("success")) {
                results[chunk.get(i)] = new CallResult.Returned(part.hex("returnData"));
            }
        }
    }

    private static Optional<AbiValues> parts(RpcAnswer answer, int expected) {
        return switch (answer) {
            case RpcAnswer.Failure(RpcException reason) -> {
                if (reason.kind() != Kind.REJECTED) {
                    throw reason;
                }
                yield Optional.empty();
            }
            case RpcAnswer.Result(JsonNode json) -> {
                try {
                    AbiValues parts = Multicall3.AGGREGATE3
                            .decode(Fields.bytes(json, "call"))
                            .values(0);
                    yield Optional.of(parts).filter(it -> it.size() == expected);
                } catch (IllegalArgumentException e) {
                    yield Optional.empty(); // no Multicall3 at this address, or not yet at this block
                }
            }
        };
    }
}
