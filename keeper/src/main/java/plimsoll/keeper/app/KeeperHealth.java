package plimsoll.keeper.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import plimsoll.runtime.web.EndpointsView;

/** Ready once a block has been seen, while rounds succeed, the endpoints agree; a process that stands by is ready too. */
@Readiness
@ApplicationScoped
class KeeperHealth implements HealthCheck {

    private final KeeperWorker worker;

    @Inject
    KeeperHealth(KeeperWorker worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        List<MarketWorker> markets = worker.markets();
        var response = HealthCheckResponse.named("rounds")
                .status(!markets.isEmpty() && markets.stream().allMatch(KeeperHealth::isWell));
        markets.forEach(market ->
                tell(market, markets.size() == 1 ? "" : market.settings().name() + ".", response));
        return response.build();
    }

    private static boolean isWell(MarketWorker market) {
        return market.view().isPresent()
                && market.trouble().isEmpty()
                && !market.pool().isBlocked();
    }

    private static void tell(MarketWorker market, String prefix, HealthCheckResponseBuilder response) {
        market.view()
                .ifPresent(view -> response.withData(
                        prefix + "block", view.round().market().block().number().value()));
        EndpointsView endpoints = EndpointsView.of(market.pool());
        response.withData(prefix + "endpointsBlocked", endpoints.blocked());
        endpoints.alert().ifPresent(alert -> response.withData(prefix + "endpoints", alert));
        if (market.assembly().isStandingBy()) {
            response.withData(prefix + "standingBy", true);
        }
        market.trouble().ifPresent(trouble -> response.withData(prefix + "trouble", trouble));
    }
}
