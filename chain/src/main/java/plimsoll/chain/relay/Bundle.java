package plimsoll.chain.relay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * Signed transactions that go into one block together and in this order, or not at all.
 *
 * @param transactions the signed bytes as 0x hex
 * @param target the only block that may hold them
 * @param notBefore the earliest time of that block
 * @param notAfter the latest time of that block
 * @param mayRevert those that may fail without spoiling the bundle; with none, a revert costs nothing, for no block holds it
 * @param replacement names the bundle, so that a later one of the same name takes its place and it can be withdrawn
 */
public record Bundle(
        List<String> transactions,
        BlockNumber target,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        List<TxHash> mayRevert,
        Optional<UUID> replacement) {

    public Bundle {
        if (transactions.isEmpty()) {
            throw new IllegalArgumentException("Bundle holds no transaction: target=" + target);
        }
        transactions = List.copyOf(transactions);
        mayRevert = List.copyOf(mayRevert);
    }

    public static Bundle of(List<String> transactions, BlockNumber target) {
        return new Bundle(transactions, target, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    public Bundle withReplacement(UUID name) {
        return new Bundle(transactions, target, notBefore, notAfter, mayRevert, Optional.of(name));
    }

    public Bundle withTimes(Optional<Instant> earliest, Optional<Instant> latest) {
        return new Bundle(transactions, target, earliest, latest, mayRevert, replacement);
    }

    public Bundle withMayRevert(List<TxHash> hashes) {
        return new Bundle(transactions, target, notBefore, notAfter, hashes, replacement);
    }

    UUID name() {
        return replacement.orElseThrow();
    }

    /** The parameter of {@code eth_sendBundle}, its fields in the order of the reference client; what is absent is left out. */
    Map<String, Object> parameter() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("txs", transactions);
        fields.put("blockNumber", quantity(target));
        notBefore.ifPresent(time -> fields.put("minTimestamp", time.getEpochSecond()));
        notAfter.ifPresent(time -> fields.put("maxTimestamp", time.getEpochSecond()));
        if (!mayRevert.isEmpty()) {
            fields.put("revertingTxHashes", mayRevert.stream().map(TxHash::hex).toList());
        }
        replacement.ifPresent(name -> fields.put("replacementUuid", name.toString()));
        return fields;
    }

    static String quantity(BlockNumber block) {
        return "0x" + Long.toHexString(block.value());
    }
}
