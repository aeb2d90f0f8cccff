package plimsoll.abi;

/** Compound III {@code Comet}: one base token lent and borrowed, the other assets only kept as collateral. */
public final class Comet {

    public static final ContractFunction BASE_TOKEN = ContractFunction.of("baseToken()", "(address)");

    public static final ContractFunction BASE_TOKEN_PRICE_FEED =
            ContractFunction.of("baseTokenPriceFeed()", "(address)");

    public static final ContractFunction BASE_SCALE = ContractFunction.of("baseScale()", "(uint256)");

    public static final ContractFunction DECIMALS = ContractFunction.of("decimals()", "(uint8)");

    public static final ContractFunction STORE_FRONT_PRICE_FACTOR =
            ContractFunction.of("storeFrontPriceFactor()", "(uint256)");

    public static final ContractFunction TARGET_RESERVES = ContractFunction.of("targetReserves()", "(uint256)");

    public static final ContractFunction NUM_ASSETS = ContractFunction.of("numAssets()", "(uint8)");

    public static final ContractFunction GET_ASSET_INFO = ContractFunction.of(
            "getAssetInfo(uint8 i)",
            "((uint8 offset, address asset, address priceFeed, uint64 scale, uint64 borrowCollateralFactor, "
                    + "uint64 liquidateCollateralFactor, uint64 liquidationFactor, uint128 supplyCap) info)");

    public static final ContractFunction SUPPLY_KINK = ContractFunction.of("supplyKink()", "(uint256)");

    public static final ContractFunction SUPPLY_RATE_BASE =
            ContractFunction.of("supplyPerSecondInterestRateBase()", "(uint256)");

    public static final ContractFunction SUPPLY_RATE_SLOPE_LOW =
            ContractFunction.of("supplyPerSecondInterestRateSlopeLow()", "(uint256)");

    public static final ContractFunction SUPPLY_RATE_SLOPE_HIGH =
            ContractFunction.of("supplyPerSecondInterestRateSlopeHigh()", "(uint256)");

    public static final ContractFunction BORROW_KINK = ContractFunction.of("borrowKink()", "(uint256)");

    public static final ContractFunction BORROW_RATE_BASE =
            ContractFunction.of("borrowPerSecondInterestRateBase()", "(uint256)");

    public static final ContractFunction BORROW_RATE_SLOPE_LOW =
            ContractFunction.of("borrowPerSecondInterestRateSlopeLow()", "(uint256)");

    public static final ContractFunction BORROW_RATE_SLOPE_HIGH =
            ContractFunction.of("borrowPerSecondInterestRateSlopeHigh()", "(uint256)");

    /** Of the extension that the market delegates to. */
    public static final ContractFunction TOTALS_BASIC = ContractFunction.of(
            "totalsBasic()",
            "((uint64 baseSupplyIndex, uint64 baseBorrowIndex, uint64 trackingSupplyIndex, "
                    + "uint64 trackingBorrowIndex, uint104 totalSupplyBase, uint104 totalBorrowBase, "
                    + "uint40 lastAccrualTime, uint8 pauseFlags) totals)");

    public static final ContractFunction USER_BASIC = ContractFunction.of(
            "userBasic(address account)",
            "(int104 principal, uint64 baseTrackingIndex, uint64 baseTrackingAccrued, uint16 assetsIn, "
                    + "uint8 _reserved)");

    public static final ContractFunction USER_COLLATERAL = ContractFunction.of(
            "userCollateral(address account, address asset)", "(uint128 balance, uint128 _reserved)");

    public static final ContractFunction GET_PRICE = ContractFunction.of("getPrice(address priceFeed)", "(uint256)");

    public static final ContractFunction GET_RESERVES = ContractFunction.of("getReserves()", "(int256)");

    public static final ContractFunction GET_COLLATERAL_RESERVES =
            ContractFunction.of("getCollateralReserves(address asset)", "(uint256)");

    public static final ContractFunction BALANCE_OF = ContractFunction.of("balanceOf(address account)", "(uint256)");

    public static final ContractFunction BORROW_BALANCE_OF =
            ContractFunction.of("borrowBalanceOf(address account)", "(uint256)");

    /** On the indexes that are stored: between accruals it is behind. */
    public static final ContractFunction IS_LIQUIDATABLE =
            ContractFunction.of("isLiquidatable(address account)", "(bool)");

    public static final ContractFunction QUOTE_COLLATERAL =
            ContractFunction.of("quoteCollateral(address asset, uint256 baseAmount)", "(uint256)");

    public static final ContractFunction ABSORB = ContractFunction.of("absorb(address absorber, address[] accounts)");

    public static final ContractFunction BUY_COLLATERAL = ContractFunction.of(
            "buyCollateral(address asset, uint256 minAmount, uint256 baseAmount, address recipient)");

    public static final ContractFunction ACCRUE_ACCOUNT = ContractFunction.of("accrueAccount(address account)");

    public static final ContractFunction SUPPLY = ContractFunction.of("supply(address asset, uint256 amount)");

    public static final ContractFunction WITHDRAW = ContractFunction.of("withdraw(address asset, uint256 amount)");

    public static final ContractFunction INITIALIZE_STORAGE = ContractFunction.of("initializeStorage()");

    public static final ContractFunction PAUSE = ContractFunction.of("pause(bool supplyPaused, bool transferPaused, "
            + "bool withdrawPaused, bool absorbPaused, bool buyPaused)");

    public static final ContractEvent SUPPLY_EVENT =
            ContractEvent.of("Supply(address indexed from, address indexed dst, uint256 amount)");

    public static final ContractEvent WITHDRAW_EVENT =
            ContractEvent.of("Withdraw(address indexed src, address indexed to, uint256 amount)");

    public static final ContractEvent TRANSFER_EVENT =
            ContractEvent.of("Transfer(address indexed from, address indexed to, uint256 amount)");

    public static final ContractEvent SUPPLY_COLLATERAL_EVENT = ContractEvent.of(
            "SupplyCollateral(address indexed from, address indexed dst, address indexed asset, uint256 amount)");

    public static final ContractEvent WITHDRAW_COLLATERAL_EVENT = ContractEvent.of(
            "WithdrawCollateral(address indexed src, address indexed to, address indexed asset, uint256 amount)");

    public static final ContractEvent TRANSFER_COLLATERAL_EVENT = ContractEvent.of(
            "TransferCollateral(address indexed from, address indexed to, address indexed asset, uint256 amount)");

    public static final ContractEvent ABSORB_DEBT_EVENT = ContractEvent.of("AbsorbDebt(address indexed absorber, "
            + "address indexed borrower, uint256 basePaidOut, uint256 usdValue)");

    public static final ContractEvent ABSORB_COLLATERAL_EVENT =
            ContractEvent.of("AbsorbCollateral(address indexed absorber, address indexed borrower, "
                    + "address indexed asset, uint256 collateralAbsorbed, uint256 usdValue)");

    public static final ContractEvent BUY_COLLATERAL_EVENT =
            ContractEvent.of("BuyCollateral(address indexed buyer, address indexed asset, uint256 baseAmount, "
                    + "uint256 collateralAmount)");

    public static final ContractEvent PAUSE_ACTION_EVENT =
            ContractEvent.of("PauseAction(bool supplyPaused, bool transferPaused, bool withdrawPaused, "
                    + "bool absorbPaused, bool buyPaused)");

    private Comet() {}
}
