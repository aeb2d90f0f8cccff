package plimsoll.oracle.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A price feed that a reserve of ours is valued by. */
@Entity
@Table(name = "feeds")
@NullUnmarked // filled by Hibernate
class FeedEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "chain_id")
    long chainId;

    String aggregator;

    String asset;

    String description;

    int decimals;

    @Column(name = "heartbeat_seconds")
    long heartbeatSeconds;
}
