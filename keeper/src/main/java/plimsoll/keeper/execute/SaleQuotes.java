package plimsoll.keeper.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.keeper.liquidation.Ladder;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Route;
import plimsoll.keeper.liquidation.SaleCurve;
import plimsoll.units.TokenAmount;

/** What a venue pays on every route of a block's opportunities, at several amounts each: the calls that ask, and their answers. */
final class SaleQuotes {

    private record Ask(Route route, TokenAmount amount, int boughtDecimals) {}

    private final Venue venue;
    private final List<Ask> asks = new ArrayList<>();
    private final Map<Route, List<SaleCurve.Point>> quotes = new HashMap<>();

    SaleQuotes(Venue venue, List<Opportunity> opportunities) {
        this.venue = venue;
        Map<Route, Integer> decimals = new HashMap<>();
        opportunities.forEach(it -> decimals.put(Route.of(it), it.repaid().decimals()));
        Ladder.rungs(opportunities)
                .forEach((route, amounts) -> amounts.forEach(amount -> asks.add(new Ask(
                        route, amount, Optional.ofNullable(decimals.get(route)).orElseThrow()))));
    }

    List<Call> calls() {
        return asks.stream()
                .map(ask -> venue.quote(ask.route.sold(), ask.route.bought(), ask.amount))
                .toList();
    }

    /** In the order of the calls; a pool that does not exist or is too thin reverts, and then that amount has no price. */
    void answered(List<CallResult> answers) {
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            if (answers.get(i) instanceof CallResult.Returned(String data) && !data.equals("0x")) {
                quotes.computeIfAbsent(ask.route, _ -> new ArrayList<>())
                        .add(new SaleCurve.Point(ask.amount, Venue.quoted(data, ask.boughtDecimals)));
            }
        }
    }

    List<SaleCurve.Point> of(Opportunity opportunity) {
        return quotes.getOrDefault(Route.of(opportunity), List.of());
    }
}
