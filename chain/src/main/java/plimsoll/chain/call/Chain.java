package plimsoll.chain.call;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** A chain as a node tells it, typed and checked. Every method blocks and throws {@link RpcException}. */
public final class Chain {

    private final JsonRpc rpc;
    private final Calls calls;
    private final Simulator simulator;

    /** Several calls travel as JSON-RPC batches. */
    public Chain(JsonRpc rpc) {
        this(rpc, CallSettings.batches());
    }

    public Chain(JsonRpc rpc, CallSettings settings) {
        this.rpc = rpc;
        calls = new Calls(rpc, settings);
        simulator = new Simulator(rpc);
    }

    public JsonRpc rpc() {
        return rpc;
    }

    public ChainId chainId() {
        return new ChainId(Fields.whole(rpc.call("eth_chainId"), "chainId"));
    }

    /** Refuses a node of another chain before anything is read or signed for it. */
    public void verifyChainId(ChainId expected) {
        ChainId found = chainId();
        if (!found.equals(expected)) {
            throw new RpcException(
                    Kind.REJECTED,
                    "Node serves another chain: found=" + found + " expected=" + expected + " node=" + rpc.endpoint());
        }
    }

    public BlockHeader head() {
        return header(BlockTag.LATEST);
    }

    /** The header of a block that must exist. */
    public BlockHeader header(BlockAt at) {
        return findHeader(at)
                .orElseThrow(() -> new RpcException(
                        Kind.TRANSIENT, "Node does not know the block: block=" + at + " node=" + rpc.endpoint()));
    }

    public Optional<BlockHeader> findHeader(BlockAt at) {
        return header(rpc.call(headerRequest(at)), at);
    }

    /** The headers that exist, from {@code first} to {@code last}, both included, up to the first that the node lacks. */
    public List<BlockHeader> headers(BlockNumber first, BlockNumber last) {
        List<RpcRequest> requests = new ArrayList<>();
        for (long number = first.value(); number <= last.value(); number++) {
            requests.add(headerRequest(BlockAt.number(number)));
        }
        List<BlockHeader> headers = new ArrayList<>();
        List<RpcAnswer> answers = rpc.callAll(requests);
        for (int i = 0; i < answers.size(); i++) {
            Optional<BlockHeader> header = header(answers.get(i).orThrow(), BlockAt.number(first.plus(i)));
            if (header.isEmpty()) {
                break;
            }
            headers.add(header.get());
        }
        return headers;
    }

    private static RpcRequest headerRequest(BlockAt at) {
        return switch (at) {
            case BlockAt.ByHash(BlockHash hash) -> RpcRequest.of("eth_getBlockByHash", hash.hex(), false);
            case BlockAt.ByNumber number -> RpcRequest.of("eth_getBlockByNumber", number.parameter(), false);
            case BlockTag tag -> RpcRequest.of("eth_getBlockByNumber", tag.parameter(), false);
        };
    }

    private static Optional<BlockHeader> header(JsonNode json, BlockAt at) {
        if (json.isNull()) {
            return Optional.empty();
        }
        BlockHeader header = Answers.header(json);
        boolean asked = switch (at) {
            case BlockAt.ByHash(BlockHash hash) -> header.hash().equals(hash);
            case BlockAt.ByNumber(BlockNumber number) -> header.number().equals(number);
            case BlockTag _ -> true;
        };
        if (!asked) {
            throw RpcException.corrupt(
                    "Node answered another block: found=" + header.number() + " " + header.hash() + " asked=" + at);
        }
        return Optional.of(header);
    }

    public Wei balance(Address account, BlockAt at) {
        return Wei.ofRaw(Fields.quantity(rpc.call("eth_getBalance", account.hex(), at.parameter()), "balance"));
    }

    /** How many transactions the account has sent: the nonce of its next. */
    public Nonce transactionCount(Address account, BlockAt at) {
        return new Nonce(
                Fields.whole(rpc.call("eth_getTransactionCount", account.hex(), at.parameter()), "transactionCount"));
    }

    /** The contract's code as 0x hex, "0x" where there is none. */
    public String code(Address account, BlockAt at) {
        return Fields.bytes(rpc.call("eth_getCode", account.hex(), at.parameter()), "code");
    }

    /** Words of contracts' storage as numbers, all on the state of one block, in one exchange. */
    public List<BigInteger> storage(List<StorageKey> keys, BlockAt at) {
        List<RpcRequest> requests = keys.stream()
                .map(key -> RpcRequest.of(
                        "eth_getStorageAt",
                        key.contract().hex(),
                        "0x" + key.slot().toString(16),
                        at.parameter()))
                .toList();
        return rpc.callAll(requests).stream()
                .map(answer -> new BigInteger(
                        "0" + Fields.bytes(answer.orThrow(), "storage").substring(2), 16))
                .toList();
    }

    /** What the contract returns, as 0x hex; a revert is an exception with {@link RpcException#isRevert()}. */
    public String call(Call call, BlockAt at) {
        return call(call, at, StateOverrides.none());
    }

    /** What the contract would return if the state were otherwise. */
    public String call(Call call, BlockAt at, StateOverrides overrides) {
        return Fields.bytes(rpc.call(Calls.request(call, at, overrides)), "call");
    }

    public String call(Address to, String data, BlockAt at) {
        return call(Call.of(to, data), at);
    }

    /**
     * Several independent calls on the state of one block, by whichever way is faster. Any failure other than a revert is
     * thrown. A contract whose answer depends on who asks must be told who does, with {@link Call#from}.
     */
    public List<CallResult> callAll(List<Call> several, BlockAt at) {
        return calls.all(several, at);
    }

    /** The same if the state were otherwise; always one exchange. */
    public List<CallResult> callAll(List<Call> several, BlockAt at, StateOverrides overrides) {
        return calls.batch(several, at, overrides);
    }

    /** Calls one after the other, each on what the earlier ones left behind; nothing stays. */
    public Simulation simulate(List<Call> sequence, BlockAt at, StateOverrides overrides) {
        return simulator.simulate(sequence, at, overrides);
    }

    public Gas estimateGas(Call call, BlockAt at) {
        return estimateGas(call, at, StateOverrides.none());
    }

    public Gas estimateGas(Call call, BlockAt at, StateOverrides overrides) {
        RpcRequest request = overrides.isEmpty()
                ? RpcRequest.of("eth_estimateGas", call.parameter(), at.parameter())
                : RpcRequest.of("eth_estimateGas", call.parameter(), at.parameter(), overrides.parameter());
        return new Gas(Fields.whole(rpc.call(request), "estimateGas"));
    }

    /** The logs of exactly one block, found by its hash. */
    public List<EventLog> logs(LogQuery query, BlockHash block) {
        return logs(List.of(block), query).getFirst();
    }

    /** The logs of each of these blocks, in one exchange. */
    public List<List<EventLog>> logs(List<BlockHash> blocks, LogQuery query) {
        return logs(
                blocks.stream().map(block -> new BlockLogQuery(block, query)).toList());
    }

    /** The answers to several questions about blocks known by their hashes, in one exchange. */
    public List<List<EventLog>> logs(List<BlockLogQuery> questions) {
        List<RpcRequest> requests = new ArrayList<>();
        for (BlockLogQuery question : questions) {
            Map<String, Object> filter = new LinkedHashMap<>(question.query().parameter());
            filter.put("blockHash", question.block().hex());
            requests.add(RpcRequest.of("eth_getLogs", filter));
        }
        List<RpcAnswer> answers = rpc.callAll(requests);
        List<List<EventLog>> logs = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            BlockLogQuery question = questions.get(i);
            logs.add(checked(
                    answers.get(i).orThrow(),
                    question.query(),
                    log -> log.blockHash().equals(question.block())));
        }
        return logs;
    }

    /** The logs of a range of blocks, both ends included. Which chain they are of is for the caller to check. */
    public List<EventLog> logs(LogQuery query, BlockNumber first, BlockNumber last) {
        Map<String, Object> filter = new LinkedHashMap<>(query.parameter());
        filter.put("fromBlock", BlockAt.number(first).parameter());
        filter.put("toBlock", BlockAt.number(last).parameter());
        return checked(
                rpc.call("eth_getLogs", filter),
                query,
                log -> log.blockNumber().compareTo(first) >= 0
                        && log.blockNumber().compareTo(last) <= 0);
    }

    private static List<EventLog> checked(JsonNode json, LogQuery query, Predicate<EventLog> isInRange) {
        List<EventLog> logs = Answers.logs(json, "logs");
        for (EventLog log : logs) {
            if (!query.matches(log) || !isInRange.test(log)) {
                throw RpcException.corrupt("Node answered a log that was not asked for: block=" + log.blockNumber()
                        + " index=" + log.index() + " address=" + log.address());
            }
        }
        return logs;
    }

    /** Absent until a block holds the transaction, and again if a reorg takes it out. */
    public Optional<Receipt> receipt(TxHash tx) {
        return receipts(List.of(tx)).getFirst();
    }

    public List<Optional<Receipt>> receipts(List<TxHash> txs) {
        List<RpcAnswer> answers = rpc.callAll(txs.stream()
                .map(tx -> RpcRequest.of("eth_getTransactionReceipt", tx.hex()))
                .toList());
        List<Optional<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            TxHash asked = txs.get(i);
            Optional<Receipt> receipt = Answers.receipt(answers.get(i).orThrow());
            receipt.filter(found -> !found.txHash().equals(asked)).ifPresent(found -> {
                throw RpcException.corrupt(
                        "Node answered another receipt: found=" + found.txHash() + " asked=" + asked);
            });
            receipts.add(receipt);
        }
        return receipts;
    }

    /** Whether the node knows the transaction, mined or waiting. */
    public boolean knowsTransaction(TxHash tx) {
        return !rpc.call("eth_getTransactionByHash", tx.hex()).isNull();
    }

    /** Fees of the last {@code blocks} blocks, with the tips at the given percentiles (0..100, ascending). */
    public FeeHistory feeHistory(int blocks, List<Integer> percentiles) {
        JsonNode json = rpc.call(
                "eth_feeHistory", "0x" + Integer.toHexString(blocks), BlockTag.LATEST.parameter(), percentiles);
        return Answers.feeHistory(json, percentiles.size());
    }

    /** The price that a legacy chain asks; on EIP-1559 chains see {@link #feeHistory}. */
    public GasPrice gasPrice() {
        return GasPrice.ofRaw(Fields.quantity(rpc.call("eth_gasPrice"), "gasPrice"));
    }
}
