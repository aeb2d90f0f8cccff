package plimsoll.abi;

/** Aave v3 {@code IPool}, as of v3.6 (POOL_REVISION 10). */
public final class AavePool {

    public static final ContractFunction ADDRESSES_PROVIDER = ContractFunction.of("ADDRESSES_PROVIDER()", "(address)");

    public static final ContractFunction POOL_REVISION = ContractFunction.of("POOL_REVISION()", "(uint256)");

    public static final ContractFunction GET_USER_ACCOUNT_DATA = ContractFunction.of(
            "getUserAccountData(address user)",
            "(uint256 totalCollateralBase, uint256 totalDebtBase, "
                    + "uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, "
                    + "uint256 healthFactor)");

    public static final ContractFunction GET_RESERVE_DATA = ContractFunction.of(
            "getReserveData(address asset)",
            "(((uint256 data) configuration, uint128 liquidityIndex, "
                    + "uint128 currentLiquidityRate, uint128 variableBorrowIndex, "
                    + "uint128 currentVariableBorrowRate, uint128 currentStableBorrowRate, "
                    + "uint40 lastUpdateTimestamp, uint16 id, address aTokenAddress, "
                    + "address stableDebtTokenAddress, address variableDebtTokenAddress, "
                    + "address interestRateStrategyAddress, uint128 accruedToTreasury, "
                    + "uint128 unbacked, uint128 isolationModeTotalDebt) reserve)");

    public static final ContractFunction GET_RESERVES_LIST =
            ContractFunction.of("getReservesList()", "(address[] assets)");

    public static final ContractFunction GET_RESERVES_COUNT = ContractFunction.of("getReservesCount()", "(uint256)");

    public static final ContractFunction GET_RESERVE_ADDRESS_BY_ID =
            ContractFunction.of("getReserveAddressById(uint16 id)", "(address)");

    public static final ContractFunction GET_CONFIGURATION =
            ContractFunction.of("getConfiguration(address asset)", "((uint256 data) configuration)");

    public static final ContractFunction GET_USER_CONFIGURATION =
            ContractFunction.of("getUserConfiguration(address user)", "((uint256 data) configuration)");

    public static final ContractFunction GET_USER_EMODE =
            ContractFunction.of("getUserEMode(address user)", "(uint256)");

    public static final ContractFunction GET_EMODE_CATEGORY_COLLATERAL_CONFIG = ContractFunction.of(
            "getEModeCategoryCollateralConfig(uint8 id)",
            "((uint16 ltv, uint16 liquidationThreshold, uint16 liquidationBonus) config)");

    public static final ContractFunction GET_EMODE_CATEGORY_COLLATERAL_BITMAP =
            ContractFunction.of("getEModeCategoryCollateralBitmap(uint8 id)", "(uint128)");

    public static final ContractFunction GET_EMODE_CATEGORY_BORROWABLE_BITMAP =
            ContractFunction.of("getEModeCategoryBorrowableBitmap(uint8 id)", "(uint128)");

    public static final ContractFunction GET_EMODE_CATEGORY_LTVZERO_BITMAP =
            ContractFunction.of("getEModeCategoryLtvzeroBitmap(uint8 id)", "(uint128)");

    public static final ContractFunction GET_EMODE_CATEGORY_LABEL =
            ContractFunction.of("getEModeCategoryLabel(uint8 id)", "(string)");

    public static final ContractFunction GET_RESERVE_NORMALIZED_INCOME =
            ContractFunction.of("getReserveNormalizedIncome(address asset)", "(uint256)");

    public static final ContractFunction GET_RESERVE_NORMALIZED_VARIABLE_DEBT =
            ContractFunction.of("getReserveNormalizedVariableDebt(address asset)", "(uint256)");

    public static final ContractFunction GET_RESERVE_ATOKEN =
            ContractFunction.of("getReserveAToken(address asset)", "(address)");

    public static final ContractFunction GET_RESERVE_VARIABLE_DEBT_TOKEN =
            ContractFunction.of("getReserveVariableDebtToken(address asset)", "(address)");

    public static final ContractFunction GET_RESERVE_DEFICIT =
            ContractFunction.of("getReserveDeficit(address asset)", "(uint256)");

    public static final ContractFunction GET_LIQUIDATION_GRACE_PERIOD =
            ContractFunction.of("getLiquidationGracePeriod(address asset)", "(uint40)");

    public static final ContractFunction GET_VIRTUAL_UNDERLYING_BALANCE =
            ContractFunction.of("getVirtualUnderlyingBalance(address asset)", "(uint128)");

    public static final ContractFunction FLASHLOAN_PREMIUM_TOTAL =
            ContractFunction.of("FLASHLOAN_PREMIUM_TOTAL()", "(uint128)");

    public static final ContractFunction RESERVE_INTEREST_RATE_STRATEGY =
            ContractFunction.of("RESERVE_INTEREST_RATE_STRATEGY()", "(address)");

    public static final ContractFunction SUPPLY =
            ContractFunction.of("supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)");

    public static final ContractFunction BORROW =
            ContractFunction.of("borrow(address asset, uint256 amount, uint256 interestRateMode, "
                    + "uint16 referralCode, address onBehalfOf)");

    public static final ContractFunction REPAY = ContractFunction.of(
            "repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf)", "(uint256)");

    public static final ContractFunction WITHDRAW =
            ContractFunction.of("withdraw(address asset, uint256 amount, address to)", "(uint256)");

    public static final ContractFunction SET_USER_EMODE = ContractFunction.of("setUserEMode(uint8 categoryId)");

    public static final ContractFunction SET_USER_USE_RESERVE_AS_COLLATERAL =
            ContractFunction.of("setUserUseReserveAsCollateral(address asset, bool useAsCollateral)");

    public static final ContractFunction LIQUIDATION_CALL =
            ContractFunction.of("liquidationCall(address collateralAsset, address debtAsset, address borrower, "
                    + "uint256 debtToCover, bool receiveAToken)");

    public static final ContractFunction FLASH_LOAN_SIMPLE =
            ContractFunction.of("flashLoanSimple(address receiverAddress, address asset, uint256 amount, "
                    + "bytes params, uint16 referralCode)");

    public static final ContractEvent SUPPLY_EVENT =
            ContractEvent.of("Supply(address indexed reserve, address user, address indexed onBehalfOf, "
                    + "uint256 amount, uint16 indexed referralCode)");

    public static final ContractEvent WITHDRAW_EVENT = ContractEvent.of(
            "Withdraw(address indexed reserve, address indexed user, address indexed to, " + "uint256 amount)");

    public static final ContractEvent BORROW_EVENT =
            ContractEvent.of("Borrow(address indexed reserve, address user, address indexed onBehalfOf, "
                    + "uint256 amount, uint8 interestRateMode, uint256 borrowRate, " + "uint16 indexed referralCode)");

    public static final ContractEvent REPAY_EVENT =
            ContractEvent.of("Repay(address indexed reserve, address indexed user, address indexed repayer, "
                    + "uint256 amount, bool useATokens)");

    public static final ContractEvent LIQUIDATION_CALL_EVENT =
            ContractEvent.of("LiquidationCall(address indexed collateralAsset, address indexed debtAsset, "
                    + "address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, "
                    + "address liquidator, bool receiveAToken)");

    public static final ContractEvent RESERVE_USED_AS_COLLATERAL_ENABLED_EVENT =
            ContractEvent.of("ReserveUsedAsCollateralEnabled(address indexed reserve, address indexed user)");

    public static final ContractEvent RESERVE_USED_AS_COLLATERAL_DISABLED_EVENT =
            ContractEvent.of("ReserveUsedAsCollateralDisabled(address indexed reserve, address indexed user)");

    public static final ContractEvent RESERVE_DATA_UPDATED_EVENT =
            ContractEvent.of("ReserveDataUpdated(address indexed reserve, uint256 liquidityRate, "
                    + "uint256 stableBorrowRate, uint256 variableBorrowRate, uint256 liquidityIndex, "
                    + "uint256 variableBorrowIndex)");

    public static final ContractEvent USER_EMODE_SET_EVENT =
            ContractEvent.of("UserEModeSet(address indexed user, uint8 categoryId)");

    public static final ContractEvent DEFICIT_CREATED_EVENT = ContractEvent.of(
            "DeficitCreated(address indexed user, address indexed debtAsset, " + "uint256 amountCreated)");

    public static final ContractEvent DEFICIT_COVERED_EVENT =
            ContractEvent.of("DeficitCovered(address indexed reserve, address caller, uint256 amountCovered)");

    public static final ContractEvent MINTED_TO_TREASURY_EVENT =
            ContractEvent.of("MintedToTreasury(address indexed reserve, uint256 amountMinted)");

    private AavePool() {}
}
