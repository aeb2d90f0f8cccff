package plimsoll.keeper.protocol.compound;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.VToken;
import plimsoll.abi.VaiController;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.EventLog;
import plimsoll.keeper.position.Touch;
import plimsoll.units.Address;

/**
 * Says which facts a log has made stale. Amounts in logs are not used: what a block touched is read at the block's hash.
 *
 * @param underlyings asset by vToken
 */
record LogTranslator(Address comptroller, Optional<Address> vaiController, Map<Address, Address> underlyings) {

    /** Rewards are told with every step of every account and change nothing that we count. */
    private static final Set<String> PARAMETERS = topics(
            VenusComptroller.MARKET_LISTED_EVENT,
            VenusComptroller.MARKET_UNLISTED_EVENT,
            VenusComptroller.POOL_CREATED_EVENT,
            VenusComptroller.POOL_MARKET_INITIALIZED_EVENT,
            VenusComptroller.POOL_MARKET_REMOVED_EVENT,
            VenusComptroller.POOL_ACTIVE_STATUS_UPDATED_EVENT,
            VenusComptroller.POOL_FALLBACK_STATUS_UPDATED_EVENT,
            VenusComptroller.NEW_CLOSE_FACTOR_EVENT,
            VenusComptroller.NEW_COLLATERAL_FACTOR_EVENT,
            VenusComptroller.NEW_LIQUIDATION_THRESHOLD_EVENT,
            VenusComptroller.NEW_LIQUIDATION_INCENTIVE_EVENT,
            VenusComptroller.NEW_PRICE_ORACLE_EVENT,
            VenusComptroller.NEW_LIQUIDATOR_CONTRACT_EVENT,
            VenusComptroller.NEW_COMPTROLLER_LENS_EVENT,
            VenusComptroller.NEW_VAI_CONTROLLER_EVENT,
            VenusComptroller.NEW_TREASURY_PERCENT_EVENT,
            VenusComptroller.ACTION_PAUSED_MARKET_EVENT,
            VenusComptroller.ACTION_PROTOCOL_PAUSED_EVENT,
            VenusComptroller.IS_FORCED_LIQUIDATION_ENABLED_UPDATED_EVENT,
            VenusComptroller.DIAMOND_CUT_EVENT,
            VenusComptroller.NEW_IMPLEMENTATION_EVENT);

    private static final Set<String> PARAMETERS_OF_RESERVE = topics(
            VToken.NEW_RESERVE_FACTOR_EVENT,
            VToken.NEW_MARKET_INTEREST_RATE_MODEL_EVENT,
            VToken.NEW_IMPLEMENTATION_EVENT);

    LogTranslator {
        underlyings = Map.copyOf(underlyings);
    }

    Set<Touch> touches(List<EventLog> logs) {
        Set<Touch> touches = new HashSet<>();
        logs.stream().filter(log -> !log.topics().isEmpty()).forEach(log -> touches.addAll(touches(log)));
        return touches;
    }

    private List<Touch> touches(EventLog log) {
        Optional<Address> underlying = Optional.ofNullable(underlyings.get(log.address()));
        if (underlying.isPresent()) {
            return ofReserve(log, underlying.get());
        }
        if (log.address().equals(comptroller)) {
            return ofComptroller(log);
        }
        if (vaiController.equals(Optional.of(log.address()))) {
            return ofVai(log);
        }
        // The liquidator contract and the oracle: governance at work, or a liquidation, which the reserves tell, too.
        return List.of(new Touch.Parameters());
    }

    private List<Touch> ofReserve(EventLog log, Address underlying) {
        List<Touch> touches = new ArrayList<>();
        touches.add(new Touch.Indexes(underlying));
        if (is(log, VToken.TRANSFER_EVENT)) {
            AbiValues values = decode(log, VToken.TRANSFER_EVENT);
            for (Address account : List.of(values.address("from"), values.address("to"))) {
                if (!account.equals(log.address()) && !account.equals(Address.ZERO)) {
                    touches.add(new Touch.Supply(account, underlying));
                }
            }
        }
        for (ContractEvent debt :
                List.of(VToken.BORROW_EVENT, VToken.REPAY_BORROW_EVENT, VToken.LIQUIDATE_BORROW_EVENT)) {
            if (is(log, debt)) {
                touches.add(new Touch.Debt(decode(log, debt).address("borrower"), underlying));
            }
        }
        if (PARAMETERS_OF_RESERVE.contains(log.topics().getFirst())) {
            touches.add(new Touch.Parameters());
        }
        return touches;
    }

    private static List<Touch> ofComptroller(EventLog log) {
        for (ContractEvent entry :
                List.of(VenusComptroller.MARKET_ENTERED_EVENT, VenusComptroller.MARKET_EXITED_EVENT)) {
            if (is(log, entry)) {
                return List.of(new Touch.Collateral(decode(log, entry).address("account")));
            }
        }
        if (is(log, VenusComptroller.POOL_SELECTED_EVENT)) {
            return List.of(new Touch.Efficiency(
                    decode(log, VenusComptroller.POOL_SELECTED_EVENT).address("account")));
        }
        return PARAMETERS.contains(log.topics().getFirst()) ? List.of(new Touch.Parameters()) : List.of();
    }

    private static List<Touch> ofVai(EventLog log) {
        if (is(log, VaiController.MINT_VAI_EVENT)) {
            return vai(decode(log, VaiController.MINT_VAI_EVENT).address("minter"), log);
        }
        for (ContractEvent repaid : List.of(VaiController.REPAY_VAI_EVENT, VaiController.LIQUIDATE_VAI_EVENT)) {
            if (is(log, repaid)) {
                return vai(decode(log, repaid).address("borrower"), log);
            }
        }
        return List.of(new Touch.Parameters());
    }

    private static List<Touch> vai(Address account, EventLog log) {
        return List.of(new Touch.Debt(account, log.address()));
    }

    private static Set<String> topics(ContractEvent... events) {
        Set<String> topics = new HashSet<>();
        for (ContractEvent event : events) {
            topics.add(event.topic());
        }
        return topics;
    }

    private static boolean is(EventLog log, ContractEvent event) {
        return log.topics().getFirst().equals(event.topic());
    }

    private static AbiValues decode(EventLog log, ContractEvent event) {
        return event.decode(log.topics(), log.data());
    }
}
