package plimsoll.keeper.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;

/**
 * The market's accounts in columns: one row per account and reserve, exact scaled balances beside the doubles that screen them.
 * One thread writes and reads; rows and account numbers never move, so that a fact changes one row and nothing else.
 */
public final class PositionBook {

    private static final int NONE = -1;
    private static final int INITIAL = 64;

    private final HealthScreen screen = new HealthScreen();
    private final Map<Address, Integer> accountNumbers = new HashMap<>();
    private final List<Address> accounts = new ArrayList<>();
    private final List<Set<Integer>> collateralOf = new ArrayList<>();
    private final List<Integer> modes = new ArrayList<>(List.of(0));
    private final List<@Nullable AccountPosition> positionOf = new ArrayList<>(); // null where it has to be made again
    private int[] modeOf = new int[INITIAL];
    private int[] firstRowOf = new int[INITIAL];

    private int rows;
    private int[] nextRow = new int[INITIAL];
    private int[] reserveOfRow = new int[INITIAL];
    private StoredAmount[] supplyOfRow = new StoredAmount[INITIAL];
    private StoredAmount[] debtOfRow = new StoredAmount[INITIAL];

    /** Takes in what was read at one block; facts about one thing may repeat, the last wins. */
    public void apply(List<Fact> facts) {
        for (Fact fact : facts) {
            int account = numberOf(fact.account());
            switch (fact) {
                case Fact.SupplyIs(Address _, int reserve, StoredAmount stored) -> {
                    int row = rowOf(account, reserve); // first: it may move the columns to larger arrays
                    supplyOfRow[row] = stored;
                }
                case Fact.DebtIs(Address _, int reserve, StoredAmount stored) -> {
                    int row = rowOf(account, reserve);
                    debtOfRow[row] = stored;
                }
                case Fact.CollateralIs(Address _, Set<Integer> reserves) -> collateralOf.set(account, reserves);
                case Fact.EfficiencyIs(Address _, int mode) -> setMode(account, mode);
            }
            refreshScreen(account);
            positionOf.set(account, null);
        }
    }

    /** Takes in accounts that it does not know yet, as an earlier book had them. */
    public void load(List<AccountPosition> positions) {
        for (AccountPosition position : positions) {
            int account = numberOf(position.account());
            Set<Integer> collateral = new HashSet<>();
            for (Holding holding : position.holdings()) {
                int row = rowOf(account, holding.reserve());
                supplyOfRow[row] = holding.supplied();
                debtOfRow[row] = holding.borrowed();
                if (holding.usedAsCollateral()) {
                    collateral.add(holding.reserve());
                }
            }
            collateralOf.set(account, Set.copyOf(collateral));
            setMode(account, position.mode());
            refreshScreen(account);
            positionOf.set(account, null);
        }
    }

    private void setMode(int account, int mode) {
        modeOf[account] = mode;
        if (!modes.contains(mode)) {
            modes.add(mode);
        }
    }

    /** Whether the account ever had something here. */
    public boolean knows(Address account) {
        return accountNumbers.containsKey(account);
    }

    /** What an account holds now; nothing where it is not known. */
    public AccountPosition position(Address account) {
        Integer number = accountNumbers.get(account);
        return number == null ? new AccountPosition(account, 0, List.of()) : position(number);
    }

    /** Everybody who ever had something here, in the order of appearance. */
    public List<Address> accounts() {
        return List.copyOf(accounts);
    }

    /** How many accounts hold something now. */
    public int size() {
        int holders = 0;
        for (int account = 0; account < accounts.size(); account++) {
            for (int row = firstRowOf[account]; row != NONE; row = nextRow[row]) {
                if (!supplyOfRow[row].isZero() || !debtOfRow[row].isZero()) {
                    holders++;
                    break;
                }
            }
        }
        return holders;
    }

    /** The efficiency modes that accounts have used. */
    public Set<Integer> modes() {
        return Set.copyOf(modes.subList(1, modes.size()));
    }

    /** The accounts whose health factor may be below the line, by the fast screen: some are false alarms, none is missed. */
    public List<AccountPosition> suspects(HealthFactor line, MarketState market) {
        double ratio = line.ratio().raw().doubleValue() / 1e18;
        int[] flagged = screen.accountsBelow(Math.nextUp(ratio), market.weights(List.copyOf(modes)));
        List<AccountPosition> suspects = new ArrayList<>(flagged.length);
        for (int account : flagged) {
            suspects.add(position(account));
        }
        return suspects;
    }

    /** Every account that holds something, whatever its health. */
    public List<AccountPosition> all() {
        List<AccountPosition> all = new ArrayList<>();
        for (int account = 0; account < accounts.size(); account++) {
            AccountPosition position = position(account);
            if (!position.isEmpty()) {
                all.add(position);
            }
        }
        return all;
    }

    private AccountPosition position(int account) {
        AccountPosition known = positionOf.get(account);
        if (known == null) {
            known = read(account);
            positionOf.set(account, known);
        }
        return known;
    }

    private AccountPosition read(int account) {
        List<Holding> holdings = new ArrayList<>();
        Set<Integer> collateral = collateralOf.get(account);
        for (int row = firstRowOf[account]; row != NONE; row = nextRow[row]) {
            if (!supplyOfRow[row].isZero() || !debtOfRow[row].isZero()) {
                int reserve = reserveOfRow[row];
                holdings.add(new Holding(reserve, supplyOfRow[row], collateral.contains(reserve), debtOfRow[row]));
            }
        }
        holdings.sort(Comparator.comparingInt(Holding::reserve));
        return new AccountPosition(accounts.get(account), modeOf[account], holdings);
    }

    private int numberOf(Address address) {
        return accountNumbers.computeIfAbsent(address, a -> {
            int number = accounts.size();
            accounts.add(a);
            collateralOf.add(Set.of());
            positionOf.add(null);
            if (number == modeOf.length) {
                modeOf = Arrays.copyOf(modeOf, number * 2);
                firstRowOf = Arrays.copyOf(firstRowOf, number * 2);
            }
            firstRowOf[number] = NONE;
            return number;
        });
    }

    /** The row of an account's reserve, made empty if it is new. */
    private int rowOf(int account, int reserve) {
        for (int row = firstRowOf[account]; row != NONE; row = nextRow[row]) {
            if (reserveOfRow[row] == reserve) {
                return row;
            }
        }
        if (rows == nextRow.length) {
            nextRow = Arrays.copyOf(nextRow, rows * 2);
            reserveOfRow = Arrays.copyOf(reserveOfRow, rows * 2);
            supplyOfRow = Arrays.copyOf(supplyOfRow, rows * 2);
            debtOfRow = Arrays.copyOf(debtOfRow, rows * 2);
        }
        int row = rows++;
        nextRow[row] = firstRowOf[account];
        firstRowOf[account] = row;
        reserveOfRow[row] = reserve;
        supplyOfRow[row] = StoredAmount.ZERO;
        debtOfRow[row] = StoredAmount.ZERO;
        return row;
    }

    private void refreshScreen(int account) {
        Set<Integer> collateral = collateralOf.get(account);
        int slot = modes.indexOf(modeOf[account]);
        Terms terms = new Terms();
        for (int row = firstRowOf[account]; row != NONE; row = nextRow[row]) {
            double supply = collateral.contains(reserveOfRow[row]) ? supplyOfRow[row].perIndex() : 0;
            terms.add(Weights.index(slot, reserveOfRow[row]), supply, debtOfRow[row].perIndex());
        }
        screen.set(account, terms);
    }
}
