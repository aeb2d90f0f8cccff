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

    private final List<List<Offer>> accounts;
    private final Conditions conditions;
    private final BaseValue minProfit;

    /** @param accounts the offers of each account */
    Selection(List<List<Offer>> accounts, Conditions conditions, BaseValue minProfit) {
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
                ? better(byProfit, greedy(Comparator.comparing(fill -> fill.offer()
                        .yieldAtOrigin())))
                : byProfit;
    }

    private boolean isShortOfFunds() {
        if (conditions.flashFee().isPresent()) {
            return false;
        }
        Map<Address, TokenAmount> wanted = new HashMap<>();
        for (List<Offer> offers : accounts) {
            Opportunity most = offers.getFirst().most();
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
        for (List<Offer> offers : accounts) {
            product *= offers.size() + 1;
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
        for (Offer offer : accounts.get(account)) {
            List<Offer> more = new ArrayList<>(chosen);
            more.add(offer);
            best = better(best, exhaustive(account + 1, more));
        }
        return best;
    }

    private static Filled better(Filled a, Filled b) {
        return b.tally.compareTo(a.tally) > 0 ? b : a;
    }

    private record Bid(Offer offer, Fill fill) {}

    private Filled greedy(Comparator<Fill> order) {
        Ledger ledger = Ledger.of(conditions);
        PriorityQueue<Bid> bids =
                new PriorityQueue<>(Comparator.comparing(Bid::fill, order).reversed());
        accounts.forEach(offers ->
                offers.forEach(offer -> paying(ledger, offer).ifPresent(fill -> bids.add(new Bid(offer, fill)))));
        Set<Address> taken = new HashSet<>();
        List<Offer> chosen = new ArrayList<>();
        while (!bids.isEmpty()) {
            Bid first = bids.remove();
            Offer offer = first.offer;
            Optional<Fill> now = taken.contains(offer.most().account()) ? Optional.empty() : paying(ledger, offer);
            if (now.isEmpty()) {
                continue;
            }
            if (!bids.isEmpty() && order.compare(now.get(), bids.peek().fill) < 0) {
                bids.add(new Bid(offer, now.get()));
            } else {
                ledger.take(now.get());
                taken.add(offer.most().account());
                chosen.add(offer);
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
        Ledger ledger = Ledger.of(conditions);
        List<Fill> fills = new ArrayList<>();
        Tally tally = Tally.NOTHING;
        for (Offer offer : order) {
            Optional<Fill> fill = ledger.fill(offer);
            if (fill.isPresent()) {
                ledger.take(fill.get());
                fills.add(fill.get());
                tally = tally.plus(fill.get().tally()).plus(new Tally(BaseValue.ZERO, minProfit));
            }
        }
        return new Filled(fills, tally);
    }

    /** Without those that no longer pay at the amounts that all the others leave them. */
    private Filled pruned(Filled filled) {
        Filled now = filled;
        while (true) {
            Optional<Fill> least = now.fills.stream()
                    .filter(fill -> !fill.tally().leaves(minProfit))
                    .min(Comparator.comparing(Fill::tally));
            if (least.isEmpty()) {
                return now;
            }
            now = filled(now.fills.stream()
                    .filter(fill -> !fill.equals(least.get()))
                    .map(Fill::offer)
                    .toList());
        }
    }
}
