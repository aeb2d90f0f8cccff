package plimsoll.keeper.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "decisions")
@NullUnmarked
class DecisionEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "market_id")
    Long marketId;

    String account;

    @Column(name = "block_number")
    long blockNumber;

    @Column(name = "block_hash")
    String blockHash;

    @Column(name = "decided_at")
    Instant decidedAt;

    String action;

    String reason;

    @Column(name = "health_factor_wad")
    BigInteger healthFactor;

    @Column(name = "collateral_asset")
    String collateralAsset;

    @Column(name = "debt_asset")
    String debtAsset;

    @Column(name = "debt_to_cover_raw")
    BigInteger debtToCover;

    @Column(name = "collateral_seized_raw")
    BigInteger collateralSeized;

    @Column(name = "proceeds_base")
    BigInteger proceedsBase;

    @Column(name = "cost_base")
    BigInteger costBase;

    @Column(name = "intent_id")
    Long intentId;

    String facts;
}
