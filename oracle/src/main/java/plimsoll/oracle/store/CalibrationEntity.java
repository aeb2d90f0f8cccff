package plimsoll.oracle.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** That a calibration was made, of which block, with which manifest. */
@Entity
@Table(name = "calibrations")
@NullUnmarked // filled by Hibernate
class CalibrationEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "chain_id")
    long chainId;

    String pool;

    @Column(name = "block_number")
    long blockNumber;

    @Column(name = "block_hash")
    String blockHash;

    @Column(name = "manifest_hash")
    String manifestHash;

    @Column(name = "calibrated_at")
    Instant calibratedAt;

    String trigger;

    @Column(name = "trigger_reasons", columnDefinition = "text")
    String triggerReasons;
}
