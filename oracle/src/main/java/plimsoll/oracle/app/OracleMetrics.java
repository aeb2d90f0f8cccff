package plimsoll.oracle.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import plimsoll.oracle.proposal.ProposalState;

/** What the oracle counts. */
@Singleton
class OracleMetrics {

    private final MeterRegistry registry;
    private final Timer calibrations;

    @Inject
    OracleMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.calibrations = registry.timer("plimsoll.oracle.calibration");
    }

    <T> T calibration(Supplier<T> work) {
        return calibrations.record(work);
    }

    void proposalReached(ProposalState state) {
        Counter.builder("plimsoll.oracle.proposals")
                .tag("state", state.label())
                .register(registry)
                .increment();
    }
}
