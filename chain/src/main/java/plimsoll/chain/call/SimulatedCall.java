package plimsoll.chain.call;

import java.util.List;
import java.util.Optional;
import plimsoll.abi.RevertReason;
import plimsoll.units.Gas;

/**
 * One call of a simulated sequence.
 *
 * @param data what the contract returned, or the encoded reason of its revert, as 0x hex
 * @param logs as they would be emitted; the block and transaction that they name do not exist
 * @param reason why it failed; absent where it succeeded
 */
public record SimulatedCall(
        boolean succeeded, String data, Gas gasUsed, List<EventLog> logs, Optional<RevertReason> reason) {

    public SimulatedCall {
        logs = List.copyOf(logs);
    }
}
