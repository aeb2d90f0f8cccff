package plimsoll.keeper.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.Optional;
import plimsoll.keeper.api.KeeperOrders;
import plimsoll.keeper.liquidation.guard.Halt;

/** Passes the operator's orders to the kill switch of the running keeper. */
@ApplicationScoped
public class Orders implements KeeperOrders {

    private final KeeperWorker worker;

    @Inject
    Orders(KeeperWorker worker) {
        this.worker = worker;
    }

    @Override
    public Optional<Halt> halt() {
        return pressed().current();
    }

    @Override
    public void halt(String by, String reason) {
        pressed().order(true, by, reason);
    }

    @Override
    public void resume(String by, String reason) {
        pressed().order(false, by, reason);
    }

    private KillSwitch pressed() {
        return worker.killSwitch().orElseThrow(() -> new ServiceUnavailableException("Keeper is starting"));
    }
}
