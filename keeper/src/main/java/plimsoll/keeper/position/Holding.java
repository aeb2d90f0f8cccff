package plimsoll.keeper.position;

/**
 * What one account has and owes in one reserve.
 *
 * @param reserve the reserve's number in the market
 * @param usedAsCollateral without it the supply neither counts nor can be seized
 */
public record Holding(int reserve, StoredAmount supplied, boolean usedAsCollateral, StoredAmount borrowed) {}
