package plimsoll.oracle.proposal;

import java.util.Locale;

/** Where a proposal stands. Ours begin as planned and, if all goes well, end as verified. */
public enum ProposalState {
    /** Stored here, not yet on chain. */
    PLANNED,
    /** On chain, voting has not begun. */
    PENDING,
    /** Being voted on. */
    ACTIVE,
    /** Won; to be queued in the timelock. */
    SUCCEEDED,
    /** Waiting in the timelock. */
    QUEUED,
    /** Done on chain; its effect has not been read back. */
    EXECUTED,
    /** Done, and every reserve reads as the plan says. */
    VERIFIED,
    DEFEATED,
    CANCELED,
    EXPIRED,
    /** Executed, but the market does not read as planned; or refused before it was sent. Wakes somebody. */
    FAILED;

    public boolean isSettled() {
        return switch (this) {
            case PLANNED, PENDING, ACTIVE, SUCCEEDED, QUEUED, EXECUTED -> false;
            case VERIFIED, DEFEATED, CANCELED, EXPIRED, FAILED -> true;
        };
    }

    /** As tables and JSON name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ProposalState ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** OpenZeppelin's {@code IGovernor.ProposalState} by its number on chain. */
    public static ProposalState ofGovernor(int number) {
        return switch (number) {
            case 0 -> PENDING;
            case 1 -> ACTIVE;
            case 2 -> CANCELED;
            case 3 -> DEFEATED;
            case 4 -> SUCCEEDED;
            case 5 -> QUEUED;
            case 6 -> EXPIRED;
            case 7 -> EXECUTED;
            default -> throw new IllegalArgumentException("Governor knows no such state: found=" + number);
        };
    }
}
