package plimsoll.chain.rpc;

/** A subscription that is kept up until it is closed; afterwards the listener hears no more than a call under way. */
public interface OpenSubscription extends AutoCloseable {

    @Override
    void close();
}
