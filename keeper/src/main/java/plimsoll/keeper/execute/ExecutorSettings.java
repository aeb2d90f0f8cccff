package plimsoll.keeper.execute;

import java.util.Optional;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.units.Address;

/**
 * Which executor liquidates, and with what.
 *
 * @param flash whether it borrows what it repays; otherwise it pays from its inventory
 * @param treasury where its profits must go, if that is said
 */
public record ExecutorSettings(Address address, boolean flash, Optional<Address> treasury) {

    /** Why this signer cannot use it now, if so. */
    public Optional<String> objection(Chain chain, Address signer) {
        ExecutorState state = ExecutorState.read(chain, address, signer, BlockTag.LATEST);
        if (treasury.filter(expected -> !expected.equals(state.treasury())).isPresent()) {
            return Optional.of("Executor's treasury is another than configured: executor=" + address + " found="
                    + state.treasury() + " expected=" + treasury.get());
        }
        if (!state.isOperator()) {
            return Optional.of("Signer is no operator of the executor: executor=" + address + " signer=" + signer);
        }
        return state.paused() ? Optional.of("Executor is paused: executor=" + address) : Optional.empty();
    }
}
