package plimsoll.abi;

/** Aave v3 {@code IPoolAddressesProvider}: where the parts of a market live. */
public final class AddressesProvider {

    public static final ContractFunction GET_MARKET_ID = ContractFunction.of("getMarketId()", "(string)");

    public static final ContractFunction GET_ADDRESS = ContractFunction.of("getAddress(bytes32 id)", "(address)");

    public static final ContractFunction GET_POOL = ContractFunction.of("getPool()", "(address)");

    public static final ContractFunction GET_POOL_CONFIGURATOR =
            ContractFunction.of("getPoolConfigurator()", "(address)");

    public static final ContractFunction GET_PRICE_ORACLE = ContractFunction.of("getPriceOracle()", "(address)");

    public static final ContractFunction GET_PRICE_ORACLE_SENTINEL =
            ContractFunction.of("getPriceOracleSentinel()", "(address)");

    public static final ContractFunction GET_ACL_MANAGER = ContractFunction.of("getACLManager()", "(address)");

    public static final ContractFunction GET_ACL_ADMIN = ContractFunction.of("getACLAdmin()", "(address)");

    public static final ContractFunction GET_POOL_DATA_PROVIDER =
            ContractFunction.of("getPoolDataProvider()", "(address)");

    public static final ContractFunction SET_ADDRESS =
            ContractFunction.of("setAddress(bytes32 id, address newAddress)");

    public static final ContractFunction SET_POOL_IMPL = ContractFunction.of("setPoolImpl(address newPoolImpl)");

    public static final ContractFunction SET_POOL_CONFIGURATOR_IMPL =
            ContractFunction.of("setPoolConfiguratorImpl(address newPoolConfiguratorImpl)");

    public static final ContractFunction SET_PRICE_ORACLE =
            ContractFunction.of("setPriceOracle(address newPriceOracle)");

    public static final ContractFunction SET_PRICE_ORACLE_SENTINEL =
            ContractFunction.of("setPriceOracleSentinel(address newPriceOracleSentinel)");

    public static final ContractFunction SET_ACL_MANAGER = ContractFunction.of("setACLManager(address newAclManager)");

    public static final ContractFunction SET_ACL_ADMIN = ContractFunction.of("setACLAdmin(address newAclAdmin)");

    public static final ContractFunction SET_POOL_DATA_PROVIDER =
            ContractFunction.of("setPoolDataProvider(address newDataProvider)");

    public static final ContractEvent PRICE_ORACLE_UPDATED_EVENT =
            ContractEvent.of("PriceOracleUpdated(address indexed oldAddress, address indexed newAddress)");

    public static final ContractEvent POOL_UPDATED_EVENT =
            ContractEvent.of("PoolUpdated(address indexed oldAddress, address indexed newAddress)");

    private AddressesProvider() {}
}
