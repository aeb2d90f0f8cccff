package plimsoll.keeper.watch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Touch;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * What a protocol must say for one of its markets to be followed: which logs matter, what each makes stale, and how that is read again
 * at a block. One thread uses it.
 */
public interface ProtocolReader {

    /** Names the market in stores and logs. */
    String name();

    /** The logs that matter as far as is known now; governance may add to them. */
    LogQuery logs();

    /** What these logs make stale. */
    Set<Touch> touches(List<EventLog> logs);

    /**
     * Reads what is stale on the state of one block, in one exchange with the prices where that is possible.
     *
     * @param alongside calls of others that want the same block's state and no exchange of their own
     */
    Reading read(MarketBlock block, Stale stale, PositionBook book, List<Call> alongside);

    /**
     * Whether a block that was read once is read again for little more than what has become stale since. Then its prices are read
     * while its logs are; what those touch is read behind them.
     */
    default boolean isCheapAgain() {
        return false;
    }

    /** The market's tokens as last read. */
    List<Asset> assets();

    /** Who takes which of our tokens when we repay. */
    List<Allowance> allowances();

    /**
     * Whether the market's arithmetic is held against the real contract in every test run. Where it is not, nothing is sent unless the
     * operator allows it.
     */
    default boolean isProven() {
        return true;
    }

    /**
     * What our executor pays for funds that it borrows within a liquidation, on top of what selling the collateral costs, as last read.
     * Empty where there is no such way.
     */
    default Optional<Bps> flashFee() {
        return Optional.empty();
    }

    /** The contracts whose {@code latestRoundData} stands behind the prices, by token, as far as the protocol has such. */
    default Map<Address, Address> priceSources() {
        return Map.of();
    }

    /** A token of ours and the contract that must be allowed to take it. */
    record Allowance(Address token, Address spender) {}
}
