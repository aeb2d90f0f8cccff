package plimsoll.keeper.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.keeper.execute.Outcomes;
import plimsoll.keeper.liquidation.guard.SendRecord;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.RelaySource;
import plimsoll.runtime.work.Closing;
import plimsoll.units.Address;

/**
 * The signer's lane on one chain, held whenever no other process holds it. A process that stands by takes it as soon as the lease of
 * the one that had it has run out, with all that was left unfinished.
 */
final class LaneDesk implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Chain chain;
    private final Signer signer;
    private final IntentStore store;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final RelaySource.Way way;
    private final Latencies latencies = new Latencies();
    private final SendRecord sends = new SendRecord();
    private final KeeperLog log;
    private final Closing closing = new Closing();
    private volatile Optional<Held> held = Optional.empty();
    private final List<Runnable> whenTaken = new CopyOnWriteArrayList<>();
    private boolean toldStandingBy;

    /** The lane while it is ours, and what is heard of it. */
    record Held(LaneSender sender, Outcomes outcomes) {
        boolean isOurs() {
            return !outcomes.isLaneLost();
        }
    }

    /** Who is told. */
    record Observers(KeeperLog log, LaneEvents lane, RelayEvents relay) {}

    private LaneDesk(
            ChainSettings onChain,
            LaneSettings settings,
            Chain chain,
            Signer signer,
            IntentStore store,
            InstantSource clock,
            Observers observers) {
        this.chain = chain;
        this.signer = signer;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.events = observers.lane;
        this.log = observers.log;
        this.way = onChain.way(chain, observers.relay, clock);
    }

    /** The lane that these settings speak of; nothing is taken yet. */
    static LaneDesk of(
            KeeperSettings settings,
            String holder,
            Chain chain,
            Signer signer,
            IntentStore store,
            InstantSource clock,
            Observers observers) {
        LaneSettings lane = settings.service()
                .chain()
                .lane(holder, settings.policy().maxGasPrice())
                .withPollInterval(POLL)
                .withLeaseTime(settings.timing().leaseTime());
        return new LaneDesk(settings.service().chain(), lane, chain, signer, store, clock, observers);
    }

    Address signer() {
        return signer.address();
    }

    Latencies latencies() {
        return latencies;
    }

    SendRecord sends() {
        return sends;
    }

    Optional<Held> held() {
        return held.filter(Held::isOurs);
    }

    /** Told, on a thread of ours, whenever the lane has become ours. */
    void whenTaken(Runnable listener) {
        whenTaken.add(listener);
    }

    /** Goes on trying in the background, and takes the lane again where it was lost. */
    void start() {
        Thread.ofVirtual().name("lane desk " + signer.address()).start(() -> {
            while (!closing.isOrderedWithin(settings.leaseTime().dividedBy(8))) {
                keep();
            }
        });
    }

    private void keep() {
        if (held().isEmpty()) {
            try {
                attempt();
            } catch (RuntimeException e) {
                log.laneNotTaken(signer.address(), e);
            }
        }
    }

    /** One attempt; whether the lane is ours now. */
    synchronized boolean attempt() {
        if (held().isPresent() || closing.isOrdered()) {
            return held().isPresent();
        }
        held.ifPresent(lost -> lost.sender.close());
        held = Optional.empty();
        Outcomes outcomes = new Outcomes(events, (reason, at) -> {
            latencies.sent(reason, at);
            sends.accepted(reason, at);
        });
        try {
            Optional<LaneSender> opened =
                    LaneSender.open(chain, signer, store, settings, clock, outcomes, way.broadcast());
            opened.ifPresent(sender -> {
                sender.start();
                held = Optional.of(new Held(sender, outcomes));
                toldStandingBy = false;
                whenTaken.forEach(Runnable::run);
            });
        } catch (RpcException e) {
            if (!e.isTransient()) {
                throw e;
            }
        }
        if (held.isEmpty() && !toldStandingBy) {
            toldStandingBy = true;
            log.standingBy(signer.address());
        }
        return held.isPresent();
    }

    /** Attempts until the lane is ours or the time is over. */
    boolean await(Duration atMost, Duration between) {
        var end = clock.instant().plus(atMost);
        while (!attempt()) {
            if (clock.instant().isAfter(end) || closing.isOrderedWithin(between)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closing.order();
        synchronized (this) {
            held.ifPresent(it -> it.sender.close());
            way.close();
        }
    }
}
