package plimsoll.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.Receipt;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;
import plimsoll.units.Wei;

/** The lending market as tests and the demo drive it. A transaction that reverts throws {@link IllegalStateException}. */
public final class Market {

    /** The eMode category in which WETH and WBTC borrow each other, threshold 93 %. */
    public static final int MAJORS_EMODE = 1;

    /** The fee of the venue's pools in hundredths of a basis point: 0.3 %. */
    public static final int SWAP_FEE = 3_000;

    private static final int VARIABLE_RATE = 2;
    private static final int NO_REFERRAL = 0;
    private static final BigInteger NO_DEBT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private final long seed;
    private final Node node;
    private final MarketAddresses addresses;
    private final Feeds feeds;
    private final Venue venue;

    Market(long seed, Node node, MarketAddresses addresses, Feeds feeds, Venue venue) {
        this.seed = seed;
        this.node = node;
        this.addresses = addresses;
        this.feeds = feeds;
        this.venue = venue;
    }

    public MarketAddresses addresses() {
        return addresses;
    }

    public AssetPrice priceOf(Asset asset) {
        return new AssetPrice(asset, feeds);
    }

    public Map<Asset, Price> prices() {
        return feeds.latest();
    }

    /** Submits a round for each of these, all in one block. */
    public void pricesAre(Map<Asset, Price> prices) {
        feeds.submit(prices);
    }

    /** Reports every price again, so that no feed is older than this block. */
    public void refreshFeeds() {
        feeds.submit(feeds.latest());
    }

    /**
     * Plays a history through the feeds: its newest rounds by transactions in blocks of their own times, older ones by
     * storage. The chain must be younger than its first submission: {@link DevnetSettings#before}.
     */
    public void play(PriceHistory history) {
        feeds.play(history);
    }

    /** Brings every pool of the venue to the feeds' prices, as traders between markets would. */
    public void arbitrage() {
        venue.moveTo(feeds.latest());
    }

    /** A borrower with gas and no position yet; the same name is the same account. */
    public Borrower borrower(String name) {
        Account account = Account.of(seed, name);
        node.fund(List.of(account.address()), Wei.parse("100"));
        return new Borrower(this, account);
    }

    /** Opens many positions by real transactions, in few blocks. */
    public List<Borrower> open(List<Opening> openings) {
        List<Borrower> borrowers = openings.stream()
                .map(it -> new Borrower(this, Account.of(seed, it.borrower())))
                .toList();
        new BulkPositions(node, addresses).open(openings, borrowers);
        return borrowers;
    }

    /** Opens positions near the line, which a falling price of WETH reaches one after the other; the names go on with {@code -0}. */
    public Ladder openLadder(String name, Ladder.Rungs rungs) {
        return Ladder.open(this, name, rungs);
    }

    /** Writes positions into storage, thousands a second. */
    public void placeByStorage(List<StoredPosition> positions) {
        new BulkPositions(node, addresses).store(positions);
    }

    public AccountData accountData(Address account) {
        AbiValues data = AavePool.GET_USER_ACCOUNT_DATA.decode(
                node.read(addresses.pool(), AavePool.GET_USER_ACCOUNT_DATA.encode(account)));
        BigInteger health = data.integer("healthFactor");
        return new AccountData(
                BaseValue.ofRaw(data.integer("totalCollateralBase")),
                BaseValue.ofRaw(data.integer("totalDebtBase")),
                BaseValue.ofRaw(data.integer("availableBorrowsBase")),
                Bps.ofRaw(data.integer("currentLiquidationThreshold").longValueExact()),
                Bps.ofRaw(data.integer("ltv").longValueExact()),
                health.equals(NO_DEBT) ? Optional.empty() : Optional.of(new HealthFactor(Wad.ofRaw(health))));
    }

    /** A reserve's parameters as the pool holds them now. */
    public ReserveConfiguration configurationOf(Asset asset) {
        return ReserveConfiguration.ofRaw(reserve(asset).values("configuration").integer(0));
    }

    /** The number by which the pool knows a reserve. */
    public int numberOf(Asset asset) {
        return reserve(asset).integer("id").intValueExact();
    }

    private AbiValues reserve(Asset asset) {
        String call = AavePool.GET_RESERVE_DATA.encode(addresses.of(asset).token());
        return AavePool.GET_RESERVE_DATA
                .decode(node.read(addresses.pool(), call))
                .values(0);
    }

    /** The blocks in which each account was liquidated, from that one on; who was not is missing. */
    public Map<Address, List<BlockNumber>> liquidations(BlockNumber from) {
        Map<Address, List<BlockNumber>> liquidations = new HashMap<>();
        for (EventLog log : node.logs(addresses.pool(), AavePool.LIQUIDATION_CALL_EVENT, from)) {
            Address account = AavePool.LIQUIDATION_CALL_EVENT
                    .decode(log.topics(), log.data())
                    .address("user");
            liquidations.computeIfAbsent(account, _ -> new ArrayList<>()).add(log.blockNumber());
        }
        return liquidations;
    }

    public TokenAmount balanceOf(Asset asset, Address account) {
        String answer = node.read(addresses.of(asset).token(), Erc20.BALANCE_OF.encode(account));
        return TokenAmount.ofRaw(Erc20.BALANCE_OF.decode(answer).integer(0), asset.decimals());
    }

    /** Gives tokens to an account. */
    public void fund(Address account, Asset asset, TokenAmount amount) {
        node.send(account, addresses.of(asset).token(), Deployment.MINT.encode(account, amount.raw()));
    }

    /** Liquidates with the account's own tokens; it gets the underlying collateral. */
    public Receipt liquidate(Account liquidator, Liquidation liquidation) {
        Address debt = addresses.of(liquidation.debt()).token();
        node.send(liquidator.address(), debt, Erc20.APPROVE.encode(addresses.pool(), NO_DEBT));
        return node.send(
                liquidator.address(),
                addresses.pool(),
                AavePool.LIQUIDATION_CALL.encode(
                        addresses.of(liquidation.collateral()).token(),
                        debt,
                        liquidation.borrower(),
                        liquidation.debtToCover().raw(),
                        false));
    }

    /** Trades on the venue with the account's own tokens. */
    public Receipt swap(Account trader, TokenAmount paid, Asset from, Asset to) {
        return venue.swap(trader.address(), paid, from, to);
    }

    void supply(Address account, Asset asset, TokenAmount amount) {
        Address token = addresses.of(asset).token();
        fund(account, asset, amount);
        node.send(account, token, Erc20.APPROVE.encode(addresses.pool(), amount.raw()));
        node.send(account, addresses.pool(), AavePool.SUPPLY.encode(token, amount.raw(), account, NO_REFERRAL));
    }

    void borrow(Address account, Asset asset, TokenAmount amount) {
        Address token = addresses.of(asset).token();
        node.send(
                account,
                addresses.pool(),
                AavePool.BORROW.encode(token, amount.raw(), VARIABLE_RATE, NO_REFERRAL, account));
    }

    void repay(Address account, Asset asset, TokenAmount amount) {
        Address token = addresses.of(asset).token();
        fund(account, asset, amount);
        node.send(account, token, Erc20.APPROVE.encode(addresses.pool(), amount.raw()));
        node.send(account, addresses.pool(), AavePool.REPAY.encode(token, amount.raw(), VARIABLE_RATE, account));
    }

    void withdraw(Address account, Asset asset, TokenAmount amount) {
        Address token = addresses.of(asset).token();
        node.send(account, addresses.pool(), AavePool.WITHDRAW.encode(token, amount.raw(), account));
    }

    void enterEmode(Address account, int category) {
        node.send(account, addresses.pool(), AavePool.SET_USER_EMODE.encode(category));
    }
}
