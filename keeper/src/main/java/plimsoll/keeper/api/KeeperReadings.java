package plimsoll.keeper.api;

import java.util.List;
import java.util.Optional;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.units.HealthFactor;

/** What the keeper knows and has done, as the API and the page show it. */
public interface KeeperReadings {

    /** Absent while the keeper is still being started. */
    Optional<StatusView> status();

    /** The chain's endpoints; absent while the keeper is still being started. */
    Optional<EndpointsView> endpoints();

    /** Positions with debt, the least healthy first. */
    List<PositionView> positions(Optional<HealthFactor> below, int limit);

    /** Liquidations, the newest first. */
    List<LiquidationView> liquidations(int limit);

    /** The journal, the newest first. */
    List<DecisionView> decisions(int limit);
}
