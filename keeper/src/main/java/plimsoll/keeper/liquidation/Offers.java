package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;

/**
 * The accepted trials of a block as offers: each with the curve of its route, and with the amounts that the protocol accepts below the
 * largest one. A protocol that forbids leaving dust accepts the whole, or an amount small enough to leave more than dust: two offers.
 */
final class Offers {

    private static final Bps HALF = new Bps(5_000);
    /** An amount below this share of the largest is not worth looking for. */
    private static final int MOST_HALVINGS = 10;

    private final Conditions conditions;
    private final Policy policy;
    private final Amounts amounts;
    private final Map<Route, SaleCurve> curves = new HashMap<>();
    private final Map<Address, TokenAmount> wanted = new HashMap<>();
    /** By debt asset, what the largest part that was found last leaves to be repaid. */
    private final Map<Address, TokenAmount> remainders = new HashMap<>();

    private Offers(Conditions conditions, Policy policy, Amounts amounts) {
        this.conditions = conditions;
        this.policy = policy;
        this.amounts = amounts;
    }

    /** By account, in the order of the trials; accounts of which every trial was refused have none. */
    static Map<Address, List<Offer>> of(List<Trial> trials, Conditions conditions, Policy policy, Amounts amounts) {
        List<Trial> accepted =
                trials.stream().filter(trial -> trial.refusal().isEmpty()).toList();
        Offers offers = new Offers(conditions, policy, amounts);
        offers.learn(accepted);
        Map<Address, List<Offer>> byAccount = new LinkedHashMap<>();
        for (Trial trial : accepted) {
            byAccount
                    .computeIfAbsent(trial.opportunity().account(), _ -> new ArrayList<>())
                    .addAll(offers.of(trial.opportunity()));
        }
        return byAccount;
    }

    private void learn(List<Trial> accepted) {
        Map<Route, Set<List<SaleCurve.Point>>> quotes = new LinkedHashMap<>();
        Map<Route, List<Opportunity>> onRoute = new LinkedHashMap<>();
        for (Trial trial : accepted) {
            Opportunity opportunity = trial.opportunity();
            Route route = Route.of(opportunity);
            // As a rule all trials of a route share one list.
            quotes.computeIfAbsent(route, _ -> Collections.newSetFromMap(new IdentityHashMap<>()))
                    .add(trial.quotes());
            onRoute.computeIfAbsent(route, _ -> new ArrayList<>()).add(opportunity);
            wanted.merge(opportunity.debt().asset(), opportunity.repaid(), TokenAmount::plus);
        }
        onRoute.forEach((route, opportunities) -> curves.put(
                route,
                opportunities.getFirst().needsNoSale()
                        ? itself(opportunities)
                        : SaleCurve.through(quotes.getOrDefault(route, Set.of()).stream()
                                        .flatMap(List::stream)
                                        .toList())
                                .orElseGet(() -> assumed(opportunities))));
    }

    private static TokenAmount received(List<Opportunity> opportunities) {
        return opportunities.stream()
                .map(Opportunity::received)
                .reduce(TokenAmount::plus)
                .orElseThrow();
    }

    /** The collateral is the debt asset. */
    private static SaleCurve itself(List<Opportunity> opportunities) {
        TokenAmount all = received(opportunities);
        return SaleCurve.straight(all, all);
    }

    /** What the protocol's own prices say, less the slippage that we allow. */
    private SaleCurve assumed(List<Opportunity> opportunities) {
        TokenAmount all = received(opportunities);
        Opportunity one = opportunities.getFirst();
        BaseValue value = all.valueAt(one.collateral().price(), RoundingMode.FLOOR);
        return SaleCurve.straight(
                all,
                value.minus(value.times(policy.maxSlippage(), RoundingMode.CEILING))
                        .amountAt(one.debt().price(), one.repaid().decimals(), RoundingMode.FLOOR));
    }

    private List<Offer> of(Opportunity largest) {
        SaleCurve curve = Optional.ofNullable(curves.get(Route.of(largest))).orElseThrow();
        Offer.Fee fee = new Offer.Fee(conditions.fee(policy), conditions.gasCost(policy));
        if (largest.repaid().isZero() || largest.received().isZero()) {
            return List.of();
        }
        Offer divisible = new Offer(largest, curve, fee, false);
        if (!mayBeCut(divisible)) {
            return List.of(divisible);
        }
        TokenAmount oneLess =
                largest.repaid().minus(TokenAmount.ofRaw(1, largest.repaid().decimals()));
        if (amounts.covering(largest, oneLess).isPresent()) {
            return List.of(divisible);
        }
        Offer whole = new Offer(largest, curve, fee, true);
        return largestPart(largest, oneLess)
                .map(part -> List.of(whole, new Offer(part, curve, fee, false)))
                .orElse(List.of(whole));
    }

    /** Whether less than the whole could be best: at the far end of the curve a unit brings less than it costs, or funds are short. */
    private boolean mayBeCut(Offer offer) {
        Opportunity largest = offer.most();
        TokenAmount far = offer.curve().most().minusOrZero(largest.received());
        TokenAmount dearest = largest.repaid()
                .plus(largest.repaid().times(conditions.flashFee().orElse(Bps.ZERO), RoundingMode.CEILING));
        boolean isSteep = offer.curve().best(far, largest.received(), dearest).compareTo(largest.received()) < 0;
        if (isSteep || conditions.flashFee().isPresent()) {
            return isSteep;
        }
        TokenAmount held =
                conditions.held(largest.debt().asset(), largest.repaid().decimals());
        return held.compareTo(wanted.getOrDefault(largest.debt().asset(), largest.repaid())) < 0;
    }

    /** The largest amount below {@code refused} that the protocol accepts, to the smallest unit; amounts below it are accepted, too. */
    private Optional<Opportunity> largestPart(Opportunity largest, TokenAmount refused) {
        TokenAmount one = TokenAmount.ofRaw(1, refused.decimals());
        TokenAmount high = refused;
        Optional<Opportunity> found = Optional.empty();
        // What must be left is as a rule the same for all who owe one asset: then two questions find what sixty would.
        TokenAmount like = Optional.ofNullable(remainders.get(largest.debt().asset()))
                .map(largest.repaid()::minusOrZero)
                .orElse(refused);
        if (!like.isZero() && like.compareTo(refused) < 0) {
            Optional<Opportunity> covered = amounts.covering(largest, like);
            if (covered.isPresent() && amounts.covering(largest, like.plus(one)).isEmpty()) {
                return covered;
            }
        }
        TokenAmount low = refused;
        for (int i = 0; i < MOST_HALVINGS && found.isEmpty(); i++) {
            low = low.times(HALF, RoundingMode.FLOOR);
            found = low.isZero() ? Optional.empty() : amounts.covering(largest, low);
            high = found.isEmpty() ? low : high;
        }
        while (found.isPresent() && high.minus(low).compareTo(one) > 0) {
            TokenAmount middle = low.plus(high.minus(low).times(HALF, RoundingMode.FLOOR));
            Optional<Opportunity> covered = amounts.covering(largest, middle);
            if (covered.isPresent()) {
                low = middle;
                found = covered;
            } else {
                high = middle;
            }
        }
        if (found.isPresent()) {
            remainders.put(largest.debt().asset(), largest.repaid().minus(low));
        }
        return found;
    }
}
