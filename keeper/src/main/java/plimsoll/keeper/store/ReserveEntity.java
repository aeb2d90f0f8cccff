package plimsoll.keeper.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "reserves")
@IdClass(ReserveEntity.Key.class)
@NullUnmarked
class ReserveEntity {

    record Key(Long marketId, String asset) implements Serializable {}

    @Id
    @Column(name = "market_id")
    Long marketId;

    @Id
    String asset;

    @Column(name = "reserve_number")
    int number;

    String symbol;

    int decimals;

    @Column(name = "liquidity_index_ray")
    BigInteger liquidityIndex;

    @Column(name = "variable_borrow_index_ray")
    BigInteger variableBorrowIndex;

    @Column(name = "accrued_at")
    Instant accruedAt;
}
