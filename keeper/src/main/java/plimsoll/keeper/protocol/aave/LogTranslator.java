package plimsoll.keeper.protocol.aave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.abi.AToken;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.VariableDebtToken;
import plimsoll.chain.call.EventLog;
import plimsoll.keeper.position.Touch;
import plimsoll.units.Address;

/**
 * Says which facts a log has made stale. Amounts in logs are not used: since v3.5 an event's value, increase and index no longer
 * give the scaled balance back to the wei, so the balances that a block touched are read at the block's hash instead.
 *
 * @param supplyTokens asset by aToken
 * @param debtTokens asset by variable debt token
 */
record LogTranslator(Address pool, Map<Address, Address> supplyTokens, Map<Address, Address> debtTokens) {

    /** The two ends of a transfer are all that a mint, a burn and a liquidation move, so it alone is followed. */
    private static final ContractEvent TRANSFER = AToken.TRANSFER_EVENT;

    LogTranslator {
        supplyTokens = Map.copyOf(supplyTokens);
        debtTokens = Map.copyOf(debtTokens);
    }

    Set<Touch> touches(List<EventLog> logs) {
        Set<Touch> touches = new HashSet<>();
        logs.forEach(log -> touches.addAll(touches(log)));
        return touches;
    }

    private List<Touch> touches(EventLog log) {
        Optional<Address> supplied = Optional.ofNullable(supplyTokens.get(log.address()));
        if (supplied.isPresent()) {
            return balances(log, TRANSFER).stream()
                    .<Touch>map(account -> new Touch.Supply(account, supplied.get()))
                    .toList();
        }
        Optional<Address> owed = Optional.ofNullable(debtTokens.get(log.address()));
        if (owed.isPresent()) {
            return balances(log, VariableDebtToken.TRANSFER_EVENT).stream()
                    .<Touch>map(account -> new Touch.Debt(account, owed.get()))
                    .toList();
        }
        // Everything else that we follow (configurator, oracle, addresses provider) is governance at work.
        return log.address().equals(pool) ? ofPool(log) : List.of(new Touch.Parameters());
    }

    private List<Touch> ofPool(EventLog log) {
        if (is(log, AavePool.RESERVE_DATA_UPDATED_EVENT)) {
            return List.of(new Touch.Indexes(
                    decode(log, AavePool.RESERVE_DATA_UPDATED_EVENT).address("reserve")));
        }
        if (is(log, AavePool.USER_EMODE_SET_EVENT)) {
            return List.of(new Touch.Efficiency(
                    decode(log, AavePool.USER_EMODE_SET_EVENT).address("user")));
        }
        for (ContractEvent collateral : List.of(
                AavePool.RESERVE_USED_AS_COLLATERAL_ENABLED_EVENT,
                AavePool.RESERVE_USED_AS_COLLATERAL_DISABLED_EVENT)) {
            if (is(log, collateral)) {
                return List.of(new Touch.Collateral(decode(log, collateral).address("user")));
            }
        }
        return List.of();
    }

    private static List<Address> balances(EventLog log, ContractEvent transfer) {
        if (!is(log, transfer)) {
            return List.of();
        }
        AbiValues values = decode(log, transfer);
        List<Address> accounts = new ArrayList<>(List.of(values.address("from"), values.address("to")));
        accounts.remove(Address.ZERO);
        return accounts;
    }

    private static boolean is(EventLog log, ContractEvent event) {
        return !log.topics().isEmpty() && log.topics().getFirst().equals(event.topic());
    }

    private static AbiValues decode(EventLog log, ContractEvent event) {
        return event.decode(log.topics(), log.data());
    }
}
