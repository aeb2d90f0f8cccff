package plimsoll.oracle.publish;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.abi.AavePool;
import plimsoll.abi.Governor;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.proposal.NextDeed;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalState;
import plimsoll.oracle.proposal.ProposalStore;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.Wei;

/**
 * Takes proposals through the governor, one look at a time. Each deed has a reason of its own with the sender, so that a
 * restart, or a second look before the first is mined, never does it twice.
 */
public final class GovernorPublisher {

    /** The estimate was made on another block's state; a fifth more covers what may differ. */
    private static final long GAS_MARGIN_PERCENT = 120;

    private final Chain chain;
    private final GovernorRoute route;
    private final Address pool;
    private final ProposalStore store;
    private final TransactionSender sender;

    public GovernorPublisher(
            Chain chain, GovernorRoute route, Address pool, ProposalStore store, TransactionSender sender) {
        this.chain = chain;
        this.route = route;
        this.pool = pool;
        this.store = store;
        this.sender = sender;
    }

    /** How each call would end if the timelock made it on the newest block. */
    public static List<SimulatedCall> simulate(Chain chain, GovernorRoute route, List<ContractCall> calls) {
        List<CallResult> results = chain.callAll(
                calls.stream()
                        .map(call -> Call.of(call.target(), call.data()).from(route.timelock()))
                        .toList(),
                chain.head().at());
        List<SimulatedCall> simulated = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Optional<String> refusal = switch (results.get(i)) {
                case CallResult.Returned _ -> Optional.empty();
                case CallResult.Reverted(String message, Optional<String> data) ->
                    Optional.of(data.map(RevertReason::decode)
                            .map(RevertReason::describe)
                            .orElse(message));
            };
            simulated.add(new SimulatedCall(calls.get(i), refusal));
        }
        return simulated;
    }

    /** What a call sets, in words. */
    public static String effect(ContractCall call) {
        return SetCall.of(call).words();
    }

    /** The call data with which an account proposes. */
    public static String proposeData(String manifestHash, String text, Address proposer, List<ContractCall> calls) {
        return ProposalCodec.propose(calls, describe(manifestHash, text, proposer));
    }

    /**
     * Stores a proposal and sends it, or returns the one that rests on the same manifest.
     *
     * @param text for voters; the manifest's hash and the proposer are added
     * @throws RpcException where a call would revert if the timelock made it now: nothing is stored or sent
     */
    public Proposal propose(String manifestHash, String text, List<ContractCall> calls) {
        Optional<Proposal> known = store.byManifest(manifestHash);
        if (known.isPresent()) {
            return known.get();
        }
        for (SimulatedCall simulated : simulate(chain, route, calls)) {
            simulated.refusal().ifPresent(refusal -> {
                throw new RpcException(
                        RpcException.Kind.REJECTED,
                        "Proposal would revert: target=" + simulated.call().target() + " timelock=" + route.timelock()
                                + " reason=" + refusal);
            });
        }
        String description = describe(manifestHash, text, sender.address());
        Proposal planned = new Proposal(
                0,
                manifestHash,
                route.chain(),
                route.governor(),
                ProposalCodec.onchainId(calls, description),
                description,
                calls,
                ProposalState.PLANNED,
                Optional.empty());
        return advance(store.add(planned));
    }

    /** Looks at the chain, does what is due, stores and returns where the proposal stands. */
    public Proposal advance(Proposal proposal) {
        BlockHeader head = chain.head();
        Optional<ProposalState> onChain = stateOnChain(proposal, head);
        Proposal seen = onChain.map(state -> seen(proposal, state, head)).orElse(proposal);
        Proposal done = switch (NextDeed.of(seen, onChain, head.time())) {
            case NextDeed.Propose _ -> sent(seen, "propose", ProposalCodec.propose(seen.calls(), seen.description()));
            case NextDeed.Queue _ -> sent(seen, "queue", ProposalCodec.queue(seen));
            case NextDeed.Execute _ -> sent(seen, "execute", ProposalCodec.execute(seen));
            case NextDeed.ReadBack _ -> seen.in(isInForce(seen, head) ? ProposalState.VERIFIED : ProposalState.FAILED);
            case NextDeed.Nothing _ -> seen;
        };
        if (!done.equals(proposal)) {
            store.update(done);
        }
        return done;
    }

    private static String describe(String manifestHash, String text, Address proposer) {
        // OpenZeppelin's governor reserves a description with this ending for its proposer: nobody can take it away.
        return text + "\n\nManifest: " + manifestHash + "\n#proposer=" + proposer.hex();
    }

    private Optional<ProposalState> stateOnChain(Proposal proposal, BlockHeader head) {
        Call question = Call.of(proposal.governor(), Governor.STATE.encode(new BigInteger(proposal.onchainId())));
        return switch (chain.callAll(List.of(question), head.at()).getFirst()) {
            case CallResult.Returned(String data) ->
                Optional.of(ProposalState.ofGovernor(
                        Governor.STATE.decode(data).integer(0).intValueExact()));
            case CallResult.Reverted _ -> Optional.empty(); // GovernorNonexistentProposal
        };
    }

    private Proposal seen(Proposal proposal, ProposalState state, BlockHeader head) {
        Proposal now = proposal.in(state);
        if (state == ProposalState.QUEUED && now.executableAt().isEmpty()) {
            String data = chain.call(
                    proposal.governor(), Governor.PROPOSAL_ETA.encode(new BigInteger(proposal.onchainId())), head.at());
            return now.executableAt(Instant.ofEpochSecond(
                    Governor.PROPOSAL_ETA.decode(data).integer(0).longValueExact()));
        }
        return now;
    }

    private Proposal sent(Proposal proposal, String deed, String data) {
        String reason = proposal.reason(deed);
        Optional<StoredIntent> earlier = sender.find(reason);
        if (earlier.isPresent()) {
            return hasFailed(earlier.get().state()) ? proposal.in(ProposalState.FAILED) : proposal;
        }
        Gas limit;
        try {
            limit = gasLimit(proposal, deed, data);
        } catch (RpcException e) {
            if (proposal.state() == ProposalState.PLANNED && e.kind() == RpcException.Kind.REJECTED) {
                // A proposal that the governor will not even take must not stand in the way of the next.
                store.update(proposal.in(ProposalState.FAILED));
            }
            throw e;
        }
        Submission submission = sender.submit(
                new TransactionIntent(reason, proposal.governor(), data, Wei.ZERO, limit, route.maxFeeCap()));
        return switch (submission) {
            case Submission.Accepted _, Submission.Known _ -> proposal;
            // Gas is dear or the day's budget is spent: the next look tries again.
            case Submission.GasTooDear _, Submission.SpendCapReached _ -> proposal;
            case Submission.TooLate _, Submission.LaneBusy _, Submission.Simulated _ -> proposal;
        };
    }

    private Gas gasLimit(Proposal proposal, String deed, String data) {
        try {
            Call call = Call.of(proposal.governor(), data).from(sender.address());
            return new Gas(chain.estimateGas(call, BlockTag.LATEST).units() * GAS_MARGIN_PERCENT / 100);
        } catch (RpcException e) {
            if (!e.isRevert()) {
                throw e;
            }
            throw new RpcException(
                    RpcException.Kind.REJECTED,
                    "Governor refuses: deed=" + deed + " governor=" + proposal.governor() + " sender="
                            + sender.address() + " reason="
                            + e.data()
                                    .map(RevertReason::decode)
                                    .map(RevertReason::describe)
                                    .orElse(String.valueOf(e.getMessage())));
        }
    }

    /** Finished without the effect that was wanted, as opposed to not finished yet. */
    private static boolean hasFailed(IntentState state) {
        return switch (state) {
            case IntentState.Reverted _, IntentState.Replaced _, IntentState.Dropped _, IntentState.Withdrawn _ -> true;
            case IntentState.Planned _,
                    IntentState.Signed _,
                    IntentState.Sent _,
                    IntentState.Mined _,
                    IntentState.Final _ -> false;
        };
    }

    /** Whether every reserve that the proposal sets reads as it was set. */
    private boolean isInForce(Proposal proposal, BlockHeader head) {
        for (ContractCall call : proposal.calls()) {
            SetCall wanted = SetCall.of(call);
            String data = chain.call(pool, AavePool.GET_CONFIGURATION.encode(wanted.reserve()), head.at());
            ReserveConfiguration found = ReserveConfiguration.ofRaw(
                    AavePool.GET_CONFIGURATION.decode(data).values(0).integer(0));
            if (!wanted.isInForce(found)) {
                return false;
            }
        }
        return true;
    }
}
