package plimsoll.keeper.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "positions")
@IdClass(PositionEntity.Key.class)
@NullUnmarked
class PositionEntity {

    record Key(Long marketId, String account) implements Serializable {}

    @Id
    @Column(name = "market_id")
    Long marketId;

    @Id
    String account;

    @Column(name = "emode_category")
    int efficiencyMode;

    @Column(name = "collateral_base")
    BigInteger collateralBase;

    @Column(name = "debt_base")
    BigInteger debtBase;

    @Column(name = "health_factor_wad")
    BigInteger healthFactor;

    @Column(name = "assessed_block")
    Long assessedBlock;
}
