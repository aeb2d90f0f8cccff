package plimsoll.runtime.store;

/** Somebody else has had a duty since a term of ours; whoever sees this must not write for it by what it knew then. */
public final class DutyLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DutyLostException(String name, long token) {
        super("Duty was taken over by another process: name=" + name + " token=" + token);
    }
}
