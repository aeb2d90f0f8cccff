package plimsoll.keeper.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once a block has been seen and while rounds succeed. */
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
        var response = HealthCheckResponse.named("rounds")
                .status(worker.view().isPresent() && worker.trouble().isEmpty());
        worker.view()
                .ifPresent(view -> response.withData(
                        "block", view.round().market().block().number().value()));
        worker.trouble().ifPresent(trouble -> response.withData("trouble", trouble));
        return response.build();
    }
}
