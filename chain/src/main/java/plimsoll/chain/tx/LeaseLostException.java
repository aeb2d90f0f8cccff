package plimsoll.chain.tx;

/** Another process has taken the lane over; whoever sees this must stop writing and sending on it. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseLostException(Lease lease) {
        super("Lane was taken over by another process: lane=" + lease.lane() + " holder=" + lease.holder() + " token="
                + lease.token());
    }
}
