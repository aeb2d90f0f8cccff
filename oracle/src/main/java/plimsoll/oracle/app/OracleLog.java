package plimsoll.oracle.app;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.Drift;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.Trigger;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalState;
import plimsoll.units.Address;
import plimsoll.units.ChainId;

/** What the oracle tells its operator: one method an event, one line an event. */
final class OracleLog {

    private static final Logger LOG = LoggerFactory.getLogger("plimsoll.oracle");

    private Optional<String> lastTrouble = Optional.empty();
    private int repeats;

    void started(ChainId chain, Address pool, boolean live, Optional<Address> signer) {
        LOG.info(
                "oracle started: chain={} pool={} mode={} signer={}",
                chain,
                pool,
                live ? "live" : "dry-run",
                signer.map(Address::toString).orElse("none"));
    }

    void calibrated(MarketState market, CalibrationResult result, Trigger trigger) {
        LOG.info(
                "market calibrated: trigger={} block={} reserves={} changed={} steps={} manifest={}",
                trigger.label(),
                market.onChain().block(),
                result.outcomes().size(),
                result.outcomes().stream().filter(AssetOutcome::isChanged).count(),
                result.plan().steps().size(),
                result.manifest().hash());
        for (AssetOutcome outcome : result.outcomes()) {
            if (outcome.measures().isEmpty()) {
                LOG.warn(
                        "reserve not judged: reserve={} because={}",
                        outcome.reserve().symbol(),
                        String.join("; ", outcome.recommendation().reasons()));
            }
        }
    }

    void drifted(String manifest, List<Drift> drifts) {
        LOG.info(
                "market has drifted and is judged anew: manifest={} because={}",
                manifest,
                drifts.stream().map(Drift::reason).collect(Collectors.joining("; ")));
    }

    void proposalMoved(Proposal proposal, ProposalState before) {
        String line = "proposal {}: before={} onchainId={} manifest={}";
        if (proposal.state() == ProposalState.FAILED) {
            LOG.error(
                    line + ", compare the market with the manifest",
                    proposal.state().label(),
                    before.label(),
                    proposal.onchainId(),
                    proposal.manifestHash());
        } else {
            LOG.info(line, proposal.state().label(), before.label(), proposal.onchainId(), proposal.manifestHash());
        }
    }

    void laneTaken(String lane) {
        LOG.warn("another process sends for this signer, proposals wait: lane={}", lane);
    }

    /** Repeats are counted, not repeated. */
    void troubled(String what, RuntimeException reason) {
        String message = what + ": " + reason.getMessage();
        if (lastTrouble.filter(message::equals).isPresent()) {
            repeats++;
            return;
        }
        lastTrouble = Optional.of(message);
        repeats = 0;
        LOG.warn("{}, will be tried again", message);
        LOG.debug("failed", reason);
    }

    void recovered() {
        if (lastTrouble.isPresent()) {
            LOG.info("it works again: trouble was seen {} times: {}", repeats + 1, lastTrouble.get());
            lastTrouble = Optional.empty();
        }
    }

    Optional<String> trouble() {
        return lastTrouble;
    }
}
