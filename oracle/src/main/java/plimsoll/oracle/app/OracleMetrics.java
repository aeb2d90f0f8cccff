package plimsoll.oracle.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import plimsoll.oracle.calibration.Drift;
import plimsoll.oracle.calibration.Trigger;
import plimsoll.oracle.proposal.ProposalState;

/** What the oracle counts. */
@Singleton
class OracleMetrics {

    private final MeterRegistry registry;

    @Inject
    OracleMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    <T> T calibration(Trigger trigger, Supplier<T> work) {
        return Timer.builder("plimsoll.oracle.calibration")
                .tag("trigger", trigger.label())
                .register(registry)
                .record(work);
    }

    void drifted(Drift drift) {
        Counter.builder("plimsoll.oracle.drifts")
                .tag("kind", drift.kind())
                .register(registry)
                .increment();
    }

    void proposalReached(ProposalState state) {
        Counter.builder("plimsoll.oracle.proposals")
                .tag("state", state.label())
                .register(registry)
                .increment();
    }
}
