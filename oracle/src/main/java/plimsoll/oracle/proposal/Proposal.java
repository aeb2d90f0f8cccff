package plimsoll.oracle.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.units.Address;
import plimsoll.units.ChainId;

/**
 * A proposal of ours.
 *
 * @param id our own number, 0 before it is stored
 * @param manifestHash what it rests on; it stands in the description, so that voters can recompute it
 * @param onchainId the governor's number, decimal; known once calls and description are fixed
 * @param description byte for byte as sent: its hash is part of the identity on chain
 * @param executableAt when the timelock lets it through; known once it is queued
 */
public record Proposal(
        long id,
        String manifestHash,
        ChainId chain,
        Address governor,
        String onchainId,
        String description,
        List<ContractCall> calls,
        ProposalState state,
        Optional<Instant> executableAt) {

    public Proposal {
        calls = List.copyOf(calls);
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("A proposal without calls changes nothing: manifest=" + manifestHash);
        }
    }

    public Proposal in(ProposalState newState) {
        return new Proposal(id, manifestHash, chain, governor, onchainId, description, calls, newState, executableAt);
    }

    public Proposal executableAt(Instant time) {
        return new Proposal(id, manifestHash, chain, governor, onchainId, description, calls, state, Optional.of(time));
    }

    /** The key under which a transaction for this proposal is unique: the same deed is never sent twice. */
    public String reason(String deed) {
        return "proposal " + deed + " " + governor.hex() + " " + onchainId;
    }
}
