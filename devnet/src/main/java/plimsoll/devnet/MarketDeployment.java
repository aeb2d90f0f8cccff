package plimsoll.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.AclManager;
import plimsoll.abi.AddressesProvider;
import plimsoll.abi.PoolConfigurator;
import plimsoll.devnet.MarketAddresses.ReserveAddresses;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** Aave v3.6 as its own scripts deploy it: provider, pool and configurator behind proxies, access control, oracle, reserves. */
final class MarketDeployment {

    private static final String MARKET_ID = "Plimsoll Devnet Market";
    private static final BigInteger BASE_CURRENCY_UNIT = BigInteger.TEN.pow(8);

    private final Deployer deployer;
    private final Map<Asset, Address> tokens;
    private final Map<Asset, FeedDeployment> feeds;

    MarketDeployment(Deployer deployer, Map<Asset, Address> tokens, Map<Asset, FeedDeployment> feeds) {
        this.deployer = deployer;
        this.tokens = new EnumMap<>(tokens);
        this.feeds = new EnumMap<>(feeds);
    }

    /** The market's parts, reserves included. */
    record Deployed(
            Address addressesProvider,
            Address pool,
            Address configurator,
            Address aclManager,
            Address oracle,
            Address protocolDataProvider,
            Map<Asset, ReserveAddresses> reserves) {}

    Deployed create(Address treasury) {
        Address owner = deployer.owner();
        Address provider = deployer.create("PoolAddressesProvider", "(string,address)", MARKET_ID, owner);
        deployer.send(provider, AddressesProvider.SET_ACL_ADMIN.encode(owner));
        Address aclManager = deployer.create("ACLManager", "(address)", provider);
        deployer.send(provider, AddressesProvider.SET_ACL_MANAGER.encode(aclManager));
        deployer.send(aclManager, AclManager.ADD_POOL_ADMIN.encode(owner));
        deployer.send(aclManager, AclManager.ADD_EMERGENCY_ADMIN.encode(owner));
        Address strategy = deployer.create("DefaultReserveInterestRateStrategyV2", "(address)", provider);
        List.of("PoolLogic", "SupplyLogic", "BorrowLogic", "LiquidationLogic", "FlashLoanLogic", "ConfiguratorLogic")
                .forEach(deployer::createLibrary);
        Address poolCode = deployer.create("PoolInstance", "(address,address)", provider, strategy);
        deployer.send(provider, AddressesProvider.SET_POOL_IMPL.encode(poolCode));
        Address pool = AddressesProvider.GET_POOL
                .decode(deployer.node().read(provider, AddressesProvider.GET_POOL.encode()))
                .address(0);
        deployer.send(
                provider,
                AddressesProvider.SET_POOL_CONFIGURATOR_IMPL.encode(deployer.create("PoolConfiguratorInstance")));
        Address configurator = AddressesProvider.GET_POOL_CONFIGURATOR
                .decode(deployer.node().read(provider, AddressesProvider.GET_POOL_CONFIGURATOR.encode()))
                .address(0);
        Address oracle = createOracle(provider);
        Address dataProvider = deployer.create("AaveProtocolDataProvider", "(address)", provider);
        deployer.send(provider, AddressesProvider.SET_POOL_DATA_PROVIDER.encode(dataProvider));
        initReserves(pool, configurator, treasury);
        configureEmode(configurator);
        return new Deployed(provider, pool, configurator, aclManager, oracle, dataProvider, reserves(pool));
    }

    private Address createOracle(Address provider) {
        List<Address> assets = List.copyOf(tokens.values());
        List<Address> sources =
                tokens.keySet().stream().map(asset -> feed(asset).proxy()).toList();
        Address oracle = deployer.create(
                "AaveOracle",
                "(address,address[],address[],address,address,uint256)",
                provider,
                assets,
                sources,
                Address.ZERO,
                Address.ZERO,
                BASE_CURRENCY_UNIT);
        deployer.send(provider, AddressesProvider.SET_PRICE_ORACLE.encode(oracle));
        // Read once, so that a feed that does not answer fails here and not in the first borrow.
        AaveOracle.GET_ASSETS_PRICES.decode(deployer.node().read(oracle, AaveOracle.GET_ASSETS_PRICES.encode(assets)));
        return oracle;
    }

    private void initReserves(Address pool, Address configurator, Address treasury) {
        Address aToken = deployer.create("ATokenInstance", "(address,address,address)", pool, Address.ZERO, treasury);
        Address debtToken = deployer.create("VariableDebtTokenInstance", "(address,address)", pool, Address.ZERO);
        List<Object> inputs = new ArrayList<>();
        tokens.forEach((asset, token) -> inputs.add(List.of(
                aToken,
                debtToken,
                token,
                "Aave Devnet " + asset,
                "aDev" + asset,
                "Aave Devnet Variable Debt " + asset,
                "variableDebtDev" + asset,
                "0x",
                AbiTuple.of("(uint16,uint32,uint32,uint32)")
                        .encode(ReserveParameters.of(asset).rates().raw().toArray()))));
        deployer.send(configurator, PoolConfigurator.INIT_RESERVES.encode(inputs));
        tokens.forEach((asset, token) -> configure(configurator, ReserveParameters.of(asset), token));
    }

    private void configure(Address configurator, ReserveParameters parameters, Address token) {
        deployer.send(
                configurator,
                PoolConfigurator.CONFIGURE_RESERVE_AS_COLLATERAL.encode(
                        token,
                        parameters.ltv().raw(),
                        parameters.liquidationThreshold().raw(),
                        Bps.ONE_HUNDRED_PERCENT.plus(parameters.bonus()).raw()));
        deployer.send(configurator, PoolConfigurator.SET_RESERVE_BORROWING.encode(token, true));
        deployer.send(configurator, PoolConfigurator.SET_RESERVE_FLASH_LOANING.encode(token, true));
        deployer.send(
                configurator,
                PoolConfigurator.SET_RESERVE_FACTOR.encode(
                        token, parameters.reserveFactor().raw()));
        deployer.send(configurator, PoolConfigurator.SET_SUPPLY_CAP.encode(token, parameters.supplyCap()));
        deployer.send(configurator, PoolConfigurator.SET_BORROW_CAP.encode(token, parameters.borrowCap()));
        deployer.send(
                configurator,
                PoolConfigurator.SET_LIQUIDATION_PROTOCOL_FEE.encode(
                        token, ReserveParameters.LIQUIDATION_PROTOCOL_FEE.raw()));
    }

    /** One category in which the two majors borrow each other. */
    private void configureEmode(Address configurator) {
        deployer.send(
                configurator,
                PoolConfigurator.SET_EMODE_CATEGORY.encode(Market.MAJORS_EMODE, 9_000, 9_300, 10_200, "Majors"));
        for (Asset asset : List.of(Asset.WETH, Asset.WBTC)) {
            deployer.send(
                    configurator,
                    PoolConfigurator.SET_ASSET_COLLATERAL_IN_EMODE.encode(token(asset), Market.MAJORS_EMODE, true));
            deployer.send(
                    configurator,
                    PoolConfigurator.SET_ASSET_BORROWABLE_IN_EMODE.encode(token(asset), Market.MAJORS_EMODE, true));
        }
    }

    private Map<Asset, ReserveAddresses> reserves(Address pool) {
        Map<Asset, ReserveAddresses> reserves = new EnumMap<>(Asset.class);
        tokens.forEach((asset, token) -> {
            Address aToken = AavePool.GET_RESERVE_ATOKEN
                    .decode(deployer.node().read(pool, AavePool.GET_RESERVE_ATOKEN.encode(token)))
                    .address(0);
            Address debtToken = AavePool.GET_RESERVE_VARIABLE_DEBT_TOKEN
                    .decode(deployer.node().read(pool, AavePool.GET_RESERVE_VARIABLE_DEBT_TOKEN.encode(token)))
                    .address(0);
            FeedDeployment feed = feed(asset);
            reserves.put(asset, new ReserveAddresses(token, aToken, debtToken, feed.aggregator(), feed.proxy()));
        });
        return reserves;
    }

    private Address token(Asset asset) {
        return Objects.requireNonNull(tokens.get(asset));
    }

    private FeedDeployment feed(Asset asset) {
        return Objects.requireNonNull(feeds.get(asset));
    }
}
