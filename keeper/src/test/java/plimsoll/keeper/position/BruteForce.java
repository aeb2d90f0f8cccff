package plimsoll.keeper.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;

/** Whom the book suspects, beside what the protocol's exact arithmetic says of every single account; and how much there was to find. */
public final class BruteForce {

    private static final List<HealthFactor> OTHER_LINES =
            List.of(HealthFactor.parse("0.95"), HealthFactor.parse("1.0000001"), HealthFactor.parse("1.25"));

    private int below;
    private int falseAlarms;

    /** How many accounts were below the line, and how many more were suspected. */
    private record Found(int below, int falseAlarms) {}

    /** Fails where the book suspects one too few at the protocol's line or at another, or holds another position than the truth. */
    public void compare(
            PositionBook book, MarketState market, List<AccountPosition> truth, SplittableRandom random, String where) {
        Found found = compare(book, market, HealthFactor.ONE, truth, where);
        below += found.below();
        falseAlarms += found.falseAlarms();
        HealthFactor line = OTHER_LINES.get(random.nextInt(OTHER_LINES.size()));
        Found _ = compare(book, market, line, truth, where + " line=" + line);
    }

    /** Fails where hardly anybody was in danger, or where most suspicions were false. */
    public void requireDanger(int moreThan, String what) {
        assertThat(below).as("below the line: %s", what).isGreaterThan(moreThan);
        assertThat(falseAlarms).as("false alarms beside %d: %s", below, what).isLessThan(below);
    }

    private static Found compare(
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
