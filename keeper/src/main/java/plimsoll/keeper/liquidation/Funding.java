package plimsoll.keeper.liquidation;

/** Whose tokens repay the debt. */
public enum Funding {
    /** Ours. */
    INVENTORY,
    /** Borrowed and returned within the transaction, for a fee. */
    FLASH_LOAN;

    /** One word for logs and tables. */
    public String word() {
        return switch (this) {
            case INVENTORY -> "inventory";
            case FLASH_LOAN -> "flash-loan";
        };
    }
}
