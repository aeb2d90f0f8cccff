package plimsoll.keeper.position;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;

/** Whom the book suspects, beside what the protocol's exact arithmetic says of every single account. */
public final class BruteForce {

    private BruteForce() {}

    /** How many accounts were below the line, and how many more were suspected. */
    public record Found(int below, int falseAlarms) {}

    /** Fails where the book suspects one too few, or holds another position than the truth. */
    public static Found compare(
            PositionBook book, MarketState market, HealthFactor line, List<AccountPosition> truth, String where) {
        Set<Address> suspects = new HashSet<>();
        for (AccountPosition suspect : book.suspects(line, market)) {
            suspects.add(suspect.account());
        }
        int below = 0;
        for (AccountPosition position : truth) {
            AccountPosition known = book.position(position.account());
            if (position.isEmpty() ? !known.isEmpty() : !known.equals(position)) {
                throw new AssertionError("%s: expected %s but was %s".formatted(where, position, known));
            }
            if (isBelow(position, market, line)) {
                below++;
                if (!suspects.contains(position.account())) {
                    throw new AssertionError(
                            "missed: %s %s standing=%s".formatted(where, position, market.standing(position)));
                }
            }
        }
        return new Found(below, suspects.size() - below);
    }

    /**
     * What owes something that has no price cannot be shown to be healthy. What has no price counts for nothing as collateral.
     */
    private static boolean isBelow(AccountPosition position, MarketState market, HealthFactor line) {
        Optional<Standing> standing = market.standing(position);
        if (standing.isPresent()) {
            return standing.get()
                            .healthFactor()
                            .filter(factor -> factor.isBelow(line))
                            .isPresent()
                    || (line.equals(HealthFactor.ONE) && standing.get().isLiquidatable());
        }
        List<Holding> priced = new ArrayList<>();
        for (Holding holding : position.holdings()) {
            boolean hasPrice = market.price(holding.reserve()).counted().isPresent();
            if (!hasPrice && !holding.borrowed().isZero()) {
                return true;
            }
            if (hasPrice) {
                priced.add(holding);
            }
        }
        return isBelow(new AccountPosition(position.account(), position.mode(), priced), market, line);
    }
}
