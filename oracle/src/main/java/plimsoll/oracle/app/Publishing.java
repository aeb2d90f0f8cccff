package plimsoll.oracle.app;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.LaneSender;
import plimsoll.oracle.proposal.ProposalStore;
import plimsoll.oracle.publish.GovernorPublisher;
import plimsoll.runtime.metrics.LaneMeters;
import plimsoll.runtime.metrics.Listeners;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.units.Address;

/** The service's hands: the signer's lane and the publisher on it, taken when they are first needed. */
@Singleton
class Publishing {

    private final OracleSettings settings;
    private final Chain chain;
    private final ProposalStore proposals;
    private final DataSource database;
    private final InstantSource clock;
    private final OracleLog log;
    private final MeterRegistry registry;
    private final Optional<Signer> signer;
    private Optional<LaneSender> lane = Optional.empty();
    private boolean waiting;

    @Inject
    Publishing(
            OracleSettings settings,
            Chain chain,
            ProposalStore proposals,
            DataSource database,
            InstantSource clock,
            OracleLog log,
            MeterRegistry registry) {
        this.registry = registry;
        this.settings = settings;
        this.chain = chain;
        this.proposals = proposals;
        this.database = database;
        this.clock = clock;
        this.log = log;
        this.signer = settings.service().signer().map(source -> source.open(System.getenv()));
    }

    Optional<Address> signer() {
        return signer.map(Signer::address);
    }

    /** Whether the lane that is needed belongs to another process. */
    synchronized boolean isWaiting() {
        return waiting;
    }

    /** Absent where the service is not live, or while another process owns the signer's lane. */
    synchronized Optional<GovernorPublisher> publisher() {
        if (!settings.live() || signer.isEmpty() || settings.route().isEmpty()) {
            return Optional.empty();
        }
        if (lane.isEmpty()) {
            IntentStore intents = new PostgresIntentStore(database);
            String holder = "oracle-" + ProcessHandle.current().pid();
            lane = LaneSender.open(
                    chain,
                    signer.get(),
                    intents,
                    settings.service()
                            .chain()
                            .lane(holder, settings.route().get().maxFeeCap()),
                    clock,
                    Listeners.all(LaneEvents.class, List.of(new LaneLog(), new LaneMeters(registry, intents, clock))));
            lane.ifPresent(LaneSender::start);
            if (lane.isEmpty() && !waiting) {
                log.laneTaken(settings.chain() + "/" + signer.get().address());
            }
            waiting = lane.isEmpty();
        }
        return lane.map(
                sender -> new GovernorPublisher(chain, settings.route().get(), settings.pool(), proposals, sender));
    }

    /** Another process has taken the lane over: it is asked for again when it is next needed. */
    @PreDestroy
    synchronized void release() {
        lane.ifPresent(LaneSender::close);
        lane = Optional.empty();
    }
}
