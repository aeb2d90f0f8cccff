package plimsoll.oracle.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.ChainId;

/** Ready where the node answers for the right chain. */
@Readiness
@Singleton
class ChainHealth implements HealthCheck {

    private final Chain chain;
    private final OracleSettings settings;

    @Inject
    ChainHealth(Chain chain, OracleSettings settings) {
        this.chain = chain;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            ChainId found = chain.chainId();
            return HealthCheckResponse.named("chain")
                    .status(found.equals(settings.chain()))
                    .withData("chainId", found.toString())
                    .build();
        } catch (RpcException e) {
            return HealthCheckResponse.named("chain")
                    .down()
                    .withData("because", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
