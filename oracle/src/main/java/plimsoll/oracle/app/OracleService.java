package plimsoll.oracle.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.tx.LeaseLostException;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.Circumstances;
import plimsoll.oracle.calibration.Drift;
import plimsoll.oracle.calibration.LossModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.ProposalText;
import plimsoll.oracle.calibration.Trigger;
import plimsoll.oracle.evidence.Environment;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalState;
import plimsoll.oracle.proposal.ProposalStore;
import plimsoll.oracle.publish.GovernorPublisher;
import plimsoll.oracle.store.OracleStore;
import plimsoll.runtime.web.LiveFeed;
import plimsoll.units.BlockNumber;

/** The oracle's loop: calibrates by the clock, by drift or when asked, proposes where it may, and follows what it has proposed. */
@Singleton
class OracleService {

    private final OracleSettings settings;
    private final Chain chain;
    private final LossModel model;
    private final OracleStore store;
    private final ProposalStore proposals;
    private final Publishing publishing;
    private final DriftWatch drift;
    private final LiveFeed live;
    private final InstantSource clock;
    private final OracleLog log;
    private final OracleMetrics metrics;

    /** One calibration at a time: a second would only repeat the first. */
    private final ReentrantLock calibrating = new ReentrantLock();

    private final Pause pause = new Pause();
    private volatile boolean closed;
    private Optional<BlockNumber> toldBlock = Optional.empty();

    @Inject
    OracleService(
            OracleSettings settings,
            Chain chain,
            LossModel model,
            OracleStore store,
            ProposalStore proposals,
            Publishing publishing,
            DriftWatch drift,
            LiveFeed live,
            InstantSource clock,
            OracleLog log,
            OracleMetrics metrics) {
        this.metrics = metrics;
        this.settings = settings;
        this.chain = chain;
        this.model = model;
        this.store = store;
        this.proposals = proposals;
        this.publishing = publishing;
        this.drift = drift;
        this.live = live;
        this.clock = clock;
        this.log = log;
    }

    /**
     * What a calibration came to.
     *
     * @param note why there is no proposal, where there is none
     */
    record Calibration(
            MarketState market, CalibrationResult result, Optional<Proposal> proposal, Optional<String> note) {}

    void start(@Observes StartupEvent event) {
        log.started(settings.chain(), settings.pool(), settings.live(), publishing.signer());
        Thread.ofVirtual().name("oracle").start(this::work);
    }

    void stop(@Observes ShutdownEvent event) {
        closed = true;
        pause.end();
    }

    private void work() {
        Instant due = clock.instant().plus(settings.interval());
        Instant look = clock.instant().plus(settings.drifting().interval());
        while (!closed) {
            boolean well = attempt("chain not read", this::tellBlock);
            well &= attempt("proposals not followed", this::follow);
            if (!clock.instant().isBefore(due)) {
                due = clock.instant().plus(settings.interval());
                well &= attempt("market not calibrated", () -> calibrate(Trigger.CALENDAR, List.of()));
            } else if (settings.drifting().isOn() && !clock.instant().isBefore(look)) {
                look = clock.instant().plus(settings.drifting().interval());
                well &= attempt("drift not judged", this::calibrateWhereDrifted);
            }
            if (well) {
                log.recovered();
            }
            pause.upTo(settings.followInterval());
        }
    }

    /** One failure keeps nothing else from being done. */
    private boolean attempt(String failure, Runnable work) {
        try {
            work.run();
            return true;
        } catch (LeaseLostException e) {
            publishing.release();
            log.troubled(failure, e);
            return false;
        } catch (RuntimeException e) {
            log.troubled(failure, e);
            return false;
        }
    }

    private void calibrateWhereDrifted() {
        List<Drift> drifts = drift.look();
        if (!drifts.isEmpty()) {
            calibrate(Trigger.DRIFT, drifts.stream().map(Drift::reason).toList());
        }
    }

    /**
     * Reads the market, calibrates, stores, and proposes the first step where something is to change.
     *
     * @param reasons why it is done before its time
     */
    Calibration calibrate(Trigger trigger, List<String> reasons) {
        calibrating.lock();
        try {
            chain.verifyChainId(settings.chain());
            BlockHeader head = chain.head();
            MarketReader reader = new MarketReader(chain, settings.pool(), settings.reading());
            MarketState market = reader.read(settings.chain(), head);
            Circumstances circumstances = new Circumstances(trigger, reasons, reader.totals(head));
            CalibrationResult result =
                    metrics.calibration(trigger, () -> new Calibrator(settings.calibration(), model).calibrate(market));
            store.addRounds(market);
            store.addCalibration(market, result, result.manifest().file(Environment.here()), circumstances);
            log.calibrated(market, result, trigger);
            live.tell("calibration", result.manifest().hash());
            Calibration calibration = propose(market, result);
            calibration.proposal().ifPresent(made -> live.tell("proposal", made.onchainId()));
            return calibration;
        } finally {
            calibrating.unlock();
        }
    }

    private Calibration propose(MarketState market, CalibrationResult result) {
        if (result.calls().isEmpty()) {
            return new Calibration(market, result, Optional.empty(), Optional.of("nothing is to change"));
        }
        if (!settings.live()) {
            return new Calibration(
                    market, result, Optional.empty(), Optional.of("dry run: plimsoll.oracle.live is false"));
        }
        Optional<Proposal> open = proposals.unsettled().stream().findFirst();
        if (open.isPresent()
                && !open.get().manifestHash().equals(result.manifest().hash())) {
            return new Calibration(
                    market,
                    result,
                    Optional.empty(),
                    Optional.of(
                            "an earlier proposal is still open: " + open.get().onchainId()));
        }
        Optional<GovernorPublisher> publisher = publishing.publisher();
        if (publisher.isEmpty()) {
            return new Calibration(
                    market, result, Optional.empty(), Optional.of("another process sends for this signer"));
        }
        Proposal proposal = publisher.get().propose(result.manifest().hash(), ProposalText.of(result), result.calls());
        log.proposalMoved(proposal, ProposalState.PLANNED);
        return new Calibration(market, result, Optional.of(proposal), Optional.empty());
    }

    private void follow() {
        if (!settings.live()) {
            return;
        }
        for (Proposal before : proposals.unsettled()) {
            Optional<Proposal> after = publishing.publisher().map(publisher -> publisher.advance(before));
            after.filter(now -> now.state() != before.state()).ifPresent(now -> {
                log.proposalMoved(now, before.state());
                metrics.proposalReached(now.state());
                live.tell("proposal", now.onchainId());
            });
        }
    }

    private void tellBlock() {
        BlockNumber head = chain.head().number();
        if (!toldBlock.filter(head::equals).isPresent()) {
            toldBlock = Optional.of(head);
            live.tell("block", head.toString());
        }
    }
}
