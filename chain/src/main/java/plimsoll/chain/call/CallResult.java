package plimsoll.chain.call;

import java.util.Optional;

/** How one of several calls ended: the contract returned, or it reverted. */
public sealed interface CallResult {

    /**
     * The contract returned.
     *
     * @param data the returned bytes as 0x hex; "0x" where there is no contract at the address
     */
    record Returned(String data) implements CallResult {}

    /**
     * The contract reverted.
     *
     * @param data the ABI-encoded reason as 0x hex, where the node passes it on
     */
    record Reverted(String message, Optional<String> data) implements CallResult {}
}
