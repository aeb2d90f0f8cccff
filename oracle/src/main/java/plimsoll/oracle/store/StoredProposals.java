package plimsoll.oracle.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalState;
import plimsoll.oracle.proposal.ProposalStore;
import plimsoll.units.Address;
import plimsoll.units.ChainId;

/** Proposals in PostgreSQL. */
@ApplicationScoped
public class StoredProposals implements ProposalStore {

    private static final List<String> UNSETTLED = Arrays.stream(ProposalState.values())
            .filter(state -> !state.isSettled())
            .map(ProposalState::label)
            .toList();

    private final Session session;
    private final InstantSource clock;

    @Inject
    StoredProposals(Session session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Proposal add(Proposal proposal) {
        // Two processes may plan the same change at once: the governor's number is unique, and so is this lock.
        session.createNativeMutationQuery("LOCK TABLE proposals IN SHARE ROW EXCLUSIVE MODE")
                .executeUpdate();
        Optional<Proposal> known = byManifest(proposal.manifestHash());
        if (known.isPresent()) {
            return known.get();
        }
        ProposalEntity entity = new ProposalEntity();
        entity.manifestHash = proposal.manifestHash();
        entity.chainId = proposal.chain().value();
        entity.governor = proposal.governor().hex();
        entity.onchainId = new BigInteger(proposal.onchainId());
        entity.description = proposal.description();
        entity.createdAt = clock.instant();
        write(entity, proposal);
        session.persist(entity);
        session.flush();
        int number = 0;
        for (ContractCall call : proposal.calls()) {
            ProposalCallEntity stored = new ProposalCallEntity();
            stored.proposalId = entity.id;
            stored.number = number++;
            stored.target = call.target().hex();
            stored.callData = call.data();
            session.persist(stored);
        }
        session.flush();
        return record(entity);
    }

    @Override
    @Transactional
    public void update(Proposal proposal) {
        ProposalEntity entity = session.find(ProposalEntity.class, proposal.id());
        if (entity == null) {
            throw new IllegalArgumentException("Proposal was never stored: id=" + proposal.id());
        }
        write(entity, proposal);
    }

    @Override
    @Transactional
    public List<Proposal> unsettled() {
        return session
                .createSelectionQuery("from ProposalEntity where state in :states order by id", ProposalEntity.class)
                .setParameterList("states", UNSETTLED)
                .stream()
                .map(this::record)
                .toList();
    }

    @Override
    @Transactional
    public List<Proposal> newest(int most) {
        return session
                .createSelectionQuery("from ProposalEntity order by id desc", ProposalEntity.class)
                .setMaxResults(most)
                .stream()
                .map(this::record)
                .toList();
    }

    @Override
    @Transactional
    public Optional<Proposal> byManifest(String manifestHash) {
        return session
                .createSelectionQuery("from ProposalEntity where manifestHash = :hash", ProposalEntity.class)
                .setParameter("hash", manifestHash)
                .stream()
                .findFirst()
                .map(this::record);
    }

    private void write(ProposalEntity entity, Proposal proposal) {
        entity.state = proposal.state().label();
        entity.executableAt = proposal.executableAt().orElse(null);
        entity.updatedAt = clock.instant();
    }

    private Proposal record(ProposalEntity entity) {
        List<ContractCall> calls = session
                .createSelectionQuery(
                        "from ProposalCallEntity where proposalId = :id order by number", ProposalCallEntity.class)
                .setParameter("id", entity.id)
                .stream()
                .map(call -> new ContractCall(new Address(call.target), call.callData))
                .toList();
        return new Proposal(
                entity.id,
                entity.manifestHash,
                new ChainId(entity.chainId),
                new Address(entity.governor),
                entity.onchainId.toString(),
                entity.description,
                calls,
                ProposalState.ofLabel(entity.state),
                Optional.ofNullable(entity.executableAt));
    }
}
