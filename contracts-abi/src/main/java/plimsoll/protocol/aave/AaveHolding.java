package plimsoll.protocol.aave;

/**
 * What one account has and owes in one reserve.
 *
 * @param reserve the reserve's id
 * @param usedAsCollateral the account's collateral flag: without it the supply neither counts nor can be seized
 * @param borrowed scaled debt; the pool's borrowing flag is set exactly where it is not zero
 */
public record AaveHolding(int reserve, ScaledAmount supplied, boolean usedAsCollateral, ScaledAmount borrowed) {}
