package plimsoll.abi;

/** Aave v3 {@code IPoolConfigurator}, as of v3.6: the parameters of a market and who changed them. */
public final class PoolConfigurator {

    public static final ContractFunction INIT_RESERVES =
            ContractFunction.of("initReserves((address aTokenImpl, address variableDebtTokenImpl, "
                    + "address underlyingAsset, string aTokenName, string aTokenSymbol, "
                    + "string variableDebtTokenName, string variableDebtTokenSymbol, bytes params, "
                    + "bytes interestRateData)[] input)");

    public static final ContractFunction CONFIGURE_RESERVE_AS_COLLATERAL =
            ContractFunction.of("configureReserveAsCollateral(address asset, uint256 ltv, "
                    + "uint256 liquidationThreshold, uint256 liquidationBonus)");

    public static final ContractFunction SET_RESERVE_BORROWING =
            ContractFunction.of("setReserveBorrowing(address asset, bool enabled)");

    public static final ContractFunction SET_RESERVE_ACTIVE =
            ContractFunction.of("setReserveActive(address asset, bool active)");

    public static final ContractFunction SET_RESERVE_FREEZE =
            ContractFunction.of("setReserveFreeze(address asset, bool freeze)");

    public static final ContractFunction SET_RESERVE_PAUSE =
            ContractFunction.of("setReservePause(address asset, bool paused)");

    public static final ContractFunction SET_RESERVE_FACTOR =
            ContractFunction.of("setReserveFactor(address asset, uint256 newReserveFactor)");

    public static final ContractFunction SET_RESERVE_FLASH_LOANING =
            ContractFunction.of("setReserveFlashLoaning(address asset, bool enabled)");

    public static final ContractFunction SET_RESERVE_INTEREST_RATE_DATA =
            ContractFunction.of("setReserveInterestRateData(address asset, bytes rateData)");

    public static final ContractFunction SET_RESERVE_LTVZERO =
            ContractFunction.of("setReserveLtvzero(address asset, bool ltvzero)");

    public static final ContractFunction SET_SUPPLY_CAP =
            ContractFunction.of("setSupplyCap(address asset, uint256 newSupplyCap)");

    public static final ContractFunction SET_BORROW_CAP =
            ContractFunction.of("setBorrowCap(address asset, uint256 newBorrowCap)");

    public static final ContractFunction SET_DEBT_CEILING =
            ContractFunction.of("setDebtCeiling(address asset, uint256 newDebtCeiling)");

    public static final ContractFunction SET_LIQUIDATION_PROTOCOL_FEE =
            ContractFunction.of("setLiquidationProtocolFee(address asset, uint256 newFee)");

    public static final ContractFunction SET_EMODE_CATEGORY =
            ContractFunction.of("setEModeCategory(uint8 categoryId, uint16 ltv, uint16 liquidationThreshold, "
                    + "uint16 liquidationBonus, string label)");

    public static final ContractFunction SET_ASSET_COLLATERAL_IN_EMODE =
            ContractFunction.of("setAssetCollateralInEMode(address asset, uint8 categoryId, bool collateral)");

    public static final ContractFunction SET_ASSET_BORROWABLE_IN_EMODE =
            ContractFunction.of("setAssetBorrowableInEMode(address asset, uint8 categoryId, bool borrowable)");

    public static final ContractFunction SET_ASSET_LTVZERO_IN_EMODE =
            ContractFunction.of("setAssetLtvzeroInEMode(address asset, uint8 categoryId, bool ltvzero)");

    public static final ContractFunction GET_PENDING_LTV =
            ContractFunction.of("getPendingLtv(address asset)", "(uint256)");

    public static final ContractEvent COLLATERAL_CONFIGURATION_CHANGED_EVENT =
            ContractEvent.of("CollateralConfigurationChanged(address indexed asset, uint256 ltv, "
                    + "uint256 liquidationThreshold, uint256 liquidationBonus)");

    public static final ContractEvent SUPPLY_CAP_CHANGED_EVENT =
            ContractEvent.of("SupplyCapChanged(address indexed asset, uint256 oldSupplyCap, uint256 newSupplyCap)");

    public static final ContractEvent BORROW_CAP_CHANGED_EVENT =
            ContractEvent.of("BorrowCapChanged(address indexed asset, uint256 oldBorrowCap, uint256 newBorrowCap)");

    public static final ContractEvent DEBT_CEILING_CHANGED_EVENT = ContractEvent.of(
            "DebtCeilingChanged(address indexed asset, uint256 oldDebtCeiling, " + "uint256 newDebtCeiling)");

    public static final ContractEvent RESERVE_INITIALIZED_EVENT =
            ContractEvent.of("ReserveInitialized(address indexed asset, address indexed aToken, "
                    + "address stableDebtToken, address variableDebtToken, " + "address interestRateStrategyAddress)");

    public static final ContractEvent RESERVE_ACTIVE_EVENT =
            ContractEvent.of("ReserveActive(address indexed asset, bool active)");

    public static final ContractEvent RESERVE_FROZEN_EVENT =
            ContractEvent.of("ReserveFrozen(address indexed asset, bool frozen)");

    public static final ContractEvent RESERVE_PAUSED_EVENT =
            ContractEvent.of("ReservePaused(address indexed asset, bool paused)");

    public static final ContractEvent RESERVE_BORROWING_EVENT =
            ContractEvent.of("ReserveBorrowing(address indexed asset, bool enabled)");

    public static final ContractEvent RESERVE_FACTOR_CHANGED_EVENT = ContractEvent.of(
            "ReserveFactorChanged(address indexed asset, uint256 oldReserveFactor, " + "uint256 newReserveFactor)");

    public static final ContractEvent LIQUIDATION_PROTOCOL_FEE_CHANGED_EVENT =
            ContractEvent.of("LiquidationProtocolFeeChanged(address indexed asset, uint256 oldFee, uint256 newFee)");

    public static final ContractEvent LIQUIDATION_GRACE_PERIOD_CHANGED_EVENT =
            ContractEvent.of("LiquidationGracePeriodChanged(address indexed asset, uint40 gracePeriodUntil)");

    public static final ContractEvent LIQUIDATION_GRACE_PERIOD_DISABLED_EVENT =
            ContractEvent.of("LiquidationGracePeriodDisabled(address indexed asset)");

    public static final ContractEvent EMODE_CATEGORY_ADDED_EVENT =
            ContractEvent.of("EModeCategoryAdded(uint8 indexed categoryId, uint256 ltv, "
                    + "uint256 liquidationThreshold, uint256 liquidationBonus, address oracle, " + "string label)");

    public static final ContractEvent ASSET_COLLATERAL_IN_EMODE_CHANGED_EVENT = ContractEvent.of(
            "AssetCollateralInEModeChanged(address indexed asset, uint8 categoryId, " + "bool collateral)");

    public static final ContractEvent ASSET_BORROWABLE_IN_EMODE_CHANGED_EVENT = ContractEvent.of(
            "AssetBorrowableInEModeChanged(address indexed asset, uint8 categoryId, " + "bool borrowable)");

    public static final ContractEvent ASSET_LTVZERO_IN_EMODE_CHANGED_EVENT =
            ContractEvent.of("AssetLtvzeroInEModeChanged(address indexed asset, uint8 categoryId, bool ltvzero)");

    private PoolConfigurator() {}
}
