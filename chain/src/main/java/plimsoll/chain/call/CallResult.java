package plimsoll.chain.call;

import java.util.Optional;
import plimsoll.abi.RevertReason;

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
     * @param message the node's own words
     * @param data the ABI-encoded reason as 0x hex, where the node passes it on
     */
    record Reverted(String message, Optional<String> data) implements CallResult {

        private static final String BEFORE_TEXT = "execution reverted: ";

        /** The reason, read as far as we know the contract's words; without data what the node's words repeat of it. */
        public RevertReason reason() {
            if (data.isPresent()) {
                return RevertReason.decode(data.get());
            }
            int text = message.indexOf(BEFORE_TEXT);
            return text < 0
                    ? new RevertReason.Silent()
                    : new RevertReason.Message(message.substring(text + BEFORE_TEXT.length()));
        }
    }
}
