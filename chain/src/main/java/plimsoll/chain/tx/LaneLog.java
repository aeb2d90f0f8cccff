package plimsoll.chain.tx;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** Writes what happens on a lane, one line an event. */
public final class LaneLog implements LaneEvents {

    private static final Logger LOG = LoggerFactory.getLogger(LaneLog.class);

    @Override
    public void opened(Lease lease, Nonce next, int unfinished) {
        LOG.info(
                "lane opened: lane={} holder={} token={} nextNonce={} unfinished={}",
                lease.lane(),
                lease.holder(),
                lease.token(),
                next,
                unfinished);
    }

    @Override
    public void planned(StoredIntent intent) {
        LOG.debug("transaction planned: {}", facts(intent));
    }

    @Override
    public void signed(StoredIntent intent, Attempt attempt) {
        if (attempt.number() > 1) {
            LOG.info(
                    "transaction fees raised: {} attempt={} maxFee={} maxPriorityFee={} tx={}",
                    facts(intent),
                    attempt.number(),
                    attempt.maxFee(),
                    attempt.maxPriorityFee(),
                    attempt.hash());
        } else {
            LOG.debug("transaction signed: {} maxFee={} tx={}", facts(intent), attempt.maxFee(), attempt.hash());
        }
    }

    @Override
    public void reached(StoredIntent intent) {
        Optional<Inclusion> standing = intent.state().standing();
        switch (intent.state()) {
            case IntentState.Planned _, IntentState.Signed _ -> LOG.debug("transaction waits: {}", facts(intent));
            case IntentState.Sent sent -> LOG.info("transaction sent: {} tx={}", facts(intent), sent.tx());
            case IntentState.Mined _, IntentState.Final _ ->
                LOG.info("transaction {}: {} {}", intent.state().word(), facts(intent), facts(standing));
            case IntentState.Reverted(Inclusion _, String reason) ->
                LOG.warn("transaction reverted: {} {} because={}", facts(intent), facts(standing), reason);
            case IntentState.Replaced(String reason) ->
                LOG.error(
                        "transaction replaced by a stranger's: {} because={}; find out who else signs with this key",
                        facts(intent),
                        reason);
            case IntentState.Dropped(Inclusion _, String reason) ->
                LOG.warn("transaction dropped: {} {} because={}", facts(intent), facts(standing), reason);
            case IntentState.Withdrawn(String reason) ->
                LOG.info("bid withdrawn, it has cost nothing: {} because={}", facts(intent), reason);
        }
    }

    @Override
    public void reorganised(StoredIntent intent, Inclusion lost) {
        LOG.warn(
                "transaction lost its block in a reorg and is sent again: {} block={} blockHash={} tx={}",
                facts(intent),
                lost.blockNumber(),
                lost.blockHash(),
                lost.tx());
    }

    @Override
    public void refused(StoredIntent intent, RpcException reason) {
        LOG.warn("transaction not taken, will be sent again: {} because={}", facts(intent), reason.getMessage());
    }

    @Override
    public void cancelling(StoredIntent intent, String reason) {
        LOG.warn("transaction given up, its nonce is used up by nothing: {} because={}", facts(intent), reason);
    }

    @Override
    public void heldByCap(StoredIntent intent, GasPrice cap) {
        LOG.warn("transaction waits for cheaper gas: {} cap={}", facts(intent), cap);
    }

    @Override
    public void heldByBudget(StoredIntent intent, Wei found, Wei allowed) {
        LOG.warn(
                "transaction not replaced, the day's spend cap would break: {} spend={} allowed={}",
                facts(intent),
                found,
                allowed);
    }

    @Override
    public void forgotten(StoredIntent intent) {
        LOG.warn(
                "transaction forgotten by its node and sent again: {} tx={}",
                facts(intent),
                intent.attempts().getLast().hash());
    }

    @Override
    public void yielding(StoredIntent intent, StoredIntent urgent) {
        LOG.warn(
                "transaction gives its nonce up for a more urgent one: {} urgency={} urgent={} urgentNonce={}",
                facts(intent),
                intent.intent().urgency().word(),
                urgent.reason(),
                urgent.nonce());
    }

    @Override
    public void replanned(StoredIntent intent, Nonce before) {
        LOG.info("transaction planned again under a later nonce: {} nonceBefore={}", facts(intent), before);
    }

    @Override
    public void filling(StoredIntent filler) {
        LOG.warn("nonce of a stranger's lost transaction is used up by nothing: {}", facts(filler));
    }

    @Override
    public void contradicted(StoredIntent intent, String contradiction) {
        LOG.error("node contradicts itself, nothing is concluded: {} {}", facts(intent), contradiction);
    }

    @Override
    public void troubled(Lane lane, RuntimeException reason) {
        LOG.warn("lane cannot see the chain, will look again: lane={} because={}", lane, reason.getMessage());
    }

    @Override
    public void lost(Lease lease) {
        LOG.error(
                "lane lost to another process, nothing more is sent here: lane={} token={}; see that each signer has"
                        + " one owner",
                lease.lane(),
                lease.token());
    }

    private static String facts(StoredIntent intent) {
        return "reason=" + intent.reason() + " lane=" + intent.lane() + " nonce=" + intent.nonce();
    }

    private static String facts(Optional<Inclusion> standing) {
        return standing.map(in -> "block=" + in.blockNumber() + " gasUsed=" + in.gasUsed() + " gasPrice="
                        + in.gasPrice() + " tx=" + in.tx())
                .orElse("");
    }
}
