package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Slot;
import plimsoll.devnet.StorageWord;
import plimsoll.devnet.venus.VenusAddresses;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** Where Venus 10.3 keeps what: states are written there, far more of them than transactions could make. */
final class VenusStorage {

    private static final Slot RESERVE_FACTOR = Slot.of(8);
    private static final Slot ACCRUAL_BLOCK = Slot.of(9);
    private static final Slot BORROW_INDEX = Slot.of(10);
    private static final Slot TOTAL_BORROWS = Slot.of(11);
    private static final Slot TOTAL_RESERVES = Slot.of(12);
    private static final Slot TOTAL_SUPPLY = Slot.of(13);
    private static final Slot ACCOUNT_TOKENS = Slot.of(14);
    private static final Slot ACCOUNT_BORROWS = Slot.of(16);
    private static final Slot REDUCED_EVERY = Slot.of(19);
    private static final Slot REDUCED_AT = Slot.of(20);
    private static final Slot INTERNAL_CASH = Slot.of(26);

    private static final Slot CLOSE_FACTOR = Slot.of(5);
    private static final Slot ACCOUNT_ASSETS = Slot.of(8);
    private static final Slot MARKETS = Slot.of(9);
    private static final Slot MINTED_VAIS = Slot.of(22);
    private static final Slot TREASURY_PERCENT = Slot.of(34);
    private static final Slot LIQUIDATOR = Slot.of(37);
    private static final Slot ACTIONS_PAUSED = Slot.of(41);
    private static final Slot FORCED = Slot.of(45);
    private static final Slot FORCED_FOR_USER = Slot.of(50);
    private static final Slot USER_POOL = Slot.of(53);
    private static final int COLLATERAL_FACTOR = 1;
    private static final int MEMBERSHIP = 2;
    private static final int THRESHOLD = 4;
    private static final int INCENTIVE = 5;
    private static final int POOL_SHIFT = 160;

    private static final Slot VAI_MINT_INDEX = Slot.of(15);
    private static final Slot VAI_MINTER_INDEX = Slot.of(17);
    private static final Slot VAI_PAST_INTEREST = Slot.of(18);

    private static final Slot DIRECT_PRICES = Slot.of(201);
    private static final Slot FEEDS = Slot.of(202);
    private static final int STALE_AFTER = 2;

    private final VenusAddresses addresses;
    private final Map<Asset, Address> tokens;
    private final List<StorageWord> words = new ArrayList<>();

    VenusStorage(VenusAddresses addresses, Map<Asset, Address> tokens) {
        this.addresses = addresses;
        this.tokens = tokens;
    }

    /** Everything noted since the last time. */
    List<StorageWord> take() {
        List<StorageWord> all = List.copyOf(words);
        words.clear();
        return all;
    }

    /** The totals of a reserve, but for the rate and what the reserve has from its birth. */
    void totals(Asset asset, ReserveTotals totals) {
        Address vToken = addresses.vToken(asset);
        put(vToken, INTERNAL_CASH, totals.cash());
        put(vToken, TOTAL_BORROWS, totals.borrows());
        put(vToken, TOTAL_RESERVES, totals.reserves());
        put(vToken, TOTAL_SUPPLY, totals.supply());
        put(vToken, BORROW_INDEX, totals.borrowIndex().raw());
        put(vToken, ACCRUAL_BLOCK, BigInteger.valueOf(totals.accruedAt()));
        put(vToken, RESERVE_FACTOR, totals.reserveFactor().raw());
        totals.reduction().ifPresent(it -> {
            put(vToken, REDUCED_AT, BigInteger.valueOf(it.last()));
            put(vToken, REDUCED_EVERY, BigInteger.valueOf(it.every()));
        });
    }

    void risk(int pool, Asset asset, RiskParameters risk) {
        Slot market = market(pool, asset);
        put(
                addresses.comptroller(),
                market.plus(COLLATERAL_FACTOR),
                risk.collateralFactor().raw());
        put(
                addresses.comptroller(),
                market.plus(THRESHOLD),
                risk.liquidationThreshold().raw());
        put(
                addresses.comptroller(),
                market.plus(INCENTIVE),
                risk.liquidationIncentive().raw());
    }

    void closeFactor(Wad factor) {
        put(addresses.comptroller(), CLOSE_FACTOR, factor.raw());
    }

    void redeemFee(Wad fee) {
        put(addresses.comptroller(), TREASURY_PERCENT, fee.raw());
    }

    void liquidator(Address contract) {
        put(addresses.comptroller(), LIQUIDATOR, number(contract));
    }

    void forced(Asset asset, boolean forced) {
        put(addresses.comptroller(), FORCED.entry(addresses.vToken(asset)), flag(forced));
    }

    void paused(Asset asset, int action, boolean paused) {
        Slot actions = ACTIONS_PAUSED.entry(addresses.vToken(asset));
        put(addresses.comptroller(), actions.entry(BigInteger.valueOf(action)), flag(paused));
    }

    /** Dollars with 18 decimals for a whole token; 0 leaves the word to the feed. */
    void directPrice(Asset asset, BigInteger price) {
        put(addresses.feeds(), DIRECT_PRICES.entry(token(asset)), price);
    }

    /** A feed that is stale at once is no price. */
    void feedStaleAfter(Asset asset, BigInteger seconds) {
        put(addresses.feeds(), FEEDS.entry(token(asset)).plus(STALE_AFTER), seconds);
    }

    void vaiMintIndex(Wad index) {
        put(addresses.vaiController(), VAI_MINT_INDEX, index.raw());
    }

    void account(Address owner, CompoundAccount account) {
        Address comptroller = addresses.comptroller();
        List<Address> entered = new ArrayList<>();
        for (Asset asset : Asset.values()) {
            CompoundHolding holding =
                    account.holding(VenusReader.number(asset)).orElse(CompoundHolding.none(VenusReader.number(asset)));
            Address vToken = addresses.vToken(asset);
            put(vToken, ACCOUNT_TOKENS.entry(owner), holding.tokens());
            Slot borrow = ACCOUNT_BORROWS.entry(owner);
            put(vToken, borrow, holding.borrowed().principal());
            put(vToken, borrow.plus(1), holding.borrowed().index().raw());
            put(comptroller, market(0, asset).plus(MEMBERSHIP).entry(owner), flag(holding.entered()));
            put(
                    comptroller,
                    FORCED_FOR_USER.entry(owner).entry(vToken),
                    flag(account.forced().contains(VenusReader.number(asset))));
            if (holding.entered()) {
                entered.add(vToken);
            }
        }
        Slot assets = ACCOUNT_ASSETS.entry(owner);
        put(comptroller, assets, BigInteger.valueOf(entered.size()));
        Slot first = assets.elements();
        for (int i = 0; i < entered.size(); i++) {
            put(comptroller, first.plus(i), number(entered.get(i)));
        }
        put(comptroller, USER_POOL.entry(owner), BigInteger.valueOf(account.pool()));
        put(comptroller, MINTED_VAIS.entry(owner), account.vai().minted());
        put(
                addresses.vaiController(),
                VAI_PAST_INTEREST.entry(owner),
                account.vai().pastInterest());
        put(
                addresses.vaiController(),
                VAI_MINTER_INDEX.entry(owner),
                account.vai().index().raw());
    }

    private Slot market(int pool, Asset asset) {
        BigInteger key = BigInteger.valueOf(pool).shiftLeft(POOL_SHIFT).or(number(addresses.vToken(asset)));
        return MARKETS.entry(key);
    }

    private Address token(Asset asset) {
        Address token = tokens.get(asset);
        if (token == null) {
            throw new AssertionError("no token: " + asset);
        }
        return token;
    }

    private void put(Address contract, Slot slot, BigInteger value) {
        words.add(new StorageWord(contract, slot, new Slot(value)));
    }

    private static BigInteger number(Address address) {
        return new BigInteger(address.hex().substring(2), 16);
    }

    private static BigInteger flag(boolean set) {
        return set ? BigInteger.ONE : BigInteger.ZERO;
    }
}
