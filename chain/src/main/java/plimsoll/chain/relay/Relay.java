package plimsoll.chain.relay;

import java.util.Optional;
import java.util.UUID;
import plimsoll.chain.rpc.RpcException;

/** Someone who takes bundles and shows them to builders alone. */
public interface Relay {

    /** How people call it, fit for a log. */
    String name();

    /**
     * Hands a bundle over, in the place of an earlier one of the same name.
     *
     * @return the relay's hash of the bundle, where it gives one
     * @throws RpcException where the relay does not have it
     */
    Optional<String> send(Bundle bundle);

    /** Withdraws the bundle of this name; one that is unknown or already in a block stays what it is. */
    void cancel(UUID replacement);
}
