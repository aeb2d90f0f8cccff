package plimsoll.keeper.api;

import java.util.Optional;
import plimsoll.keeper.liquidation.guard.Halt;

/** What the operator may order a running keeper to do. */
public interface KeeperOrders {

    /** The order to send nothing that holds. */
    Optional<Halt> halt();

    /** Nothing is sent from now on, by any keeper of this database. */
    void halt(String by, String reason);

    /** Sends again. */
    void resume(String by, String reason);
}
