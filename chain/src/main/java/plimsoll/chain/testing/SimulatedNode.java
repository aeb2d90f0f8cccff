package plimsoll.chain.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node in memory: a pool that takes signed transactions by the usual rules, blocks that are mined when told, reorgs of
 * any depth, logs. Contracts do not run: a transaction succeeds unless its target is told to revert.
 */
public final class SimulatedNode implements OneByOne {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final long chainId;
    private final List<SimulatedBlock> blocks = new ArrayList<>();
    private final Map<String, PooledTransaction> pool = new LinkedHashMap<>();
    private final Set<Address> reverting = new HashSet<>();
    private final List<PendingLog> pendingLogs = new ArrayList<>();
    private BigInteger baseFee = BigInteger.valueOf(1_000_000_000);
    private BigInteger usualTip = BigInteger.valueOf(1_000_000_000);
    private boolean dropsPricedOut;
    private int blockCapacity = Integer.MAX_VALUE;
    private int largestLogAnswer = Integer.MAX_VALUE;
    private boolean automine;
    private long salt;

    private Optional<Long> finality = Optional.empty();
    private boolean suggestsRanges;

    record PendingLog(Address address, List<String> topics, String data) {}

    public SimulatedNode(long chainId) {
        this.chainId = chainId;
        blocks.add(SimulatedBlock.genesis(baseFee));
    }

    /** Mines a block for every transaction that arrives, as anvil does. */
    public synchronized SimulatedNode automining() {
        automine = true;
        return this;
    }

    public synchronized void setBaseFee(BigInteger wei) {
        baseFee = wei;
    }

    /** The tip that the fee history tells of for every percentile of every block. */
    public synchronized void setUsualTip(BigInteger wei) {
        usualTip = wei;
    }

    /** Takes no transaction below the base fee, and at every block drops those that fell below it, as anvil does. */
    public synchronized void dropPricedOut() {
        dropsPricedOut = true;
    }

    /** The most transactions that one block holds. */
    public synchronized void setBlockCapacity(int transactions) {
        blockCapacity = transactions;
    }

    /** Queries that would answer more logs than this are refused, as providers do. */
    public synchronized void setLargestLogAnswer(int logs) {
        largestLogAnswer = logs;
    }

    /** Transactions to this contract revert from now on. */
    public synchronized void revertsAt(Address contract) {
        reverting.add(contract);
    }

    /** A log that the next block will hold. */
    public synchronized void emit(Address address, String topic, String data) {
        emit(address, List.of(topic), data);
    }

    public synchronized void emit(Address address, List<String> topics, String data) {
        pendingLogs.add(new PendingLog(address, List.copyOf(topics), data));
    }

    /** From now on the node knows the words "finalized" and "safe", and means the block this far below its head. */
    public synchronized void setFinality(long depth) {
        finality = Optional.of(depth);
    }

    /** A refusal for too many logs names the range that would be answered, as some providers do. */
    public synchronized void suggestRanges() {
        suggestsRanges = true;
    }

    /** Forgets every transaction that no block holds, as a restarted node does. */
    public synchronized void forgetPool() {
        pool.clear();
    }

    /** Mines one block out of what the pool holds and the base fee allows. */
    public synchronized void mine() {
        List<PooledTransaction> chosen = new ArrayList<>();
        Map<Address, Long> counts = new HashMap<>();
        List<PooledTransaction> byNonce = pool.values().stream()
                .sorted(Comparator.comparingLong(PooledTransaction::nonce))
                .toList();
        for (PooledTransaction tx : byNonce) {
            long next = counts.computeIfAbsent(tx.from(), this::count);
            if (chosen.size() < blockCapacity
                    && tx.nonce() == next
                    && tx.maxFee().compareTo(baseFee) >= 0) {
                chosen.add(tx);
                counts.put(tx.from(), next + 1);
            }
        }
        SimulatedBlock block =
                SimulatedBlock.on(blocks.getLast(), salt++, baseFee, chosen, reverting, List.copyOf(pendingLogs));
        pendingLogs.clear();
        blocks.add(block);
        Set<String> mined = new HashSet<>();
        chosen.forEach(tx -> mined.add(tx.slot()));
        pool.values().removeIf(tx -> mined.contains(tx.slot()) || tx.nonce() < count(tx.from()) || isPricedOut(tx));
    }

    private boolean isPricedOut(PooledTransaction tx) {
        return dropsPricedOut && tx.maxFee().compareTo(baseFee) < 0;
    }

    public synchronized void mine(int count) {
        for (int i = 0; i < count; i++) {
            mine();
        }
    }

    /** Takes the newest blocks away and puts their transactions back into the pool; logs are lost with them. */
    public synchronized void undo(int depth) {
        for (int i = 0; i < depth; i++) {
            blocks.removeLast().transactions().forEach(tx -> pool.putIfAbsent(tx.slot(), tx));
        }
    }

    public synchronized long height() {
        return blocks.size() - 1L;
    }

    /** Every transaction that the chain holds, oldest first. */
    public synchronized List<PooledTransaction> mined() {
        return blocks.stream().flatMap(block -> block.transactions().stream()).toList();
    }

    @Override
    public String endpoint() {
        return "simulated:" + chainId;
    }

    @Override
    public synchronized JsonNode call(RpcRequest request) {
        List<?> params = request.params();
        return switch (request.method()) {
            case "eth_chainId" -> text(SimulatedBlock.hex(chainId));
            case "eth_getBlockByNumber", "eth_getBlockByHash" ->
                block(params.getFirst())
                        .map(SimulatedBlock::header)
                        .<JsonNode>map(JSON::valueToTree)
                        .orElse(JSON.nullNode());
            case "eth_getTransactionCount" -> text(SimulatedBlock.hex(countAt(params)));
            case "eth_feeHistory" -> feeHistory(((List<?>) params.get(2)).size());
            case "eth_sendRawTransaction" -> accept(String.valueOf(params.getFirst()));
            case "eth_getTransactionByHash" -> transaction(String.valueOf(params.getFirst()));
            case "eth_getTransactionReceipt" -> receipt(String.valueOf(params.getFirst()));
            case "eth_getLogs" -> logs((Map<?, ?>) params.getFirst());
            case "eth_call" -> eth_call((Map<?, ?>) params.getFirst());
            default -> throw refused(-32601, "the method " + request.method() + " does not exist");
        };
    }

    private static JsonNode text(String text) {
        return JSON.valueToTree(text);
    }

    private static RpcException refused(int code, String message) {
        return new RpcException(Kind.REJECTED, code, "Node refused: " + message, Optional.empty());
    }

    private Optional<SimulatedBlock> block(Object at) {
        if (at instanceof Map<?, ?> byHash) {
            return Optional.of(block(String.valueOf(byHash.get("blockHash")))
                    .orElseThrow(() -> new RpcException(Kind.TRANSIENT, "Node refused: header not found")));
        }
        String word = String.valueOf(at);
        if (word.length() == 66) {
            return blocks.stream().filter(block -> block.hash().equals(word)).findFirst();
        }
        if (word.equals("finalized") || word.equals("safe")) {
            long depth = finality.orElseThrow(() -> refused(-39001, "unknown block tag " + word));
            return Optional.of(blocks.get((int) Math.max(0, height() - depth)));
        }
        if (!word.startsWith("0x")) {
            return Optional.of(blocks.getLast());
        }
        long number = Long.parseLong(word.substring(2), 16);
        return number < blocks.size() ? Optional.of(blocks.get((int) number)) : Optional.empty();
    }

    private long countAt(List<?> params) {
        Address account = new Address(String.valueOf(params.get(0)));
        SimulatedBlock at = block(params.get(1)).orElseThrow(() -> refused(-32000, "header not found"));
        return blocks.stream()
                .filter(block -> block.number() <= at.number())
                .flatMap(block -> block.transactions().stream())
                .filter(tx -> tx.from().equals(account))
                .count();
    }

    private long count(Address account) {
        return blocks.stream()
                .flatMap(block -> block.transactions().stream())
                .filter(tx -> tx.from().equals(account))
                .count();
    }

    private JsonNode feeHistory(int percentiles) {
        String tip = "0x" + usualTip.toString(16);
        String fee = "0x" + baseFee.toString(16);
        return JSON.valueToTree(Map.of(
                "oldestBlock",
                SimulatedBlock.hex(height()),
                "baseFeePerGas",
                List.of("0x" + blocks.getLast().baseFee().toString(16), fee),
                "reward",
                List.of(Collections.nCopies(percentiles, tip))));
    }

    private JsonNode accept(String raw) {
        PooledTransaction tx = PooledTransaction.decode(raw);
        if (tx.chainId() != chainId) {
            throw refused(-32000, "invalid sender");
        }
        long next = count(tx.from());
        PooledTransaction rival = pool.get(tx.slot());
        if (rival != null && rival.hash().equals(tx.hash())) {
            throw refused(-32000, "already known");
        }
        if (tx.nonce() < next) {
            throw refused(-32000, "nonce too low: next nonce " + next + ", tx nonce " + tx.nonce());
        }
        if (isPricedOut(tx)) {
            throw refused(-32003, "max fee per gas less than block base fee");
        }
        if (tx.gasLimit() < 21_000) {
            throw refused(-32000, "intrinsic gas too low: gas " + tx.gasLimit() + ", minimum needed 21000");
        }
        if (rival != null && !tx.replaces(rival)) {
            throw refused(-32000, "replacement transaction underpriced");
        }
        pool.put(tx.slot(), tx);
        if (automine) {
            mine();
        }
        return text(tx.hash());
    }

    private JsonNode transaction(String hash) {
        boolean isKnown = Stream.concat(pool.values().stream(), mined().stream())
                .anyMatch(tx -> tx.hash().equals(hash));
        return isKnown ? JSON.valueToTree(Map.of("hash", hash)) : JSON.nullNode();
    }

    private JsonNode receipt(String hash) {
        for (SimulatedBlock block : blocks) {
            Optional<Map<String, Object>> receipt = block.receipt(hash);
            if (receipt.isPresent()) {
                return JSON.valueToTree(receipt.get());
            }
        }
        return JSON.nullNode();
    }

    private JsonNode logs(Map<?, ?> filter) {
        Object hash = filter.get("blockHash");
        List<SimulatedBlock> range = hash != null
                ? List.of(block(Map.of("blockHash", hash)).orElseThrow())
                : List.copyOf(blocks.subList((int) Math.min(blocks.size(), number(filter.get("fromBlock"))), (int)
                        Math.min(blocks.size(), number(filter.get("toBlock")) + 1)));
        List<Map<String, Object>> logs = range.stream()
                .flatMap(block -> block.logs().stream())
                .filter(log -> matches(filter, log))
                .toList();
        if (logs.size() > largestLogAnswer) {
            throw refused(
                    -32005, "query returned more than " + largestLogAnswer + " results" + suggestion(filter, range));
        }
        return JSON.valueToTree(logs);
    }

    private String suggestion(Map<?, ?> filter, List<SimulatedBlock> range) {
        int answered = 0;
        int blocksThatFit = 0;
        for (SimulatedBlock block : range) {
            answered += (int)
                    block.logs().stream().filter(log -> matches(filter, log)).count();
            blocksThatFit += answered <= largestLogAnswer ? 1 : 0;
        }
        return suggestsRanges && blocksThatFit > 0
                ? ". Try with this block range ["
                        + SimulatedBlock.hex(range.getFirst().number()) + ", "
                        + SimulatedBlock.hex(range.get(blocksThatFit - 1).number()) + "]."
                : "";
    }

    private static boolean matches(Map<?, ?> filter, Map<String, Object> log) {
        boolean address = !(filter.get("address") instanceof List<?> wanted) || wanted.contains(log.get("address"));
        if (!address || !(filter.get("topics") instanceof List<?> positions)) {
            return address;
        }
        List<?> topics = (List<?>) log.getOrDefault("topics", List.of());
        for (int i = 0; i < positions.size(); i++) {
            if (positions.get(i) instanceof List<?> accepted
                    && (topics.size() <= i || !accepted.contains(topics.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static long number(@Nullable Object hex) {
        return Long.parseLong(String.valueOf(hex).substring(2), 16);
    }

    private JsonNode eth_call(Map<?, ?> call) {
        if (reverting.contains(new Address(String.valueOf(call.get("to"))))) {
            throw new RpcException(
                    Kind.REJECTED, 3, "Node refused: execution reverted", Optional.of(SimulatedBlock.REVERT_DATA));
        }
        return text("0x");
    }
}
