package plimsoll.oracle.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.NullUnmarked;

/** One call of a proposal, in order. */
@Entity
@Table(name = "proposal_calls")
@IdClass(ProposalCallEntity.Key.class)
@NullUnmarked // filled by Hibernate
class ProposalCallEntity {

    @Id
    @Column(name = "proposal_id")
    long proposalId;

    @Id
    int number;

    String target;

    @Column(name = "call_data", columnDefinition = "text")
    String callData;

    record Key(long proposalId, int number) implements Serializable {}
}
