package plimsoll.keeper.notify;

import java.time.Duration;
import java.util.Optional;
import plimsoll.keeper.margin.Outbox;

/** One way to somebody. */
public interface Channel {

    /** Its key in the configuration. */
    String name();

    /** Tries once, within a bounded time; what it answers or throws holds no secret. */
    Delivery deliver(Outbox.Message message);

    /** How one try ended. */
    sealed interface Delivery {

        /** The receiver has taken it. */
        record Delivered() implements Delivery {}

        /**
         * The receiver has not, or we do not know.
         *
         * @param notBefore how long the receiver asks us to wait
         */
        record Failed(String why, Optional<Duration> notBefore) implements Delivery {

            public Failed(String why) {
                this(why, Optional.empty());
            }
        }
    }
}
