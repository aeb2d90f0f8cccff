package plimsoll.chain.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * What a read pretends about one account.
 *
 * @param code instead of the account's own, as 0x hex
 * @param storage by slot, both as 32 bytes of 0x hex
 * @param replacesStorage whether all other slots are empty; otherwise they keep what they hold
 */
public record AccountOverride(
        Optional<Wei> balance,
        Optional<Nonce> nonce,
        Optional<String> code,
        SortedMap<String, String> storage,
        boolean replacesStorage) {

    private static final int WORD_LENGTH = 2 + 64;

    public AccountOverride {
        storage = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(storage));
        storage.forEach((slot, word) -> {
            if (slot.length() != WORD_LENGTH || word.length() != WORD_LENGTH) {
                throw new IllegalArgumentException(
                        "Storage override is not of 32-byte words: slot=" + slot + " word=" + word);
            }
        });
    }

    public static AccountOverride none() {
        return new AccountOverride(Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>(), false);
    }

    public AccountOverride withBalance(Wei amount) {
        return new AccountOverride(Optional.of(amount), nonce, code, storage, replacesStorage);
    }

    public AccountOverride withNonce(Nonce next) {
        return new AccountOverride(balance, Optional.of(next), code, storage, replacesStorage);
    }

    public AccountOverride withCode(String bytes) {
        return new AccountOverride(balance, nonce, Optional.of(bytes), storage, replacesStorage);
    }

    /** The contract's storage is this and nothing else. */
    public AccountOverride withState(Map<String, String> words) {
        return new AccountOverride(balance, nonce, code, new TreeMap<>(words), true);
    }

    /** These slots hold this; the others stay. */
    public AccountOverride withStateDiff(Map<String, String> words) {
        return new AccountOverride(balance, nonce, code, new TreeMap<>(words), false);
    }

    Map<String, Object> parameter() {
        Map<String, Object> fields = new LinkedHashMap<>();
        balance.ifPresent(amount -> fields.put("balance", "0x" + amount.raw().toString(16)));
        nonce.ifPresent(next -> fields.put("nonce", "0x" + Long.toHexString(next.value())));
        code.ifPresent(bytes -> fields.put("code", bytes));
        if (replacesStorage || !storage.isEmpty()) {
            fields.put(replacesStorage ? "state" : "stateDiff", storage);
        }
        return fields;
    }
}
