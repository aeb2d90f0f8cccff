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
@Table(name = "balances")
@IdClass(BalanceEntity.Key.class)
@NullUnmarked
class BalanceEntity {

    record Key(Long marketId, String account, String asset) implements Serializable {}

    @Id
    @Column(name = "market_id")
    Long marketId;

    @Id
    String account;

    @Id
    String asset;

    @Column(name = "scaled_supply_raw")
    BigInteger scaledSupply;

    @Column(name = "scaled_variable_debt_raw")
    BigInteger scaledDebt;

    @Column(name = "used_as_collateral")
    boolean usedAsCollateral;
}
