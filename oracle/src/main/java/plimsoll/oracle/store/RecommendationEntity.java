package plimsoll.oracle.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.NullUnmarked;

/** What one calibration says about one collateral. */
@Entity
@Table(name = "recommendations")
@IdClass(RecommendationEntity.Key.class)
@NullUnmarked // filled by Hibernate
class RecommendationEntity {

    @Id
    @Column(name = "calibration_id")
    long calibrationId;

    @Id
    String asset;

    String symbol;

    @Column(name = "current_ltv_bps")
    int currentLtvBps;

    @Column(name = "current_liquidation_threshold_bps")
    int currentLiquidationThresholdBps;

    @Column(name = "current_liquidation_bonus_bps")
    int currentLiquidationBonusBps;

    @Column(name = "ltv_bps")
    int ltvBps;

    @Column(name = "liquidation_threshold_bps")
    int liquidationThresholdBps;

    @Column(name = "liquidation_bonus_bps")
    int liquidationBonusBps;

    @Column(columnDefinition = "text")
    String reasons;

    BigDecimal supplied;

    BigDecimal borrowed;

    Integer decimals;

    record Key(long calibrationId, String asset) implements Serializable {}
}
