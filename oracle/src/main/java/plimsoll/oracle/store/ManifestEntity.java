package plimsoll.oracle.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A manifest as the exact file that was written. */
@Entity
@Table(name = "manifests")
@NullUnmarked // filled by Hibernate
class ManifestEntity {

    @Id
    String hash;

    @Column(columnDefinition = "text")
    String body;

    @Column(name = "created_at")
    Instant createdAt;
}
