package plimsoll.oracle.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.api.OracleDesk;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.ObservedFeed;
import plimsoll.oracle.calibration.ObservedRound;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.calibration.Trigger;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalStore;
import plimsoll.oracle.store.OracleStore;
import plimsoll.oracle.store.StoredCalibration;
import plimsoll.oracle.store.StoredCalibration.StoredRecommendation;
import plimsoll.runtime.web.EndpointsView;

/** Answers the API from the tables, and from the newest block where it must be live. */
@Singleton
class Desk implements OracleDesk {

    private static final int MOST_PROPOSALS = 100;

    private final OracleSettings settings;
    private final OracleService service;
    private final Publishing publishing;
    private final OracleStore store;
    private final ProposalStore proposals;
    private final Chain chain;
    private final EndpointPool pool;
    private final OracleLog log;

    @Inject
    Desk(
            OracleSettings settings,
            OracleService service,
            Publishing publishing,
            OracleStore store,
            ProposalStore proposals,
            Chain chain,
            EndpointPool pool,
            OracleLog log) {
        this.pool = pool;
        this.settings = settings;
        this.service = service;
        this.publishing = publishing;
        this.store = store;
        this.proposals = proposals;
        this.chain = chain;
        this.log = log;
    }

    @Override
    public Status status() {
        BlockHeader head = chain.head();
        Optional<StoredCalibration> newest = store.newestCalibration(settings.chain(), settings.pool());
        return new Status(
                settings.chain().toString(),
                settings.pool(),
                head.number().toString(),
                head.time(),
                settings.live(),
                publishing.signer(),
                newest.map(StoredCalibration::calibratedAt),
                newest.map(StoredCalibration::manifestHash),
                proposals.unsettled().size(),
                log.trouble());
    }

    @Override
    public EndpointsView endpoints() {
        return EndpointsView.of(pool);
    }

    @Override
    public List<FeedView> feeds() {
        BlockHeader head = chain.head();
        return new MarketReader(chain, settings.pool(), settings.reading())
                .newestRounds(head).stream()
                        .flatMap(reserve -> feed(reserve, head).stream())
                        .toList();
    }

    private Optional<FeedView> feed(Reserve reserve, BlockHeader head) {
        if (!(reserve.prices() instanceof ObservedFeed feed)) {
            return Optional.empty();
        }
        Optional<ObservedRound> latest = feed.latest();
        return Optional.of(new FeedView(
                reserve.symbol(),
                reserve.asset(),
                feed.aggregator(),
                feed.description(),
                latest.map(round -> new BigDecimal(round.answer())
                        .movePointLeft(feed.decimals())
                        .toPlainString()),
                latest.map(ObservedRound::roundId),
                latest.map(ObservedRound::updatedAt),
                feed.heartbeat(),
                feed.fault(head.time(), settings.calibration().history().grace())
                        .map(fault -> fault.contains("stale") ? "stale" : "blind")
                        .orElse("ok")));
    }

    @Override
    public ParametersView parameters() {
        Optional<StoredCalibration> newest = store.newestCalibration(settings.chain(), settings.pool());
        return new ParametersView(
                newest.map(StoredCalibration::manifestHash),
                newest.map(StoredCalibration::calibratedAt),
                newest.map(calibration -> calibration.circumstances().trigger().label()),
                newest.map(calibration -> calibration.circumstances().reasons()).orElse(List.of()),
                newest.map(StoredCalibration::recommendations).orElse(List.of()).stream()
                        .map(Desk::view)
                        .toList());
    }

    @Override
    public List<ProposalView> proposals() {
        return proposals.newest(MOST_PROPOSALS).stream().map(Desk::view).toList();
    }

    @Override
    public Optional<String> manifest(String hash) {
        return store.manifestFile(hash);
    }

    @Override
    public CalibrationView calibrate() {
        OracleService.Calibration calibration = service.calibrate(Trigger.ASKED, List.of());
        return new CalibrationView(
                calibration.result().manifest().hash(),
                calibration.result().outcomes().stream().map(Desk::view).toList(),
                calibration.proposal().map(Desk::view),
                calibration.note());
    }

    private static AssetParameters view(StoredRecommendation stored) {
        Shares current = new Shares(
                stored.current().ltv(),
                stored.current().liquidationThreshold(),
                stored.current().liquidationBonus());
        Shares recommended = new Shares(
                stored.recommended().ltv(),
                stored.recommended().liquidationThreshold(),
                stored.recommended().liquidationBonus());
        return new AssetParameters(
                stored.asset(), stored.symbol(), current, recommended, !current.equals(recommended), stored.reasons());
    }

    private static AssetParameters view(AssetOutcome outcome) {
        return new AssetParameters(
                outcome.reserve().asset().hex(),
                outcome.reserve().symbol(),
                shares(outcome.reserve().current()),
                shares(outcome.recommendation().parameters()),
                outcome.isChanged(),
                outcome.recommendation().reasons());
    }

    private static Shares shares(CollateralParameters parameters) {
        return new Shares(parameters.ltv(), parameters.liquidationThreshold(), parameters.liquidationBonus());
    }

    private static ProposalView view(Proposal proposal) {
        return new ProposalView(
                Long.toString(proposal.id()),
                proposal.manifestHash(),
                proposal.onchainId(),
                proposal.governor(),
                proposal.state().label(),
                proposal.executableAt(),
                proposal.description());
    }
}
