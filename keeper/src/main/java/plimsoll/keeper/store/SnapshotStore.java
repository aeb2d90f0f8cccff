package plimsoll.keeper.store;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.RecentBlock;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.store.Transactions;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/**
 * The positions as a keeper leaves them for its next start. Whole columns travel at once, because a market has more accounts than there
 * is time for statements.
 */
public final class SnapshotStore {

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public SnapshotStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    /**
     * What has changed since the last time.
     *
     * @param whole whether this is everything, in place of whatever is stored
     * @param recent the newest blocks, ascending; the positions are true at the last
     * @param changed the accounts that were read; one that holds nothing is forgotten
     */
    public record Update(boolean whole, List<RecentBlock> recent, List<Asset> reserves, List<AccountPosition> changed) {
        public Update {
            recent = List.copyOf(recent);
            reserves = List.copyOf(reserves);
            changed = List.copyOf(changed);
        }
    }

    /** What an earlier run left; absent where none has, or only one of a version that did not keep its blocks. */
    public Optional<BookSnapshot> load(long market) {
        return transactions.run(connection -> {
            List<RecentBlock> recent = recent(connection, market);
            return recent.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new BookSnapshot(recent, reserves(connection, market), positions(connection, market)));
        });
    }

    /**
     * Brings what is stored up to date, all of it or nothing.
     *
     * @param term of the market's duty in which the update came about; where it is over, nothing is stored
     */
    public void save(long market, Update update, Duty.Term term) {
        transactions.run(connection -> {
            if (update.whole) {
                execute(connection, "DELETE FROM balances WHERE market_id = ?", market);
                execute(connection, "DELETE FROM positions WHERE market_id = ?", market);
                execute(connection, "DELETE FROM recent_blocks WHERE market_id = ?", market);
            }
            writeReserves(connection, market, update.reserves);
            writePositions(connection, market, update.changed);
            writeBalances(connection, market, update);
            writeRecent(connection, market, update.recent);
            RecentBlock last = update.recent.getLast();
            int markets = execute(
                    connection,
                    "UPDATE markets SET indexed_block_number = ?, indexed_block_hash = ? WHERE id = ?",
                    last.number().value(),
                    last.hash().hex(),
                    market);
            term.verify(connection);
            return markets;
        });
    }

    private static List<RecentBlock> recent(Connection connection, long market) throws SQLException {
        String sql = "SELECT block_number, block_hash, touched FROM recent_blocks WHERE market_id = ? ORDER BY 1";
        List<RecentBlock> recent = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, market);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Set<Address> touched = new HashSet<>();
                    for (String account : (String[]) row.getArray(3).getArray()) {
                        touched.add(new Address(account));
                    }
                    recent.add(
                            new RecentBlock(new BlockNumber(row.getLong(1)), new BlockHash(row.getString(2)), touched));
                }
            }
        }
        return recent;
    }

    private static Map<Integer, Address> reserves(Connection connection, long market) throws SQLException {
        Map<Integer, Address> reserves = new HashMap<>();
        String sql = "SELECT reserve_number, asset FROM reserves WHERE market_id = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, market);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reserves.put(row.getInt(1), new Address(row.getString(2)));
                }
            }
        }
        return reserves;
    }

    private static List<AccountPosition> positions(Connection connection, long market) throws SQLException {
        Map<String, List<Holding>> holdings = new HashMap<>();
        String balances = """
                SELECT b.account, r.reserve_number, b.scaled_supply_raw, b.scaled_variable_debt_raw,
                       b.used_as_collateral, b.debt_stored_at_raw
                FROM balances b JOIN reserves r USING (market_id, asset) WHERE b.market_id = ?
                """;
        try (PreparedStatement query = rows(connection, balances, market);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                holdings.computeIfAbsent(row.getString(1), account -> new ArrayList<>(4))
                        .add(new Holding(
                                row.getInt(2),
                                StoredAmount.ofRaw(new BigInteger(row.getString(3))),
                                row.getBoolean(5),
                                new StoredAmount(new BigInteger(row.getString(4)), new BigInteger(row.getString(6)))));
            }
        }
        List<AccountPosition> positions = new ArrayList<>();
        String accounts = "SELECT account, emode_category FROM positions WHERE market_id = ?";
        try (PreparedStatement query = rows(connection, accounts, market);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String account = row.getString(1);
                List<Holding> held = holdings.getOrDefault(account, new ArrayList<>());
                held.sort(Comparator.comparingInt(Holding::reserve));
                positions.add(new AccountPosition(new Address(account), row.getInt(2), held));
            }
        }
        return positions;
    }

    private static PreparedStatement rows(Connection connection, String sql, long market) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setFetchSize(10_000);
        query.setLong(1, market);
        return query;
    }

    private static void writeReserves(Connection connection, long market, List<Asset> reserves) throws SQLException {
        String sql = """
                INSERT INTO reserves (market_id, asset, reserve_number, symbol, decimals) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (market_id, asset) DO UPDATE SET reserve_number = EXCLUDED.reserve_number,
                    symbol = EXCLUDED.symbol, decimals = EXCLUDED.decimals
                """;
        for (Asset reserve : reserves) {
            execute(
                    connection,
                    sql,
                    market,
                    reserve.address().hex(),
                    reserve.number(),
                    reserve.symbol(),
                    reserve.decimals());
        }
    }

    private static void writePositions(Connection connection, long market, List<AccountPosition> changed)
            throws SQLException {
        Object[] all = changed.stream().map(it -> it.account().hex()).toArray();
        execute(
                connection,
                "DELETE FROM balances WHERE market_id = ? AND account = ANY (?)",
                market,
                connection.createArrayOf("text", all));
        Object[] gone = changed.stream()
                .filter(AccountPosition::isEmpty)
                .map(it -> it.account().hex())
                .toArray();
        execute(
                connection,
                "DELETE FROM positions WHERE market_id = ? AND account = ANY (?)",
                market,
                connection.createArrayOf("text", gone));
        List<AccountPosition> left =
                changed.stream().filter(it -> !it.isEmpty()).toList();
        execute(
                connection,
                "INSERT INTO positions (market_id, account, emode_category) SELECT ?, * FROM unnest(?, ?)"
                        + " ON CONFLICT (market_id, account) DO UPDATE SET emode_category = EXCLUDED.emode_category",
                market,
                connection.createArrayOf(
                        "text", left.stream().map(it -> it.account().hex()).toArray()),
                connection.createArrayOf(
                        "int4", left.stream().map(AccountPosition::mode).toArray()));
    }

    private static void writeBalances(Connection connection, long market, Update update) throws SQLException {
        Map<Integer, String> assets = new HashMap<>();
        update.reserves.forEach(
                reserve -> assets.put(reserve.number(), reserve.address().hex()));
        List<String> accounts = new ArrayList<>();
        List<String> held = new ArrayList<>();
        List<BigInteger> supplies = new ArrayList<>();
        List<BigInteger> debts = new ArrayList<>();
        List<BigInteger> storedAt = new ArrayList<>();
        List<Boolean> collateral = new ArrayList<>();
        for (AccountPosition position : update.changed) {
            for (Holding holding : position.holdings()) {
                accounts.add(position.account().hex());
                held.add(assets.get(holding.reserve()));
                supplies.add(holding.supplied().raw());
                debts.add(holding.borrowed().raw());
                storedAt.add(holding.borrowed().storedAt());
                collateral.add(holding.usedAsCollateral());
            }
        }
        execute(
                connection,
                "INSERT INTO balances (market_id, account, asset, scaled_supply_raw, scaled_variable_debt_raw,"
                        + " used_as_collateral, debt_stored_at_raw) SELECT ?, * FROM unnest(?, ?, ?, ?, ?, ?)",
                market,
                connection.createArrayOf("text", accounts.toArray()),
                connection.createArrayOf("text", held.toArray()),
                connection.createArrayOf("numeric", supplies.toArray()),
                connection.createArrayOf("numeric", debts.toArray()),
                connection.createArrayOf("bool", collateral.toArray()),
                connection.createArrayOf("numeric", storedAt.toArray()));
    }

    /** Blocks are written once; those that a reorg took away or that are too old go. */
    private static void writeRecent(Connection connection, long market, List<RecentBlock> recent) throws SQLException {
        execute(
                connection,
                "DELETE FROM recent_blocks WHERE market_id = ? AND NOT block_hash = ANY (?)",
                market,
                connection.createArrayOf(
                        "text", recent.stream().map(it -> it.hash().hex()).toArray()));
        Set<BlockNumber> stored = new HashSet<>();
        try (PreparedStatement query =
                        rows(connection, "SELECT block_number FROM recent_blocks WHERE market_id = ?", market);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                stored.add(new BlockNumber(row.getLong(1)));
            }
        }
        for (RecentBlock block : recent) {
            if (!stored.contains(block.number())) {
                execute(
                        connection,
                        "INSERT INTO recent_blocks (market_id, block_number, block_hash, touched) VALUES (?, ?, ?, ?)",
                        market,
                        block.number().value(),
                        block.hash().hex(),
                        connection.createArrayOf(
                                "text",
                                block.touched().stream().map(Address::hex).toArray()));
            }
        }
    }

    private static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Array array) {
                    statement.setArray(i + 1, array);
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            return statement.executeUpdate();
        }
    }
}
