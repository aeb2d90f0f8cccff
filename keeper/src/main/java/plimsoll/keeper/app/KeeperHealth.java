package plimsoll.keeper.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import plimsoll.runtime.web.EndpointsView;

/** Ready once a block has been seen, while rounds succeed, the endpoints agree and the lane is ours. */
@Readiness
@ApplicationScoped
class KeeperHealth implements HealthCheck {

    private final KeeperWorker worker;

    @Inject
    KeeperHealth(KeeperWorker worker) {
        this.worker = worker;
    }

    private boolean isConnected() {
        return worker.running()
                .filter(running -> !running.pool().isBlocked()
                        && running.assembly().laneTrouble().isEmpty())
                .isPresent();
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("rounds")
                .status(worker.view().isPresent() && worker.trouble().isEmpty() && isConnected());
        worker.view()
                .ifPresent(view -> response.withData(
                        "block", view.round().market().block().number().value()));
        worker.running().ifPresent(running -> {
            EndpointsView endpoints = EndpointsView.of(running.pool());
            response.withData("endpointsBlocked", endpoints.blocked());
            endpoints.alert().ifPresent(alert -> response.withData("endpoints", alert));
            running.assembly().laneTrouble().ifPresent(lane -> response.withData("lane", lane));
        });
        worker.trouble().ifPresent(trouble -> response.withData("trouble", trouble));
        return response.build();
    }
}
