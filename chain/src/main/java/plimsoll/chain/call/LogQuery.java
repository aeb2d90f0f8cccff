package plimsoll.chain.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.units.Address;

/**
 * Which logs are wanted.
 *
 * @param addresses emitting contracts; empty means any
 * @param topics for each position the accepted values; an empty list accepts all
 */
public record LogQuery(List<Address> addresses, List<List<String>> topics) {

    public LogQuery {
        addresses = List.copyOf(addresses);
        topics = topics.stream().map(List::copyOf).toList();
    }

    /** Every event of every contract. */
    public static LogQuery everything() {
        return new LogQuery(List.of(), List.of());
    }

    /** All events of these contracts. */
    public static LogQuery of(List<Address> addresses) {
        return new LogQuery(addresses, List.of());
    }

    /** Events of these contracts whose signature is one of {@code signatures}. */
    public static LogQuery of(List<Address> addresses, List<String> signatures) {
        return new LogQuery(addresses, List.of(signatures));
    }

    /** Whether a log is one of those wanted; a node that answers others is not to be trusted. */
    public boolean matches(EventLog log) {
        if (!addresses.isEmpty() && !addresses.contains(log.address())) {
            return false;
        }
        for (int i = 0; i < topics.size(); i++) {
            List<String> accepted = topics.get(i);
            if (!accepted.isEmpty()
                    && (log.topics().size() <= i
                            || !accepted.contains(log.topics().get(i)))) {
                return false;
            }
        }
        return true;
    }

    Map<String, Object> parameter() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!addresses.isEmpty()) {
            fields.put("address", addresses.stream().map(Address::hex).toList());
        }
        if (!topics.isEmpty()) {
            // Jackson writes an empty list as [], which some nodes read as "none"; null means "any".
            List<Object> positions = new ArrayList<>();
            topics.forEach(accepted -> positions.add(accepted.isEmpty() ? ANY : accepted));
            fields.put("topics", positions);
        }
        return fields;
    }

    private static final Object ANY = tools.jackson.databind.node.NullNode.getInstance();
}
