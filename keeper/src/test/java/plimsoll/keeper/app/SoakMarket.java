package plimsoll.keeper.app;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.PoolConfigurator;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.rpc.RpcException;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.Wei;

/**
 * A market in which everything happens by chance: accounts open, borrow, repay, withdraw and switch collateral on and off, prices walk
 * and jump, governance changes parameters. What the contracts refuse is refused, as in life. One block a call; it knows from the chain
 * itself since which block each account is liquidatable.
 */
final class SoakMarket {

    private static final ContractFunction MINT = ContractFunction.of("mint(address to, uint256 amount)");
    private static final BigInteger ANYTHING = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    private static final BigInteger HEALTHY = BigInteger.TEN.pow(18);
    private static final int VARIABLE = 2;

    /** Transactions in the keeper's name by which it got its funds. */
    static final int GIFTS = Asset.values().length;

    private static final int ACCOUNTS = 40;

    /** Below this a liquidation may bring less than the keeper's least profit; in base units, 300 dollars. */
    private static final BigInteger WORTH_IT = BigInteger.valueOf(300_00000000L);

    /** Loan to value, the least threshold, and the bonus of each reserve, in bps; governance raises thresholds from there. */
    private static final Map<Asset, int[]> PARAMETERS = Map.of(
            Asset.WETH, new int[] {7_700, 7_900, 10_500},
            Asset.WBTC, new int[] {7_000, 7_400, 10_600},
            Asset.LINK, new int[] {6_000, 6_600, 10_700},
            Asset.USDC, new int[] {7_300, 7_600, 10_450});

    private final Devnet devnet;
    private final SplittableRandom random;
    private final Consumer<Runnable> whileNobodyAsks;
    private final List<Address> accounts = new ArrayList<>();
    private final Map<Asset, Price> anchor = new EnumMap<>(Asset.class);
    private final Map<Address, Long> liquidatableSince = new LinkedHashMap<>();
    private final Map<String, Integer> happened = new LinkedHashMap<>();
    private long longestWait;

    /** What the pool says of an account at a block, in base units and wad. */
    record Truth(BigInteger collateral, BigInteger debt, BigInteger healthFactor) {

        boolean isLiquidatable() {
            return healthFactor.compareTo(HEALTHY) < 0;
        }

        boolean isWorthIt() {
            return collateral.min(debt).compareTo(WORTH_IT) >= 0;
        }
    }

    /** @param whileNobodyAsks runs what it is given while no keeper's question is at the node */
    SoakMarket(Devnet devnet, Account keeper, SplittableRandom random, Consumer<Runnable> whileNobodyAsks) {
        this.whileNobodyAsks = whileNobodyAsks;
        this.devnet = devnet;
        this.random = random;
        anchor.putAll(devnet.market().prices());
        devnet.mineEvery(Duration.ofDays(10)); // from here on blocks are made by us
        devnet.fundEther(devnet.addresses().timelock(), Wei.parse("1000"));
        mint(keeper.address(), "1000000000");
        for (int i = 0; i < ACCOUNTS; i++) {
            Address account = devnet.account("soak-" + i).address();
            accounts.add(account);
            mint(account, "1000000");
            for (Asset asset : Asset.values()) {
                send(
                        account,
                        token(asset),
                        Erc20.APPROVE.encode(devnet.addresses().pool(), ANYTHING));
            }
            if (i % 5 == 4) {
                mine(1); // a block has room for so many
            }
        }
        mine(1);
        accounts.forEach(this::open);
        mine(2);
        accounts.forEach(this::borrow);
        mine(2);
    }

    BlockHeader head() {
        return devnet.chain().head();
    }

    List<Address> accounts() {
        return accounts;
    }

    /** The accounts worth a liquidation, each with the block since which it has been liquidatable. */
    Map<Address, Long> liquidatableSince() {
        return liquidatableSince;
    }

    long longestWait() {
        return longestWait;
    }

    Map<String, Integer> happened() {
        return happened;
    }

    /** One block in which anything may happen. */
    void lively() {
        for (int i = random.nextInt(4); i > 0; i--) {
            act(accounts.get(random.nextInt(accounts.size())));
        }
        if (random.nextInt(20) == 0) {
            govern();
        }
        Map<Asset, Price> prices = walk();
        if (prices.isEmpty()) {
            mine(1);
        } else {
            report(prices);
        }
        note();
    }

    /** One block in which nobody does anything. */
    void quiet() {
        mine(1);
        note();
    }

    private void mine(int blocks) {
        whileNobodyAsks.accept(() -> devnet.mine(blocks));
    }

    private void report(Map<Asset, Price> prices) {
        whileNobodyAsks.accept(() -> devnet.market().pricesAre(prices));
    }

    /** The price of WETH falls until somebody is liquidatable who was not. */
    void crash() {
        List<Address> before = List.copyOf(liquidatableSince.keySet());
        accounts.forEach(this::open);
        mine(2);
        accounts.forEach(this::borrow);
        mine(1);
        while (before.containsAll(liquidatableSince.keySet())) {
            report(Map.of(Asset.WETH, scaled(devnet.market().priceOf(Asset.WETH).now(), 0.98)));
            note();
        }
    }

    /** What the pool answers about accounts at one block. */
    Map<Address, Truth> truth(List<Address> whose, BlockAt at) {
        List<CallResult> answers = devnet.chain()
                .callAll(
                        whose.stream()
                                .map(it ->
                                        Call.of(devnet.addresses().pool(), AavePool.GET_USER_ACCOUNT_DATA.encode(it)))
                                .toList(),
                        at);
        Map<Address, Truth> truth = new HashMap<>();
        for (int i = 0; i < whose.size(); i++) {
            AbiValues data = AavePool.GET_USER_ACCOUNT_DATA.decode(((CallResult.Returned) answers.get(i)).data());
            truth.put(
                    whose.get(i),
                    new Truth(
                            data.integer("totalCollateralBase"),
                            data.integer("totalDebtBase"),
                            data.integer("healthFactor")));
        }
        return truth;
    }

    private void note() {
        BlockHeader head = devnet.chain().head();
        truth(accounts, head.at()).forEach((account, truth) -> {
            if (truth.isLiquidatable() && truth.isWorthIt()) {
                long since = liquidatableSince.computeIfAbsent(
                        account, _ -> head.number().value());
                longestWait = Math.max(longestWait, head.number().value() - since);
            } else {
                liquidatableSince.remove(account);
            }
        });
    }

    private void open(Address account) {
        Asset asset = collateral();
        supply(account, asset, worth(asset, random.nextDouble(2_000, 30_000)));
    }

    /** Almost as much as it may. */
    private void borrow(Address account) {
        Truth truth = truth(List.of(account), devnet.chain().head().at()).getOrDefault(account, nothing());
        double room = truth.collateral.doubleValue() / 1e8 * 0.76 - truth.debt.doubleValue() / 1e8;
        if (room > 100) {
            Asset asset = random.nextInt(4) == 0 ? Asset.LINK : Asset.USDC;
            count("borrow");
            pool(
                    account,
                    AavePool.BORROW.encode(
                            token(asset), worth(asset, room * random.nextDouble(0.5, 0.99)), VARIABLE, 0, account));
        }
    }

    private void act(Address account) {
        Asset asset = collateral();
        switch (random.nextInt(8)) {
            case 0, 1 -> open(account);
            case 2, 3, 4 -> borrow(account);
            case 5 -> {
                count("repay");
                Asset owed = random.nextInt(4) == 0 ? Asset.LINK : Asset.USDC;
                BigInteger amount = random.nextInt(4) == 0 ? ANYTHING : worth(owed, random.nextDouble(10, 3_000));
                pool(account, AavePool.REPAY.encode(token(owed), amount, VARIABLE, account));
            }
            case 6 -> {
                count("withdraw");
                pool(
                        account,
                        AavePool.WITHDRAW.encode(token(asset), worth(asset, random.nextDouble(10, 3_000)), account));
            }
            default -> {
                count("toggle");
                pool(account, AavePool.SET_USER_USE_RESERVE_AS_COLLATERAL.encode(token(asset), random.nextBoolean()));
            }
        }
    }

    private void supply(Address account, Asset asset, BigInteger amount) {
        count("supply");
        pool(account, AavePool.SUPPLY.encode(token(asset), amount, account, 0));
    }

    private void govern() {
        count("govern");
        Asset asset = List.of(Asset.values()).get(random.nextInt(Asset.values().length));
        int[] parameters = Objects.requireNonNull(PARAMETERS.get(asset));
        send(
                devnet.addresses().timelock(),
                devnet.addresses().configurator(),
                PoolConfigurator.CONFIGURE_RESERVE_AS_COLLATERAL.encode(
                        token(asset), parameters[0], parameters[1] + 25 * random.nextInt(17), parameters[2]));
    }

    /** Mostly small steps; now and then a jump; never far from where it began, so that the market lives on. */
    private Map<Asset, Price> walk() {
        Map<Asset, Price> moved = new EnumMap<>(Asset.class);
        for (Asset asset : List.of(Asset.WETH, Asset.WBTC, Asset.LINK)) {
            int what = random.nextInt(100);
            if (what >= 30) {
                continue;
            }
            Price now = devnet.market().priceOf(asset).now();
            double factor = what < 8 ? random.nextDouble(0.9, 1.07) : random.nextDouble(0.992, 1.008);
            double from = now.raw().doubleValue()
                    / Objects.requireNonNull(anchor.get(asset)).raw().doubleValue();
            count(what < 8 ? "jump" : "step");
            moved.put(asset, scaled(now, Math.clamp(factor * from, 0.5, 1.5) / from));
        }
        return moved;
    }

    private static Price scaled(Price price, double factor) {
        return Price.ofRaw((long) (price.raw().doubleValue() * factor));
    }

    private Asset collateral() {
        return List.of(Asset.WETH, Asset.WETH, Asset.WBTC, Asset.LINK).get(random.nextInt(4));
    }

    private BigInteger worth(Asset asset, double dollars) {
        double price = devnet.market().priceOf(asset).now().raw().doubleValue() / 1e8;
        return asset.amount("%.6f".formatted(dollars / price)).raw();
    }

    private void mint(Address account, String wholeTokens) {
        for (Asset asset : Asset.values()) {
            send(
                    account,
                    token(asset),
                    MINT.encode(account, asset.amount(wholeTokens).raw()));
        }
    }

    private void pool(Address account, String data) {
        send(account, devnet.addresses().pool(), data);
    }

    /** Into the node's pool of transactions; whether the contract then accepts it is the contract's affair. */
    private void send(Address from, Address to, String data) {
        try {
            devnet.rpc()
                    .call(
                            "eth_sendTransaction",
                            Map.of("from", from.hex(), "to", to.hex(), "data", data, "gas", "0xf4240"));
        } catch (RpcException e) {
            count("not-sent");
        }
    }

    private Address token(Asset asset) {
        return devnet.addresses().of(asset).token();
    }

    private static Truth nothing() {
        return new Truth(BigInteger.ZERO, BigInteger.ZERO, ANYTHING);
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }
}
