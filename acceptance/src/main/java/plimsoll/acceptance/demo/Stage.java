package plimsoll.acceptance.demo;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.MarketAddresses;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;

/**
 * What the play is performed on: a chain with the market, its history and its borrowers, and the configuration by which the
 * services find it.
 */
public final class Stage implements AutoCloseable {

    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    private static final String KEEPER_KEY = "DEMO_KEEPER_KEY";
    private static final String ORACLE_KEY = "DEMO_ORACLE_KEY";

    private final DemoSettings settings;
    private final Devnet devnet;
    private final List<Borrower> borrowers;
    private final Account keeper;
    private final Account oracle;

    private Stage(DemoSettings settings, Devnet devnet, List<Borrower> borrowers, Account keeper, Account oracle) {
        this.settings = settings;
        this.devnet = devnet;
        this.borrowers = List.copyOf(borrowers);
        this.keeper = keeper;
        this.oracle = oracle;
    }

    /** Starts the chain, plays the history, opens the positions, and lets blocks come once a second. */
    public static Stage build(DemoSettings settings) {
        DevnetSettings chain = DevnetSettings.ofSeed(settings.seed())
                .before(settings.story().history())
                .withOutput(settings.folder().resolve("anvil.log"))
                .withProgress(settings.progress());
        Devnet devnet = Devnet.start(chain);
        try {
            settings.progress().accept("Playing the price history");
            devnet.market().play(settings.story().history());
            devnet.market().arbitrage();
            settings.progress().accept("Opening " + settings.accounts() + " positions");
            List<Borrower> borrowers =
                    devnet.market().open(Population.draw(settings.accounts(), settings.seed(), terms(devnet)));
            Account keeper = devnet.account("keeper");
            for (Asset asset : Asset.values()) {
                devnet.market().fund(keeper.address(), asset, asset.amount(inventory(asset)));
            }
            Account oracle = devnet.account("oracle");
            devnet.mineEvery(BLOCK_TIME);
            return new Stage(settings, devnet, borrowers, keeper, oracle);
        } catch (RuntimeException e) {
            devnet.close();
            throw e;
        }
    }

    public Devnet devnet() {
        return devnet;
    }

    public List<Borrower> borrowers() {
        return borrowers;
    }

    public List<Address> borrowerAddresses() {
        return borrowers.stream().map(Borrower::address).toList();
    }

    public Account keeper() {
        return keeper;
    }

    /** The keys that were given to the services; a test looks for them in the logs. */
    public List<String> secrets() {
        return List.of(keeper.privateKey(), oracle.privateKey());
    }

    public AppProcess startOracle() {
        Map<String, String> configuration = shared();
        MarketAddresses market = devnet.addresses();
        configuration.put("plimsoll.signer.key-env", ORACLE_KEY);
        configuration.put(ORACLE_KEY, oracle.privateKey());
        configuration.put("plimsoll.oracle.governor", market.governor().hex());
        configuration.put("plimsoll.oracle.timelock", market.timelock().hex());
        configuration.put("plimsoll.oracle.live", "true");
        configuration.put("plimsoll.oracle.follow-interval", "PT0.5S");
        return AppProcess.start(settings.root(), "oracle", configuration, log("oracle"));
    }

    public AppProcess startKeeper() {
        Map<String, String> configuration = shared();
        MarketAddresses market = devnet.addresses();
        configuration.put("plimsoll.signer.key-env", KEEPER_KEY);
        configuration.put(KEEPER_KEY, keeper.privateKey());
        configuration.put("plimsoll.keeper.live", "true");
        // The local pools follow the feeds only when somebody trades.
        configuration.put("plimsoll.keeper.guard.max-sale-deviation", "0");
        configuration.put("plimsoll.keeper.coin", market.of(Asset.WETH).token().hex());
        configuration.put("plimsoll.keeper.venue.router", market.swapRouter().hex());
        configuration.put("plimsoll.keeper.venue.quoter", market.quoter().hex());
        return AppProcess.start(settings.root(), "keeper", configuration, log("keeper"));
    }

    @Override
    public void close() {
        devnet.close();
    }

    private Map<String, String> shared() {
        MarketAddresses market = devnet.addresses();
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put(
                "plimsoll.data-folder", settings.folder().resolve("data").toString());
        configuration.put("plimsoll.chain.rpc-url", devnet.rpcUrl());
        configuration.put("plimsoll.chain.id", market.chainId().toString());
        configuration.put("plimsoll.market.pool", market.pool().hex());
        configuration.put("plimsoll.market.multicall", market.multicall3().hex());
        return configuration;
    }

    private Path log(String name) {
        return settings.folder().resolve(name + ".log");
    }

    /** Enough of its own funds to repay any of the demo's debts, several at a time. */
    private static String inventory(Asset asset) {
        return switch (asset) {
            case WETH -> "20000";
            case WBTC -> "1000";
            case LINK -> "1000000";
            case USDC -> "50000000";
        };
    }

    private static Map<Asset, Population.Terms> terms(Devnet devnet) {
        Map<Asset, Population.Terms> terms = new EnumMap<>(Asset.class);
        devnet.market().prices().forEach((asset, price) -> {
            ReserveConfiguration configuration = devnet.market().configurationOf(asset);
            terms.put(
                    asset,
                    new Population.Terms(
                            new BigDecimal(price.raw(), 8).doubleValue(),
                            configuration.liquidationThreshold().raw() / 10_000.0,
                            configuration.ltv().raw() / 10_000.0));
        });
        return terms;
    }
}
