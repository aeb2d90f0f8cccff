package plimsoll.chain.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.Hash;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogsBloom;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/** One block of a simulated node, with the answers that a node gives about it. */
record SimulatedBlock(
        long number,
        String hash,
        String parentHash,
        BigInteger baseFee,
        List<PooledTransaction> transactions,
        Set<String> failed,
        List<Map<String, Object>> logs,
        LogsBloom bloom) {

    /** Error(string) with the text "refused". */
    static final String REVERT_DATA =
            "0x08c379a0" + "0".repeat(62) + "20" + "0".repeat(63) + "7" + "72656675736564" + "0".repeat(50);

    private static final String NO_TX = "0x" + "0".repeat(64);

    static SimulatedBlock genesis(BigInteger baseFee) {
        return new SimulatedBlock(
                0, Hash.sha3String("genesis"), NO_TX, baseFee, List.of(), Set.of(), List.of(), LogsBloom.of(List.of()));
    }

    static SimulatedBlock on(
            SimulatedBlock parent,
            long salt,
            BigInteger baseFee,
            List<PooledTransaction> transactions,
            Set<Address> reverting,
            List<SimulatedNode.PendingLog> pending) {
        String hash = Hash.sha3String(parent.hash + salt);
        List<Map<String, Object>> logs = new ArrayList<>();
        for (SimulatedNode.PendingLog log : pending) {
            logs.add(Map.of(
                    "address", log.address().hex(),
                    "topics", log.topics(),
                    "data", log.data(),
                    "blockNumber", hex(parent.number + 1),
                    "blockHash", hash,
                    "transactionHash", Hash.sha3String(hash + logs.size()),
                    "transactionIndex", "0x0",
                    "logIndex", hex(logs.size()),
                    "removed", false));
        }
        Set<String> failed = transactions.stream()
                .filter(tx -> reverting.contains(tx.to()))
                .map(PooledTransaction::hash)
                .collect(java.util.stream.Collectors.toSet());
        return new SimulatedBlock(
                parent.number + 1,
                hash,
                parent.hash,
                baseFee,
                List.copyOf(transactions),
                failed,
                logs,
                bloom(pending, parent.number + 1, hash));
    }

    private static LogsBloom bloom(List<SimulatedNode.PendingLog> logs, long number, String hash) {
        return LogsBloom.of(logs.stream()
                .map(log -> new EventLog(
                        log.address(),
                        log.topics(),
                        log.data(),
                        new BlockNumber(number),
                        new BlockHash(hash),
                        new TxHash(hash),
                        0))
                .toList());
    }

    Map<String, Object> header() {
        return Map.of(
                "number",
                hex(number),
                "hash",
                hash,
                "parentHash",
                parentHash,
                "timestamp",
                hex(1_700_000_000 + number * 12),
                "baseFeePerGas",
                "0x" + baseFee.toString(16),
                "gasLimit",
                hex(30_000_000),
                "gasUsed",
                hex(21_000L * transactions.size()),
                "logsBloom",
                bloom.hex());
    }

    Optional<Map<String, Object>> receipt(String txHash) {
        for (int i = 0; i < transactions.size(); i++) {
            PooledTransaction tx = transactions.get(i);
            if (tx.hash().equals(txHash)) {
                BigInteger price = baseFee.add(tx.maxPriorityFee()).min(tx.maxFee());
                return Optional.of(Map.of(
                        "transactionHash",
                        txHash,
                        "transactionIndex",
                        hex(i),
                        "blockNumber",
                        hex(number),
                        "blockHash",
                        hash,
                        "status",
                        failed.contains(txHash) ? "0x0" : "0x1",
                        "gasUsed",
                        hex(21_000),
                        "effectiveGasPrice",
                        "0x" + price.toString(16),
                        "logs",
                        List.of()));
            }
        }
        return Optional.empty();
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
