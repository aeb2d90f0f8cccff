package plimsoll.devnet;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** The local node with the words that only it understands: mining on demand, its own clock, storage written from outside. */
final class Node {

    private static final Duration RECEIPT_LIMIT = Duration.ofSeconds(20);

    private JsonRpc rpc;
    private Chain chain;
    private boolean automine = true;

    Node(JsonRpc rpc) {
        this.rpc = rpc;
        this.chain = new Chain(rpc);
    }

    /**
     * A transaction that the node sends for its sender without a signature.
     *
     * @param to the contract; absent where {@code data} creates one
     * @param gas the gas limit; an estimate would be of a state that the block may not find, and costs an exchange
     */
    record Sending(Address from, Optional<Address> to, String data, long gas) {

        private static final long ORDINARY_GAS = 1_000_000;
        private static final long CREATION_GAS = 10_000_000;
        private static final long MOST_FEE = 200_000_000_000L;
        private static final long TIP = 1_000_000_000;

        static Sending of(Address from, Address to, String data) {
            return new Sending(from, Optional.of(to), data, ORDINARY_GAS);
        }

        static Sending creation(Address from, String code) {
            return new Sending(from, Optional.empty(), code, CREATION_GAS);
        }

        static Sending large(Address from, Address to, String data) {
            return new Sending(from, Optional.of(to), data, CREATION_GAS);
        }

        /**
         * The fees are named because anvil's own choice hangs on the moment: it shows a block's receipts an instant before it has the next
         * base fee, and whoever sends in between gets another transaction, and so another hash of the block.
         */
        private Map<String, Object> parameter() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("from", from.hex());
            to.ifPresent(contract -> fields.put("to", contract.hex()));
            fields.put("data", data);
            fields.put("gas", quantity(gas));
            fields.put("maxFeePerGas", quantity(MOST_FEE));
            fields.put("maxPriorityFeePerGas", quantity(TIP));
            return fields;
        }

        /** The node handles a batch in no certain order: the nonce orders one sender's, the fee those of a block. */
        private Map<String, Object> parameter(long nonce, int place) {
            Map<String, Object> fields = parameter();
            fields.put("nonce", quantity(nonce));
            fields.put("maxFeePerGas", quantity(MOST_FEE - place));
            return fields;
        }
    }

    /** Transactions that share a block of a given time. */
    record TimedBlock(Instant time, List<Sending> sendings) {

        TimedBlock {
            sendings = List.copyOf(sendings);
        }
    }

    Chain chain() {
        return chain;
    }

    /** From now on another node is meant, which has the same state. */
    void moveTo(JsonRpc other) {
        rpc = other;
        chain = new Chain(other);
    }

    /** Sends one transaction and waits for its block; throws {@link IllegalStateException} naming the reason of a revert. */
    Receipt send(Sending sending) {
        if (!automine) {
            return sendAll(List.of(sending)).getFirst();
        }
        TxHash tx = new TxHash(explained(sending, () -> rpc.call("eth_sendTransaction", sending.parameter()))
                .stringValue());
        return checked(sending, receipt(tx));
    }

    /** Asked for rather than waited for: anvil's own waiting call can miss the block and then never answers. */
    private Receipt receipt(TxHash tx) {
        long deadline = System.nanoTime() + RECEIPT_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Receipt> found = chain.receipt(tx);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(500_000);
        }
        throw new IllegalStateException("The node does not take the transaction into a block: tx=" + tx);
    }

    Receipt send(Address from, Address to, String data) {
        return send(Sending.large(from, to, data));
    }

    Address create(Address from, String code) {
        return send(Sending.creation(from, code)).created().orElseThrow();
    }

    /** Sends all in as few blocks as hold them, in order; the quick way to many. */
    List<Receipt> sendAll(List<Sending> sendings) {
        if (automine) {
            rpc.call("evm_setAutomine", false);
        }
        try {
            List<TxHash> txs = submit(sendings, nonces(sendings));
            return checked(sendings, mineUntilHeld(txs));
        } finally {
            if (automine) {
                rpc.call("evm_setAutomine", true);
            }
        }
    }

    /** One block for each, at its time; whoever sends anything else meanwhile disturbs it. */
    void sendAtTimes(List<TimedBlock> blocks) {
        if (automine) {
            rpc.call("evm_setAutomine", false);
        }
        try {
            Map<Address, Long> nonces =
                    nonces(blocks.stream().flatMap(it -> it.sendings().stream()).toList());
            for (TimedBlock block : blocks) {
                submit(block.sendings(), nonces);
                rpc.call("evm_mine", Map.of("timestamp", block.time().getEpochSecond(), "blocks", 1));
            }
        } finally {
            if (automine) {
                rpc.call("evm_setAutomine", true);
            }
        }
    }

    String read(Address contract, String data) {
        return chain.call(contract, data, BlockTag.LATEST);
    }

    /** What a contract has said of one kind from that block on, in order. */
    List<EventLog> logs(Address contract, ContractEvent event, BlockNumber from) {
        return chain.logs(LogQuery.of(List.of(contract), List.of(event.topic())), from, blockNumber());
    }

    void mine(long blocks) {
        rpc.call("anvil_mine", quantity(blocks));
    }

    /** A block at each of the node's clock's {@code period}; the chain's own time still moves by its spacing. */
    void mineEvery(Duration period) {
        automine = false;
        rpc.call("evm_setIntervalMining", period.toSeconds());
    }

    void stopMining() {
        automine = false;
        rpc.call("evm_setAutomine", false);
    }

    void mineEachTransaction() {
        automine = true;
        rpc.call("evm_setAutomine", true);
    }

    void blockSpacing(Duration spacing) {
        rpc.call("anvil_setBlockTimestampInterval", spacing.toSeconds());
    }

    void nextBlockAt(Instant time) {
        rpc.call("evm_setNextBlockTimestamp", time.getEpochSecond());
    }

    Instant now() {
        return chain.head().time();
    }

    BlockNumber blockNumber() {
        return chain.head().number();
    }

    void fund(List<Address> accounts, Wei ether) {
        rpc.callAll(accounts.stream()
                        .map(it -> RpcRequest.of("anvil_setBalance", it.hex(), quantity(ether.raw())))
                        .toList())
                .forEach(answer -> answer.orThrow());
    }

    void store(List<StorageWord> words) {
        rpc.callAll(words.stream()
                        .map(it -> RpcRequest.of(
                                "anvil_setStorageAt",
                                it.contract().hex(),
                                it.slot().hex(),
                                it.value().hex()))
                        .toList())
                .forEach(answer -> answer.orThrow());
    }

    Slot stored(Address contract, Slot slot) {
        return Slot.parse(rpc.call("eth_getStorageAt", contract.hex(), slot.hex(), "latest")
                .stringValue());
    }

    String snapshot() {
        return rpc.call("evm_snapshot").stringValue();
    }

    void revertTo(String snapshot) {
        if (!rpc.call("evm_revert", snapshot).booleanValue()) {
            throw new IllegalStateException("The node knows no such snapshot: found=" + snapshot);
        }
    }

    /** Hands all to the node's pool, which must not mine meanwhile. */
    private List<TxHash> submit(List<Sending> sendings, Map<Address, Long> nonces) {
        List<RpcRequest> requests = new ArrayList<>(sendings.size());
        for (int i = 0; i < sendings.size(); i++) {
            Sending sending = sendings.get(i);
            long nonce = Objects.requireNonNull(nonces.get(sending.from()));
            nonces.put(sending.from(), nonce + 1);
            requests.add(RpcRequest.of("eth_sendTransaction", sending.parameter(nonce, i)));
        }
        return rpc.callAll(requests).stream()
                .map(answer -> new TxHash(answer.orThrow().stringValue()))
                .toList();
    }

    private Map<Address, Long> nonces(List<Sending> sendings) {
        List<Address> senders = sendings.stream().map(Sending::from).distinct().toList();
        List<RpcAnswer> counts = rpc.callAll(senders.stream()
                .map(it -> RpcRequest.of("eth_getTransactionCount", it.hex(), "pending"))
                .toList());
        Map<Address, Long> nonces = new HashMap<>();
        for (int i = 0; i < senders.size(); i++) {
            nonces.put(senders.get(i), Long.decode(counts.get(i).orThrow().stringValue()));
        }
        return nonces;
    }

    private List<Receipt> mineUntilHeld(List<TxHash> txs) {
        long deadline = System.nanoTime() + RECEIPT_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            rpc.call("evm_mine");
            List<Receipt> held =
                    chain.receipts(txs).stream().flatMap(Optional::stream).toList();
            if (held.size() == txs.size()) {
                return held;
            }
        }
        throw new IllegalStateException("The node does not take all transactions into blocks: sent=" + txs.size());
    }

    private List<Receipt> checked(List<Sending> sendings, List<Receipt> receipts) {
        List<Receipt> checked = new ArrayList<>(receipts.size());
        for (int i = 0; i < receipts.size(); i++) {
            checked.add(checked(sendings.get(i), receipts.get(i)));
        }
        return checked;
    }

    private Receipt checked(Sending sending, Receipt receipt) {
        if (!receipt.succeeded()) {
            BlockAt before = BlockAt.number(receipt.blockNumber().value() - 1);
            explained(sending, () -> rpc.call("eth_call", sending.parameter(), before.parameter()));
            throw new IllegalStateException(describe(sending, "gas=" + receipt.gasUsed() + " limit=" + sending.gas()));
        }
        return receipt;
    }

    private static JsonNode explained(Sending sending, Supplier<JsonNode> exchange) {
        try {
            return exchange.get();
        } catch (RpcException e) {
            if (!e.isRevert()) {
                throw e;
            }
            String reason =
                    e.data().map(data -> RevertReason.decode(data).describe()).orElse(e.getMessage());
            throw new IllegalStateException(describe(sending, "reason=" + reason), e);
        }
    }

    private static String describe(Sending sending, String fact) {
        return "Transaction reverts: from=" + sending.from() + " to="
                + sending.to().map(Address::toString).orElse("a new contract") + " selector="
                + sending.data().substring(0, Math.min(10, sending.data().length())) + " " + fact;
    }

    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String quantity(BigInteger value) {
        return "0x" + value.toString(16);
    }
}
