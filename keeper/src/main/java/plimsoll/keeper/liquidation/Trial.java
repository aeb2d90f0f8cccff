package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.liquidation.guard.Guards;
import plimsoll.units.TokenAmount;

/**
 * What the chain said when an opportunity was tried without sending it.
 *
 * @param refusal the contract's reason, where it refused
 * @param quotes what selling several amounts of the collateral would bring in the debt asset; empty where no venue quoted
 */
public record Trial(Opportunity opportunity, Optional<String> refusal, List<SaleCurve.Point> quotes) {

    public Trial {
        quotes = List.copyOf(quotes);
    }

    /** Where only the sale of the received collateral was quoted. */
    public Trial(Opportunity opportunity, Optional<String> refusal, Optional<TokenAmount> saleProceeds) {
        this(
                opportunity,
                refusal,
                saleProceeds.map(proceeds -> new SaleCurve.Point(opportunity.received(), proceeds)).stream()
                        .toList());
    }

    /** The smallest sale that was quoted, which slippage changes least. */
    Optional<Guards.SmallSale> smallSale() {
        Leg collateral = opportunity.collateral();
        Leg debt = opportunity.debt();
        return quotes.stream()
                .filter(point -> !point.sold().isZero())
                .min(Comparator.comparing(SaleCurve.Point::sold))
                .map(point -> new Guards.SmallSale(
                        collateral.asset(),
                        debt.asset(),
                        point.sold().valueAt(collateral.price(), RoundingMode.FLOOR),
                        point.proceeds().valueAt(debt.price(), RoundingMode.FLOOR)));
    }

    /** As it stands without asking the chain. */
    public static Trial untried(Opportunity opportunity) {
        return new Trial(opportunity, Optional.empty(), List.of());
    }
}
