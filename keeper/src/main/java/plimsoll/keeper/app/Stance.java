package plimsoll.keeper.app;

import java.util.Optional;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.execute.Redemptions;
import plimsoll.keeper.execute.Restock;
import plimsoll.keeper.execute.Wallet;

/** What a keeper may do in a market at the moment. */
sealed interface Stance {

    /** Decides, sends and writes down. */
    record Acting(Hands wallet) implements Stance {}

    /** Decides, tries and writes down, and sends nothing; without a signer it decides as if it could pay anything. */
    record Dry(Optional<Hands> wallet) implements Stance {}

    /** Only keeps its book true, because another process acts or nobody may; ready to take over. */
    record StandingBy() implements Stance {}

    /** What it takes to act; an executor redeems and sells within the liquidation itself. */
    record Hands(Wallet wallet, Liquidator liquidator, Optional<Redemptions> redemptions, Optional<Restock> restock) {}

    default Optional<Hands> hands() {
        return switch (this) {
            case Acting(Hands wallet) -> Optional.of(wallet);
            case Dry(Optional<Hands> wallet) -> wallet;
            case StandingBy() -> Optional.empty();
        };
    }

    default boolean isActing() {
        return this instanceof Acting;
    }

    default boolean isStandingBy() {
        return this instanceof StandingBy;
    }
}
