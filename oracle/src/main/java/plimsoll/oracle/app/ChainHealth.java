package plimsoll.oracle.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.runtime.web.EndpointsView;

/** Ready where enough endpoints of the right chain answer and agree, and nobody else owns the lane that is needed. */
@Readiness
@Singleton
class ChainHealth implements HealthCheck {

    private final EndpointPool pool;
    private final OracleSettings settings;
    private final Publishing publishing;

    @Inject
    ChainHealth(EndpointPool pool, OracleSettings settings, Publishing publishing) {
        this.pool = pool;
        this.settings = settings;
        this.publishing = publishing;
    }

    @Override
    public HealthCheckResponse call() {
        EndpointsView endpoints = EndpointsView.of(pool);
        var response = HealthCheckResponse.named("chain")
                .status(!endpoints.blocked() && endpoints.head().isPresent() && !publishing.isWaiting())
                .withData("chainId", settings.chain().toString())
                .withData("endpointsBlocked", endpoints.blocked());
        endpoints.alert().ifPresent(alert -> response.withData("endpoints", alert));
        if (publishing.isWaiting()) {
            response.withData("lane", "another process owns this signer's lane");
        }
        return response.build();
    }
}
