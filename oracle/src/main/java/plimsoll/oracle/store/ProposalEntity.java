package plimsoll.oracle.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A proposal and how far it has come. */
@Entity
@Table(name = "proposals")
@NullUnmarked // filled by Hibernate
class ProposalEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "manifest_hash")
    String manifestHash;

    @Column(name = "chain_id")
    long chainId;

    String governor;

    @Column(name = "onchain_id", columnDefinition = "numeric(78,0)")
    BigInteger onchainId;

    @Column(columnDefinition = "text")
    String description;

    String state;

    @Column(name = "executable_at")
    Instant executableAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
