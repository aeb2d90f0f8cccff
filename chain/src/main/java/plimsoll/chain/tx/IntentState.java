package plimsoll.chain.tx;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.TxHash;

/** How far an intent has come. The last five are final; {@link Mined} goes back to {@link Signed} if a reorg takes the block away. */
public sealed interface IntentState {

    /** A nonce is reserved; no bytes exist yet. */
    record Planned() implements IntentState {}

    /** Bytes are stored; a node may or may not have them. */
    record Signed(TxHash tx) implements IntentState {}

    /** A node has accepted the bytes. */
    record Sent(TxHash tx, Instant at) implements IntentState {}

    /** A block holds one of the attempts, too young to be trusted. */
    record Mined(Inclusion inclusion) implements IntentState {}

    /** Done, deep enough under the head. */
    record Final(Inclusion inclusion) implements IntentState {}

    /** Mined for good, and the contract refused. */
    record Reverted(Inclusion inclusion, String reason) implements IntentState {}

    /** Someone else's transaction used the nonce up; the intent did not happen. */
    record Replaced(String reason) implements IntentState {}

    /** The node would never take it, so its nonce was used up by a transaction that does nothing. */
    record Dropped(Inclusion cancellation, String reason) implements IntentState {}

    /** Shown to an auction alone, for a block that has come without it; its nonce is free again. */
    record Withdrawn(String reason) implements IntentState {}

    default boolean isFinished() {
        return switch (this) {
            case Planned _, Signed _, Sent _, Mined _ -> false;
            case Final _, Reverted _, Replaced _, Dropped _, Withdrawn _ -> true;
        };
    }

    /** The transaction that stands on the chain for this intent. */
    default Optional<Inclusion> standing() {
        return switch (this) {
            case Mined(Inclusion inclusion) -> Optional.of(inclusion);
            case Final(Inclusion inclusion) -> Optional.of(inclusion);
            case Reverted(Inclusion inclusion, String _) -> Optional.of(inclusion);
            case Dropped(Inclusion cancellation, String _) -> Optional.of(cancellation);
            case Planned _, Signed _, Sent _, Replaced _, Withdrawn _ -> Optional.empty();
        };
    }

    /** One word for a log, a table or a page. */
    default String word() {
        return switch (this) {
            case Planned _ -> "planned";
            case Signed _ -> "signed";
            case Sent _ -> "sent";
            case Mined _ -> "mined";
            case Final _ -> "final";
            case Reverted _ -> "reverted";
            case Replaced _ -> "replaced";
            case Dropped _ -> "dropped";
            case Withdrawn _ -> "withdrawn";
        };
    }
}
