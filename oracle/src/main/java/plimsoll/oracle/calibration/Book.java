package plimsoll.oracle.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.web3j.crypto.Hash;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.ForcedLiquidations;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;

/**
 * Every account with debt at one block, valued at that block's prices: what a lower threshold would force.
 *
 * @param accounts sorted by address
 */
public record Book(List<Account> accounts) implements ForcedLiquidations {

    /** Decimals of the base currency, US dollars in every market of Aave v3. */
    public static final int DECIMALS = 8;

    public static final Book EMPTY = new Book(List.of());

    public Book {
        accounts = accounts.stream()
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
    }

    /**
     * One borrower: what is owed, and what stands behind it.
     *
     * @param debt in all, as the market counts it
     * @param debts by asset; their sum may differ from {@code debt} by the rounding of each
     */
    public record Account(Address address, BaseValue debt, List<Debt> debts, List<Collateral> collateral) {
        public Account {
            debts = List.copyOf(debts);
            collateral = List.copyOf(collateral);
        }
    }

    /** What an account owes of one asset. */
    public record Debt(Address asset, BaseValue value) {}

    /**
     * One asset that an account uses as collateral.
     *
     * @param fixedThreshold the efficiency mode's threshold where that counts instead of the reserve's
     */
    public record Collateral(Address asset, BaseValue value, Optional<Bps> fixedThreshold) {}

    @Override
    public int between(Map<Address, CollateralParameters> before, Map<Address, CollateralParameters> after) {
        int forced = 0;
        for (Account account : accounts) {
            if (!isLiquidatable(account, before, RoundingMode.CEILING)
                    && isLiquidatable(account, after, RoundingMode.FLOOR)) {
                forced++;
            }
        }
        return forced;
    }

    /**
     * Weighted collateral below debt. Each asset's share is rounded to a unit of the base currency, up before the change
     * and down after it, so that an account on the edge counts: at least those that the contract would liquidate.
     */
    private static boolean isLiquidatable(
            Account account, Map<Address, CollateralParameters> parameters, RoundingMode rounding) {
        BaseValue weighted = BaseValue.ZERO;
        for (Collateral collateral : account.collateral()) {
            CollateralParameters reserve = parameters.get(collateral.asset());
            Bps threshold =
                    collateral.fixedThreshold().orElse(reserve == null ? Bps.ZERO : reserve.liquidationThreshold());
            weighted = weighted.plus(collateral.value().times(threshold, rounding));
        }
        return weighted.compareTo(account.debt()) < 0;
    }

    /** What stands as collateral in one asset, in whole units of the base currency. */
    double collateralValue(Address asset) {
        double sum = 0;
        for (Account account : accounts) {
            for (Collateral collateral : account.collateral()) {
                if (collateral.asset().equals(asset)) {
                    sum += units(collateral.value());
                }
            }
        }
        return sum;
    }

    /** Whole units of the base currency, the nearest double. */
    static double units(BaseValue value) {
        return new BigDecimal(value.raw(), DECIMALS).doubleValue();
    }

    /**
     * keccak-256 over one line an account: address, debt, then asset and value of each debt, then asset, value and fixed
     * threshold of each collateral.
     */
    String contentHash() {
        StringBuilder lines = new StringBuilder();
        for (Account account : accounts) {
            lines.append(account.address().hex())
                    .append(',')
                    .append(account.debt().raw());
            TreeMap<Address, Debt> owed = new TreeMap<>();
            account.debts().forEach(debt -> owed.put(debt.asset(), debt));
            owed.forEach((asset, debt) -> lines.append(',')
                    .append(asset.hex())
                    .append(',')
                    .append(debt.value().raw()));
            TreeMap<Address, Collateral> sorted = new TreeMap<>();
            account.collateral().forEach(collateral -> sorted.put(collateral.asset(), collateral));
            sorted.forEach((asset, collateral) -> lines.append(',')
                    .append(asset.hex())
                    .append(',')
                    .append(collateral.value().raw())
                    .append(',')
                    .append(collateral.fixedThreshold().map(Bps::raw).orElse(-1)));
            lines.append('\n');
        }
        return Hash.sha3String(lines.toString());
    }
}
