package plimsoll.keeper.liquidation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;

/**
 * Which offers of a block are taken together, at most one for each account, so that most is left in sum.
 *
 * <p>For a given set of offers the amounts follow at once: on concave lines it is best to fill the offer first that pays least for its
 * collateral, each until a unit more brings less than it costs; offers that cannot be divided come before them. So only the set is
 * searched: exhaustively where there are few combinations. Where there are many, each step takes the offer that leaves most after the
 * ones taken, and where funds are short also the one that yields most; what an offer leaves can only shrink as others are taken, so an old figure is a bound
 * and most offers are looked at once.
 */
final class Selection {

    private static final int FEW = 256;

    private final List<List<Fill>> accounts;
    private final Conditions conditions;
    private final BaseValue minProfit;

    /** @param accounts the offers of each account, filled as if each were alone */
    Selection(List<List<Fill>> accounts, Conditions conditions, BaseValue minProfit) {
        this.accounts = accounts.stream().map(List::copyOf).toList();
        this.conditions = conditions;
        this.minProfit = minProfit;
    }

    /** What is taken, in the order of sending. */
    List<Fill> best() {
        Filled best = combinations() <= FEW ? exhaustive(0, List.of()) : greedy();
        return pruned(best).fills;
    }

    private Filled greedy() {
        Filled byProfit = greedy(Comparator.comparing(Fill::tally));
        return isShortOfFunds()
                ? better(
                        byProfit,
                        greedy(Comparator.comparing(fill -> fill.offer().yieldAtOrigin())))
                : byProfit;
    }

    private boolean isShortOfFunds() {
        if (conditions.flashFee().isPresent()) {
            return false;
        }
        Map<Address, TokenAmount> wanted = new HashMap<>();
        for (List<Fill> fills : accounts) {
            Opportunity most = fills.getFirst().offer().most();
            wanted.merge(most.debt().asset(), most.repaid(), TokenAmount::plus);
        }
        return wanted.entrySet().stream()
                .anyMatch(it ->
                        conditions.held(it.getKey(), it.getValue().decimals()).compareTo(it.getValue()) < 0);
    }

    /** @param tally the least profit of each counted as a cost */
    private record Filled(List<Fill> fills, Tally tally) {}

    private int combinations() {
        int product = 1;
        for (List<Fill> fills : accounts) {
            product *= fills.size() + 1;
            if (product > FEW) {
                return product;
            }
        }
        return product;
    }

    private Filled exhaustive(int account, List<Offer> chosen) {
        if (account == accounts.size()) {
            return filled(chosen);
        }
        Filled best = exhaustive(account + 1, chosen);
        for (Fill fill : accounts.get(account)) {
            List<Offer> more = new ArrayList<>(chosen);
            more.add(fill.offer());
            best = better(best, exhaustive(account + 1, more));
        }
        return best;
    }

    private static Filled better(Filled a, Filled b) {
        return b.tally.compareTo(a.tally) > 0 ? b : a;
    }

    /**
     * An offer in the queue.
     *
     * @param fill what it came to when it was last looked at
     * @param onRoute how many were taken on its route by then
     * @param ofAsset and how many of its debt asset
     */
    private record Bid(Fill fill, int onRoute, int ofAsset) {}

    /** What was taken, and how often each route and each asset was. */
    private final class Takings {
        private final Ledger ledger = Ledger.of(conditions);
        private final Map<Route, Integer> onRoute = new HashMap<>();
        private final Map<Address, Integer> ofAsset = new HashMap<>();

        Bid bid(Fill fill) {
            return new Bid(fill, takenOnRoute(fill.offer()), takenOfAsset(fill.offer()));
        }

        /** The bid's offer as it stands now; what was taken elsewhere does not change it. */
        Optional<Fill> now(Bid bid) {
            Offer offer = bid.fill.offer();
            boolean isUnchanged = bid.onRoute == takenOnRoute(offer)
                    && (bid.ofAsset == takenOfAsset(offer) || ledger.reachesFor(offer))
                    && ledger.canPayFeeOf(offer);
            return isUnchanged ? Optional.of(bid.fill) : paying(ledger, offer);
        }

        void take(Fill fill) {
            ledger.take(fill);
            onRoute.merge(fill.offer().route(), 1, Integer::sum);
            ofAsset.merge(fill.offer().most().debt().asset(), 1, Integer::sum);
        }

        private int takenOnRoute(Offer offer) {
            return onRoute.getOrDefault(offer.route(), 0);
        }

        private int takenOfAsset(Offer offer) {
            return ofAsset.getOrDefault(offer.most().debt().asset(), 0);
        }
    }

    /** @param order who is worth more stands higher, and goes first */
    private Filled greedy(Comparator<Fill> order) {
        var takings = new Takings();
        PriorityQueue<Bid> bids =
                new PriorityQueue<>(Comparator.comparing(Bid::fill, order).reversed());
        accounts.forEach(fills -> fills.forEach(fill -> bids.add(takings.bid(fill))));
        Set<Address> taken = new HashSet<>();
        List<Offer> chosen = new ArrayList<>();
        while (!bids.isEmpty()) {
            Bid first = bids.remove();
            Address account = first.fill.offer().most().account();
            Optional<Fill> now = taken.contains(account) ? Optional.empty() : takings.now(first);
            if (now.isEmpty()) {
                continue;
            }
            Bid renewed = takings.bid(now.get());
            if (!bids.isEmpty() && order.compare(renewed.fill, bids.peek().fill) < 0) {
                bids.add(renewed);
            } else {
                takings.take(now.get());
                taken.add(account);
                chosen.add(now.get().offer());
            }
        }
        return filled(chosen);
    }

    private Optional<Fill> paying(Ledger ledger, Offer offer) {
        return ledger.fill(offer).filter(fill -> fill.tally().leaves(minProfit));
    }

    private Filled filled(List<Offer> chosen) {
        List<Offer> order = new ArrayList<>(chosen);
        Function<Offer, Boolean> divisible = offer -> !offer.isWhole();
        order.sort(Comparator.comparing(divisible)
                .thenComparing(Comparator.comparing(Offer::yieldAtOrigin).reversed()));
        return filled(List.of(), order);
    }

    /** @param before what stands as it is */
    private Filled filled(List<Fill> before, List<Offer> order) {
        Ledger ledger = Ledger.of(conditions);
        List<Fill> fills = new ArrayList<>(before);
        before.forEach(ledger::take);
        for (Offer offer : order) {
            ledger.fill(offer).ifPresent(fill -> {
                ledger.take(fill);
                fills.add(fill);
            });
        }
        Tally tally = Tally.NOTHING;
        for (Fill fill : fills) {
            tally = tally.plus(fill.tally()).plus(new Tally(BaseValue.ZERO, minProfit));
        }
        return new Filled(fills, tally);
    }

    /** Without those that no longer pay at the amounts that all the others leave them; what is sent before them stays as it is. */
    private Filled pruned(Filled filled) {
        Filled now = filled;
        while (true) {
            Optional<Fill> least = now.fills.stream()
                    .filter(fill -> !fill.tally().leaves(minProfit))
                    .min(Comparator.comparing(Fill::tally));
            if (least.isEmpty()) {
                return now;
            }
            int place = now.fills.indexOf(least.get());
            now = filled(
                    now.fills.subList(0, place),
                    now.fills.subList(place + 1, now.fills.size()).stream()
                            .map(Fill::offer)
                            .toList());
        }
    }
}
