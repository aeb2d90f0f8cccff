package plimsoll.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Erc20;
import plimsoll.devnet.MarketAddresses.ReserveAddresses;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/** Opens many positions quickly: by transactions in shared blocks, or by writing the storage of Aave v3.6. */
final class BulkPositions {

    /** Where v3.6 keeps an aToken's balances, a variable debt token's balances, and the pool's accounts. */
    private static final Slot ATOKEN_BALANCES = Slot.of(52);

    private static final Slot DEBT_BALANCES = Slot.of(56);
    private static final Slot POOL_ACCOUNTS = Slot.of(53);
    private static final Slot POOL_EMODES = Slot.of(56);

    private static final int INDEX_SHIFT = 128;
    private static final int VARIABLE_RATE = 2;

    private final Node node;
    private final MarketAddresses addresses;

    BulkPositions(Node node, MarketAddresses addresses) {
        this.node = node;
        this.addresses = addresses;
    }

    /** Each step of all borrowers before the next step of any: a step needs the state that the one before left. */
    void open(List<Opening> openings, List<Borrower> borrowers) {
        List<Address> accounts = borrowers.stream().map(Borrower::address).toList();
        node.fund(accounts, Wei.parse("100"));
        List<Node.Sending> first = new ArrayList<>();
        List<Node.Sending> supplies = new ArrayList<>();
        List<Node.Sending> borrows = new ArrayList<>();
        for (int i = 0; i < openings.size(); i++) {
            Address account = accounts.get(i);
            sorted(openings.get(i).collateral()).forEach((asset, amount) -> {
                Address token = addresses.of(asset).token();
                first.add(Node.Sending.of(account, token, Deployment.MINT.encode(account, amount.raw())));
                first.add(Node.Sending.of(account, token, Erc20.APPROVE.encode(addresses.pool(), amount.raw())));
                supplies.add(Node.Sending.of(
                        account, addresses.pool(), AavePool.SUPPLY.encode(token, amount.raw(), account, 0)));
            });
            sorted(openings.get(i).debt())
                    .forEach((asset, amount) -> borrows.add(Node.Sending.of(
                            account,
                            addresses.pool(),
                            AavePool.BORROW.encode(
                                    addresses.of(asset).token(), amount.raw(), VARIABLE_RATE, 0, account))));
        }
        Stream.of(first, supplies, borrows).filter(step -> !step.isEmpty()).forEach(node::sendAll);
    }

    void store(List<StoredPosition> positions) {
        Map<Asset, Reserve> reserves = new EnumMap<>(Asset.class);
        addresses.reserves().forEach((asset, reserve) -> reserves.put(asset, read(reserve)));
        List<StorageWord> words = new ArrayList<>();
        for (StoredPosition position : positions) {
            words.addAll(words(position, reserves));
        }
        node.store(words);
    }

    private List<StorageWord> words(StoredPosition position, Map<Asset, Reserve> reserves) {
        List<StorageWord> words = new ArrayList<>();
        BigInteger uses = BigInteger.ZERO;
        for (Map.Entry<Asset, Reserve> entry : reserves.entrySet()) {
            Asset asset = entry.getKey();
            Reserve reserve = entry.getValue();
            TokenAmount supply = position.scaledSupply().getOrDefault(asset, TokenAmount.zero(asset.decimals()));
            TokenAmount debt = position.scaledDebt().getOrDefault(asset, TokenAmount.zero(asset.decimals()));
            words.add(balance(position, reserve.addresses.aToken(), ATOKEN_BALANCES, supply, reserve.liquidityIndex));
            words.add(
                    balance(position, reserve.addresses.variableDebtToken(), DEBT_BALANCES, debt, reserve.borrowIndex));
            if (!debt.isZero()) {
                uses = uses.setBit(2 * reserve.id);
            }
            if (!supply.isZero() && !position.notCollateral().contains(asset)) {
                uses = uses.setBit(2 * reserve.id + 1);
            }
        }
        words.add(new StorageWord(addresses.pool(), POOL_ACCOUNTS.entry(position.account()), new Slot(uses)));
        words.add(new StorageWord(addresses.pool(), POOL_EMODES.entry(position.account()), Slot.of(position.emode())));
        return words;
    }

    /** A balance and, above it in the same word, the index at which it last changed. */
    private static StorageWord balance(
            StoredPosition position, Address token, Slot balances, TokenAmount scaled, BigInteger index) {
        BigInteger word = scaled.isZero() ? BigInteger.ZERO : scaled.raw().or(index.shiftLeft(INDEX_SHIFT));
        return new StorageWord(token, balances.entry(position.account()), new Slot(word));
    }

    private record Reserve(ReserveAddresses addresses, int id, BigInteger liquidityIndex, BigInteger borrowIndex) {}

    private Reserve read(ReserveAddresses reserve) {
        AbiValues data = AavePool.GET_RESERVE_DATA
                .decode(node.read(addresses.pool(), AavePool.GET_RESERVE_DATA.encode(reserve.token())))
                .values(0);
        return new Reserve(
                reserve,
                data.integer("id").intValueExact(),
                data.integer("liquidityIndex"),
                data.integer("variableBorrowIndex"));
    }

    private static Map<Asset, TokenAmount> sorted(Map<Asset, TokenAmount> amounts) {
        return amounts.isEmpty() ? Map.of() : new EnumMap<>(amounts);
    }
}
