package plimsoll.abi;

/** Aave v3 {@code IAaveOracle}: prices in the base currency, straight from the feeds. */
public final class AaveOracle {

    public static final ContractFunction BASE_CURRENCY = ContractFunction.of("BASE_CURRENCY()", "(address)");

    public static final ContractFunction BASE_CURRENCY_UNIT = ContractFunction.of("BASE_CURRENCY_UNIT()", "(uint256)");

    public static final ContractFunction GET_ASSET_PRICE =
            ContractFunction.of("getAssetPrice(address asset)", "(uint256)");

    public static final ContractFunction GET_ASSETS_PRICES =
            ContractFunction.of("getAssetsPrices(address[] assets)", "(uint256[] prices)");

    public static final ContractFunction GET_SOURCE_OF_ASSET =
            ContractFunction.of("getSourceOfAsset(address asset)", "(address)");

    public static final ContractFunction GET_FALLBACK_ORACLE = ContractFunction.of("getFallbackOracle()", "(address)");

    public static final ContractFunction SET_ASSET_SOURCES =
            ContractFunction.of("setAssetSources(address[] assets, address[] sources)");

    public static final ContractFunction SET_FALLBACK_ORACLE =
            ContractFunction.of("setFallbackOracle(address fallbackOracle)");

    public static final ContractEvent ASSET_SOURCE_UPDATED_EVENT =
            ContractEvent.of("AssetSourceUpdated(address indexed asset, address indexed source)");

    public static final ContractEvent FALLBACK_ORACLE_UPDATED_EVENT =
            ContractEvent.of("FallbackOracleUpdated(address indexed fallbackOracle)");

    private AaveOracle() {}
}
