package plimsoll.keeper.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The accounts of a market that lives: in every block some of them get another position. */
public final class Population {

    private final int size;
    private final Set<Integer> reserves;
    private final Map<Integer, AccountPosition> positions = new TreeMap<>();

    /** @param reserves everything that an account can hold or owe */
    public Population(int size, Set<Integer> reserves) {
        this.size = size;
        this.reserves = new TreeSet<>(reserves);
    }

    /** Gives some accounts another position; what is told of it to a book. */
    public List<Fact> changeSome(SplittableRandom random, IntFunction<AccountPosition> next) {
        List<Fact> facts = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            int account = random.nextInt(size);
            facts.addAll(change(account, next.apply(account)));
        }
        return facts;
    }

    /** Gives one account another position; what is told of it to a book. */
    public List<Fact> change(int account, AccountPosition position) {
        positions.put(account, position);
        return facts(position);
    }

    public List<AccountPosition> positions() {
        return List.copyOf(positions.values());
    }

    /** Everything about an account, what it has no longer included. */
    private List<Fact> facts(AccountPosition position) {
        List<Fact> facts = new ArrayList<>();
        for (int reserve : reserves) {
            facts.add(new Fact.SupplyIs(
                    position.account(),
                    reserve,
                    position.holding(reserve).map(Holding::supplied).orElse(StoredAmount.ZERO)));
            facts.add(new Fact.DebtIs(
                    position.account(),
                    reserve,
                    position.holding(reserve).map(Holding::borrowed).orElse(StoredAmount.ZERO)));
        }
        facts.add(new Fact.CollateralIs(
                position.account(),
                position.holdings().stream()
                        .filter(Holding::usedAsCollateral)
                        .map(Holding::reserve)
                        .collect(Collectors.toSet())));
        facts.add(new Fact.EfficiencyIs(position.account(), position.mode()));
        return facts;
    }
}
