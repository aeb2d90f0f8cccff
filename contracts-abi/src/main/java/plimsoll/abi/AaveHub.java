package plimsoll.abi;

/** Aave v4 {@code IHub}: holds the liquidity of its assets and lends it to spokes. Only what a reader of a market needs. */
public final class AaveHub {

    public static final ContractFunction GET_ASSET_COUNT = ContractFunction.of("getAssetCount()", "(uint256)");

    public static final ContractFunction GET_ASSET = ContractFunction.of(
            "getAsset(uint256 assetId)",
            "((uint120 liquidity, uint120 realizedFees, uint8 decimals, uint120 addedShares, uint120 swept, int200"
                    + " premiumOffsetRay, uint120 drawnShares, uint120 premiumShares, uint16 liquidityFee, uint120"
                    + " drawnIndex, uint96 drawnRate, uint40 lastUpdateTimestamp, address underlying, address irStrategy,"
                    + " address reinvestmentController, address feeReceiver, uint200 deficitRay) asset)");

    public static final ContractFunction GET_ASSET_DRAWN_INDEX =
            ContractFunction.of("getAssetDrawnIndex(uint256 assetId)", "(uint256)");

    public static final ContractFunction PREVIEW_REMOVE_BY_SHARES =
            ContractFunction.of("previewRemoveByShares(uint256 assetId, uint256 shares)", "(uint256)");

    public static final ContractFunction GET_SPOKE_CONFIG = ContractFunction.of(
            "getSpokeConfig(uint256 assetId, address spoke)",
            "((uint40 addCap, uint40 drawCap, uint24 riskPremiumThreshold, bool active, bool halted) config)");

    public static final ContractEvent UPDATE_ASSET_EVENT = ContractEvent.of(
            "UpdateAsset(uint256 indexed assetId, uint256 drawnIndex, uint256 drawnRate, uint256 accruedFees)");

    private AaveHub() {}
}
