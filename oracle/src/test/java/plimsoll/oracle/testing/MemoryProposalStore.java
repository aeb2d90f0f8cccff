package plimsoll.oracle.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalStore;

/** Proposals that outlive a publisher but not the process. */
public final class MemoryProposalStore implements ProposalStore {

    private final List<Proposal> proposals = new ArrayList<>();

    @Override
    public synchronized Proposal add(Proposal proposal) {
        return byManifest(proposal.manifestHash()).orElseGet(() -> {
            Proposal stored = new Proposal(
                    proposals.size() + 1,
                    proposal.manifestHash(),
                    proposal.chain(),
                    proposal.governor(),
                    proposal.onchainId(),
                    proposal.description(),
                    proposal.calls(),
                    proposal.state(),
                    proposal.executableAt());
            proposals.add(stored);
            return stored;
        });
    }

    @Override
    public synchronized void update(Proposal proposal) {
        proposals.set((int) proposal.id() - 1, proposal);
    }

    @Override
    public synchronized List<Proposal> unsettled() {
        return proposals.stream()
                .filter(proposal -> !proposal.state().isSettled())
                .toList();
    }

    @Override
    public synchronized List<Proposal> newest(int most) {
        return proposals.reversed().stream().limit(most).toList();
    }

    @Override
    public synchronized Optional<Proposal> byManifest(String manifestHash) {
        return proposals.stream()
                .filter(proposal -> proposal.manifestHash().equals(manifestHash))
                .findFirst();
    }
}
