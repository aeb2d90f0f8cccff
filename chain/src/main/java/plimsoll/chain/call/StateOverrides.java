package plimsoll.chain.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.units.Address;

/** What a read pretends about the state of its block. */
public record StateOverrides(Map<Address, AccountOverride> accounts) {

    private static final StateOverrides NONE = new StateOverrides(Map.of());

    public StateOverrides {
        accounts = java.util.Collections.unmodifiableMap(new TreeMap<>(accounts));
    }

    public static StateOverrides none() {
        return NONE;
    }

    public static StateOverrides of(Address account, AccountOverride override) {
        return new StateOverrides(Map.of(account, override));
    }

    public StateOverrides and(Address account, AccountOverride override) {
        Map<Address, AccountOverride> more = new TreeMap<>(accounts);
        more.put(account, override);
        return new StateOverrides(more);
    }

    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    Map<String, Object> parameter() {
        Map<String, Object> fields = new LinkedHashMap<>();
        accounts.forEach((account, override) -> fields.put(account.hex(), override.parameter()));
        return fields;
    }
}
