package plimsoll.oracle.proposal;

import java.util.List;
import java.util.Optional;

/** Where proposals outlive the process. */
public interface ProposalStore {

    /** Stores a new proposal, or returns the one that rests on the same manifest. */
    Proposal add(Proposal proposal);

    /** Stores state and time of an existing proposal. */
    void update(Proposal proposal);

    List<Proposal> unsettled();

    /** Newest first. */
    List<Proposal> newest(int most);

    Optional<Proposal> byManifest(String manifestHash);
}
