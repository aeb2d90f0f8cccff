package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;

/**
 * What is left to try where the sale is part of the trial and all at once sells too badly: the quoted amount that leaves most.
 *
 * <pre>
 * left(x) = proceeds(x) − repaid · x/received − fee of a flash loan      x one of the quoted sales below what is received
 * </pre>
 *
 * @param amounts what the protocol accepts
 */
public record Parts(Amounts amounts, Conditions conditions, Policy policy) {

    /** A smaller repayment of a refused opportunity; empty where selling it is not what the trial fell for, or no part would pay. */
    public Optional<Opportunity> best(Trial refused) {
        Opportunity whole = refused.opportunity();
        if (refused.refusal().isEmpty()
                || whole.needsNoSale()
                || whole.received().isZero()) {
            return Optional.empty();
        }
        List<SaleCurve.Point> quotes = refused.quotes().stream()
                .filter(point -> !point.sold().isZero())
                .sorted(Comparator.comparing(SaleCurve.Point::sold))
                .toList();
        boolean wholePays = quotes.stream()
                .filter(point -> point.sold().compareTo(whole.received()) >= 0)
                .findFirst()
                .filter(point -> left(whole, point).compareTo(policy.minProfit()) >= 0)
                .isPresent();
        BaseValue least = policy.minProfit().plus(conditions.gasCost(policy));
        return quotes.stream()
                .filter(point -> !wholePays && point.sold().compareTo(whole.received()) < 0)
                .max(Comparator.comparing(point -> left(whole, point)))
                .filter(point -> left(whole, point).compareTo(least) > 0)
                .flatMap(point -> amounts.covering(whole, repaid(whole, point)));
    }

    private static TokenAmount repaid(Opportunity whole, SaleCurve.Point point) {
        return whole.repaid().times(point.sold(), whole.received(), RoundingMode.CEILING);
    }

    private BaseValue left(Opportunity whole, SaleCurve.Point point) {
        TokenAmount repaid = repaid(whole, point);
        Bps fee = conditions.flashFee().orElse(Bps.ZERO);
        return point.proceeds()
                .minusOrZero(repaid.plus(repaid.times(fee, RoundingMode.CEILING)))
                .valueAt(whole.debt().price(), RoundingMode.FLOOR);
    }
}
