package plimsoll.keeper.protocol.comet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Comet;
import plimsoll.abi.ContractEvent;
import plimsoll.chain.call.EventLog;
import plimsoll.keeper.position.Touch;
import plimsoll.units.Address;

/** Says whose account a log has made stale. What the market holds and what is paused is read at every block anyway. */
final class LogTranslator {

    /** Of the proxy in front of the market: governance at work. */
    private static final ContractEvent UPGRADED = ContractEvent.of("Upgraded(address indexed implementation)");

    /** The events that move an account, and who of them it is. */
    private static final Map<ContractEvent, List<String>> MOVED = Map.of(
            Comet.SUPPLY_EVENT, List.of("dst"),
            Comet.WITHDRAW_EVENT, List.of("src"),
            Comet.TRANSFER_EVENT, List.of("from", "to"),
            Comet.SUPPLY_COLLATERAL_EVENT, List.of("dst"),
            Comet.WITHDRAW_COLLATERAL_EVENT, List.of("src"),
            Comet.TRANSFER_COLLATERAL_EVENT, List.of("from", "to"),
            Comet.ABSORB_DEBT_EVENT, List.of("borrower"),
            Comet.ABSORB_COLLATERAL_EVENT, List.of("borrower"));

    private static final Map<String, ContractEvent> BY_TOPIC = byTopic();

    private LogTranslator() {}

    static Set<Touch> touches(EventLog log) {
        Set<Touch> touches = new HashSet<>();
        String topic = log.topics().isEmpty() ? "" : log.topics().getFirst();
        if (topic.equals(UPGRADED.topic())) {
            touches.add(new Touch.Parameters());
        }
        ContractEvent event = BY_TOPIC.get(topic);
        if (event != null) {
            AbiValues values = event.decode(log.topics(), log.data());
            for (String who : MOVED.getOrDefault(event, List.of())) {
                Address account = values.address(who);
                if (!account.equals(Address.ZERO)) {
                    touches.add(new Touch.Account(account));
                }
            }
        }
        return touches;
    }

    private static Map<String, ContractEvent> byTopic() {
        Map<String, ContractEvent> events = new HashMap<>();
        MOVED.keySet().forEach(event -> events.put(event.topic(), event));
        return Map.copyOf(events);
    }
}
