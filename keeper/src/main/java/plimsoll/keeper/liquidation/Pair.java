package plimsoll.keeper.liquidation;

/** Which collateral is asked for which debt, by reserve number; both may be the same reserve. */
public record Pair(int collateral, int debt) {}
