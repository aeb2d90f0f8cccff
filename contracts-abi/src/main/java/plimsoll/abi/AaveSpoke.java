package plimsoll.abi;

/**
 * Aave v4 {@code ISpoke}: where accounts supply, borrow and are liquidated, over reserves that hubs hold. Only what a reader of a
 * market needs; docs/adr/0009 says what is known of it.
 */
public final class AaveSpoke {

    private static final String PREMIUM_DELTA =
            "(int256 sharesDelta, int256 offsetRayDelta, uint256 restoredPremiumRay) premiumDelta";

    public static final ContractFunction ORACLE = ContractFunction.of("ORACLE()", "(address)");

    public static final ContractFunction GET_RESERVE_COUNT = ContractFunction.of("getReserveCount()", "(uint256)");

    public static final ContractFunction GET_RESERVE = ContractFunction.of(
            "getReserve(uint256 reserveId)",
            "((address underlying, address hub, uint16 assetId, uint8 decimals, uint24 collateralRisk, uint8 flags, "
                    + "uint32 dynamicConfigKey) reserve)");

    public static final ContractFunction GET_RESERVE_CONFIG = ContractFunction.of(
            "getReserveConfig(uint256 reserveId)",
            "((uint24 collateralRisk, bool paused, bool frozen, bool borrowable, bool receiveSharesEnabled) config)");

    public static final ContractFunction GET_DYNAMIC_RESERVE_CONFIG = ContractFunction.of(
            "getDynamicReserveConfig(uint256 reserveId, uint32 dynamicConfigKey)",
            "((uint16 collateralFactor, uint32 maxLiquidationBonus, uint16 liquidationFee) config)");

    public static final ContractFunction GET_LIQUIDATION_CONFIG = ContractFunction.of(
            "getLiquidationConfig()",
            "((uint128 targetHealthFactor, uint64 healthFactorForMaxBonus, uint16 liquidationBonusFactor) config)");

    public static final ContractFunction GET_LIQUIDATION_BONUS = ContractFunction.of(
            "getLiquidationBonus(uint256 reserveId, address user, uint256 healthFactor)", "(uint256)");

    public static final ContractFunction GET_USER_POSITION = ContractFunction.of(
            "getUserPosition(uint256 reserveId, address user)",
            "((uint120 drawnShares, uint120 premiumShares, int200 premiumOffsetRay, uint120 suppliedShares, "
                    + "uint32 dynamicConfigKey) position)");

    public static final ContractFunction GET_USER_RESERVE_STATUS = ContractFunction.of(
            "getUserReserveStatus(uint256 reserveId, address user)", "(bool usingAsCollateral, bool borrowing)");

    public static final ContractFunction GET_USER_ACCOUNT_DATA = ContractFunction.of(
            "getUserAccountData(address user)",
            "((uint256 riskPremium, uint256 avgCollateralFactor, uint256 healthFactor, uint256 totalCollateralValue, "
                    + "uint256 totalDebtValueRay, uint256 activeCollateralCount, uint256 borrowCount) data)");

    public static final ContractFunction LIQUIDATION_CALL =
            ContractFunction.of("liquidationCall(uint256 collateralReserveId, uint256 debtReserveId, address user, "
                    + "uint256 debtToCover, bool receiveShares)");

    public static final ContractEvent SUPPLY_EVENT =
            ContractEvent.of("Supply(uint256 indexed reserveId, address indexed caller, address indexed user, "
                    + "uint256 suppliedShares, uint256 suppliedAmount)");

    public static final ContractEvent WITHDRAW_EVENT =
            ContractEvent.of("Withdraw(uint256 indexed reserveId, address indexed caller, address indexed user, "
                    + "uint256 withdrawnShares, uint256 withdrawnAmount)");

    public static final ContractEvent BORROW_EVENT =
            ContractEvent.of("Borrow(uint256 indexed reserveId, address indexed caller, address indexed user, "
                    + "uint256 drawnShares, uint256 drawnAmount)");

    public static final ContractEvent REPAY_EVENT =
            ContractEvent.of("Repay(uint256 indexed reserveId, address indexed caller, address indexed user, "
                    + "uint256 drawnShares, uint256 totalAmountRepaid, " + PREMIUM_DELTA + ")");

    public static final ContractEvent LIQUIDATION_CALL_EVENT =
            ContractEvent.of("LiquidationCall(uint256 indexed collateralReserveId, uint256 indexed debtReserveId, "
                    + "address indexed user, address liquidator, bool receiveShares, uint256 debtAmountRestored, "
                    + "uint256 drawnSharesLiquidated, " + PREMIUM_DELTA + ", uint256 collateralAmountRemoved, "
                    + "uint256 collateralSharesLiquidated, uint256 collateralSharesToLiquidator)");

    public static final ContractEvent REPORT_DEFICIT_EVENT =
            ContractEvent.of("ReportDeficit(uint256 indexed reserveId, address indexed user, uint256 drawnShares, "
                    + PREMIUM_DELTA + ")");

    public static final ContractEvent REFRESH_PREMIUM_DEBT_EVENT = ContractEvent.of(
            "RefreshPremiumDebt(uint256 indexed reserveId, address indexed user, " + PREMIUM_DELTA + ")");

    public static final ContractEvent SET_USING_AS_COLLATERAL_EVENT =
            ContractEvent.of("SetUsingAsCollateral(uint256 indexed reserveId, address indexed caller, "
                    + "address indexed user, bool usingAsCollateral)");

    public static final ContractEvent REFRESH_ALL_USER_DYNAMIC_CONFIG_EVENT =
            ContractEvent.of("RefreshAllUserDynamicConfig(address indexed user)");

    public static final ContractEvent REFRESH_SINGLE_USER_DYNAMIC_CONFIG_EVENT =
            ContractEvent.of("RefreshSingleUserDynamicConfig(address indexed user, uint256 reserveId)");

    private AaveSpoke() {}
}
