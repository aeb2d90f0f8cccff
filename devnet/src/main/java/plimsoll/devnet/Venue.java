package plimsoll.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plimsoll.abi.Erc20;
import plimsoll.abi.UniswapV3;
import plimsoll.chain.call.Receipt;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** Uniswap v3 with a pool for each pair in which liquidators trade, filled over the whole range by one market maker. */
final class Venue {

    private static final int POOL_FEE = Market.SWAP_FEE;

    private static final int WIDEST_TICK = 887_220;
    private static final BigInteger UNLIMITED = BigInteger.TWO.pow(255);
    private static final BigInteger MOST_IN = BigInteger.TEN.pow(30);
    private static final BigInteger POOL_SIDE_DOLLARS = BigInteger.valueOf(250_000_000);
    private static final BigInteger DOLLAR = BigInteger.TEN.pow(8);
    private static final List<Pair> PAIRS = List.of(
            new Pair(Asset.WETH, Asset.USDC),
            new Pair(Asset.WBTC, Asset.USDC),
            new Pair(Asset.LINK, Asset.USDC),
            new Pair(Asset.WBTC, Asset.WETH),
            new Pair(Asset.LINK, Asset.WETH));

    private final Node node;
    private final Address maker;
    private final Address factory;
    private final Address router;
    private final Address quoter;
    private final Map<Asset, Address> tokens;

    private Venue(
            Node node, Address maker, Address factory, Address router, Address quoter, Map<Asset, Address> tokens) {
        this.node = node;
        this.maker = maker;
        this.factory = factory;
        this.router = router;
        this.quoter = quoter;
        this.tokens = new EnumMap<>(tokens);
    }

    private record Pair(Asset one, Asset other) {}

    /** The market maker must hold enough of every token. */
    static Venue create(Deployer deployer, Address maker, Map<Asset, Address> tokens, Map<Asset, Price> prices) {
        Address weth = of(tokens, Asset.WETH);
        Address factory = deployer.create("UniswapV3Factory");
        Address router = deployer.create("SwapRouter", "(address,address)", factory, weth);
        Address quoter = deployer.create("QuoterV2", "(address,address)", factory, weth);
        Address book =
                deployer.create("NonfungiblePositionManager", "(address,address,address)", factory, weth, Address.ZERO);
        Venue venue = new Venue(deployer.node(), maker, factory, router, quoter, tokens);
        List<Node.Sending> approvals = new ArrayList<>();
        for (Address token : tokens.values()) {
            approvals.add(Node.Sending.of(maker, token, Erc20.APPROVE.encode(book, UNLIMITED)));
            approvals.add(Node.Sending.of(maker, token, Erc20.APPROVE.encode(router, UNLIMITED)));
        }
        deployer.node().sendAll(approvals);
        PAIRS.forEach(pair -> venue.open(pair, book, prices));
        return venue;
    }

    Address factory() {
        return factory;
    }

    Address router() {
        return router;
    }

    Address quoter() {
        return quoter;
    }

    /** The market maker trades in every pool until it shows these prices; the pool's fee stays within. */
    void moveTo(Map<Asset, Price> prices) {
        for (Pair pair : PAIRS) {
            Side side = side(pair);
            Address pool = UniswapV3.FACTORY_GET_POOL
                    .decode(node.read(
                            factory,
                            UniswapV3.FACTORY_GET_POOL.encode(token(side.token0), token(side.token1), POOL_FEE)))
                    .address(0);
            BigInteger current = UniswapV3.POOL_SLOT0
                    .decode(node.read(pool, UniswapV3.POOL_SLOT0.encode()))
                    .integer(0);
            BigInteger target = side.squareRootPrice(prices);
            if (current.compareTo(target) > 0) {
                node.send(maker, router, swap(maker, side.token0, side.token1, MOST_IN, target));
            } else if (current.compareTo(target) < 0) {
                node.send(maker, router, swap(maker, side.token1, side.token0, MOST_IN, target));
            }
        }
    }

    Receipt swap(Address trader, TokenAmount paid, Asset from, Asset to) {
        node.send(trader, token(from), Erc20.APPROVE.encode(router, paid.raw()));
        return node.send(trader, router, swap(trader, from, to, paid.raw(), BigInteger.ZERO));
    }

    private String swap(Address trader, Asset from, Asset to, BigInteger paid, BigInteger priceLimit) {
        return UniswapV3.ROUTER_EXACT_INPUT_SINGLE.encode(
                List.of(token(from), token(to), POOL_FEE, trader, UNLIMITED, paid, BigInteger.ZERO, priceLimit));
    }

    private void open(Pair pair, Address book, Map<Asset, Price> prices) {
        Side side = side(pair);
        node.send(
                maker,
                book,
                UniswapV3.POSITIONS_CREATE_AND_INITIALIZE_POOL_IF_NECESSARY.encode(
                        token(side.token0), token(side.token1), POOL_FEE, side.squareRootPrice(prices)));
        node.send(
                maker,
                book,
                UniswapV3.POSITIONS_MINT.encode(List.of(
                        token(side.token0),
                        token(side.token1),
                        POOL_FEE,
                        -WIDEST_TICK,
                        WIDEST_TICK,
                        worth(side.token0, prices),
                        worth(side.token1, prices),
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        maker,
                        UNLIMITED)));
    }

    private static BigInteger worth(Asset asset, Map<Asset, Price> prices) {
        return POOL_SIDE_DOLLARS
                .multiply(DOLLAR)
                .multiply(BigInteger.TEN.pow(asset.decimals()))
                .divide(of(prices, asset).raw());
    }

    private Side side(Pair pair) {
        boolean inOrder = token(pair.one).compareTo(token(pair.other)) < 0;
        return inOrder ? new Side(pair.one, pair.other) : new Side(pair.other, pair.one);
    }

    private Address token(Asset asset) {
        return of(tokens, asset);
    }

    private static <T> T of(Map<Asset, T> map, Asset asset) {
        T value = map.get(asset);
        if (value == null) {
            throw new IllegalArgumentException("Nothing is known of the asset: asset=" + asset);
        }
        return value;
    }

    /** A pair as the pool orders it. */
    private record Side(Asset token0, Asset token1) {

        /** √(units of token 1 for one unit of token 0) · 2⁹⁶. */
        BigInteger squareRootPrice(Map<Asset, Price> prices) {
            BigInteger numerator = of(prices, token0).raw().multiply(BigInteger.TEN.pow(token1.decimals()));
            BigInteger denominator = of(prices, token1).raw().multiply(BigInteger.TEN.pow(token0.decimals()));
            return numerator.shiftLeft(192).divide(denominator).sqrt();
        }
    }
}
