package plimsoll.devnet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.web3j.crypto.Hash;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Governor;
import plimsoll.units.Address;

/** The market's governance: one holder with all votes, a governor that counts them, a timelock that executes. */
public final class Governance {

    private static final int FOR = 1;
    private static final int AGAINST = 0;

    private final Node node;
    private final MarketAddresses addresses;
    private final Address voter;

    Governance(Node node, MarketAddresses addresses, Address voter) {
        this.node = node;
        this.addresses = addresses;
        this.voter = voter;
    }

    /** OpenZeppelin's states, in its order. */
    public enum State {
        PENDING,
        ACTIVE,
        CANCELED,
        DEFEATED,
        SUCCEEDED,
        QUEUED,
        EXPIRED,
        EXECUTED
    }

    /**
     * One call that the timelock shall make.
     *
     * @param calldata 0x hex
     */
    public record Proposal(Address target, String calldata, String description) {

        private List<Object> operation() {
            byte[] hash = Hash.sha3(description.getBytes(StandardCharsets.UTF_8));
            return List.of(List.of(target), List.of(0), List.of(calldata), hash);
        }
    }

    public State stateOf(BigInteger proposalId) {
        return State.values()[ask(Governor.STATE, proposalId).intValueExact()];
    }

    public BigInteger propose(Proposal proposal) {
        node.send(
                voter,
                addresses.governor(),
                Governor.PROPOSE.encode(
                        List.of(proposal.target()), List.of(0), List.of(proposal.calldata()), proposal.description()));
        return Governor.HASH_PROPOSAL
                .decode(node.read(
                        addresses.governor(),
                        Governor.HASH_PROPOSAL.encode(proposal.operation().toArray())))
                .integer(0);
    }

    /** Every vote for the proposal; mines blocks until voting is open. */
    public void voteYes(BigInteger proposalId) {
        vote(proposalId, FOR);
    }

    public void voteNo(BigInteger proposalId) {
        vote(proposalId, AGAINST);
    }

    /** Mines blocks until voting is over. */
    public void endVoting(BigInteger proposalId) {
        mineBeyond(ask(Governor.PROPOSAL_DEADLINE, proposalId));
    }

    public void queue(Proposal proposal) {
        node.send(
                voter,
                addresses.governor(),
                Governor.QUEUE.encode(proposal.operation().toArray()));
    }

    /** Moves the chain's clock to the moment from which the queued proposal may be executed. */
    public void passTimelock(BigInteger proposalId) {
        Instant due =
                Instant.ofEpochSecond(ask(Governor.PROPOSAL_ETA, proposalId).longValueExact());
        if (node.now().isBefore(due)) {
            node.nextBlockAt(due);
            node.mine(1);
        }
    }

    public void execute(Proposal proposal) {
        node.send(
                voter,
                addresses.governor(),
                Governor.EXECUTE.encode(proposal.operation().toArray()));
    }

    /** The whole way from proposal to execution. */
    public void carry(Proposal proposal) {
        BigInteger id = propose(proposal);
        voteYes(id);
        endVoting(id);
        queue(proposal);
        passTimelock(id);
        execute(proposal);
    }

    public Duration timelockDelay() {
        return GovernanceDeployment.TIMELOCK_DELAY;
    }

    private void vote(BigInteger proposalId, int support) {
        mineBeyond(ask(Governor.PROPOSAL_SNAPSHOT, proposalId));
        node.send(voter, addresses.governor(), Governor.CAST_VOTE.encode(proposalId, support));
    }

    private void mineBeyond(BigInteger block) {
        long missing = block.longValueExact() + 1 - node.blockNumber().value();
        if (missing > 0) {
            node.mine(missing);
        }
    }

    private BigInteger ask(ContractFunction question, BigInteger proposalId) {
        return question.decode(node.read(addresses.governor(), question.encode(proposalId)))
                .integer(0);
    }
}
