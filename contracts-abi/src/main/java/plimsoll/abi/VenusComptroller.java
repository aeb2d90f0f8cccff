package plimsoll.abi;

/** The comptroller of Venus' core pool, release 10.3, as its facets together answer. */
public final class VenusComptroller {

    public static final ContractFunction ALL_MARKETS = ContractFunction.of("getAllMarkets()", "(address[])");

    public static final ContractFunction GET_ASSETS_IN =
            ContractFunction.of("getAssetsIn(address account)", "(address[])");

    public static final ContractFunction CHECK_MEMBERSHIP =
            ContractFunction.of("checkMembership(address account, address vToken)", "(bool)");

    public static final ContractFunction MARKETS = ContractFunction.of(
            "markets(address vToken)",
            "(bool isListed, uint256 collateralFactorMantissa, bool isVenus, uint256 liquidationThresholdMantissa,"
                    + " uint256 liquidationIncentiveMantissa, uint96 marketPoolId, bool isBorrowAllowed)");

    public static final ContractFunction POOL_MARKETS = ContractFunction.of(
            "poolMarkets(uint96 poolId, address vToken)",
            "(bool isListed, uint256 collateralFactorMantissa, bool isVenus, uint256 liquidationThresholdMantissa,"
                    + " uint256 liquidationIncentiveMantissa, uint96 marketPoolId, bool isBorrowAllowed)");

    public static final ContractFunction POOLS =
            ContractFunction.of("pools(uint96 poolId)", "(string label, bool isActive, bool allowCorePoolFallback)");

    public static final ContractFunction LAST_POOL_ID = ContractFunction.of("lastPoolId()", "(uint96)");

    public static final ContractFunction USER_POOL_ID = ContractFunction.of("userPoolId(address account)", "(uint96)");

    public static final ContractFunction CLOSE_FACTOR = ContractFunction.of("closeFactorMantissa()", "(uint256)");

    public static final ContractFunction ORACLE = ContractFunction.of("oracle()", "(address)");

    public static final ContractFunction COMPTROLLER_LENS = ContractFunction.of("comptrollerLens()", "(address)");

    public static final ContractFunction LIQUIDATOR_CONTRACT = ContractFunction.of("liquidatorContract()", "(address)");

    public static final ContractFunction TREASURY_PERCENT = ContractFunction.of("treasuryPercent()", "(uint256)");

    public static final ContractFunction PROTOCOL_PAUSED = ContractFunction.of("protocolPaused()", "(bool)");

    public static final ContractFunction ACTION_PAUSED =
            ContractFunction.of("actionPaused(address market, uint8 action)", "(bool)");

    public static final ContractFunction IS_FORCED_LIQUIDATION_ENABLED =
            ContractFunction.of("isForcedLiquidationEnabled(address vToken)", "(bool)");

    public static final ContractFunction IS_FORCED_LIQUIDATION_ENABLED_FOR_USER =
            ContractFunction.of("isForcedLiquidationEnabledForUser(address borrower, address vToken)", "(bool)");

    public static final ContractFunction VAI_CONTROLLER = ContractFunction.of("vaiController()", "(address)");

    public static final ContractFunction MINTED_VAIS = ContractFunction.of("mintedVAIs(address account)", "(uint256)");

    public static final ContractFunction FACET_ADDRESS = ContractFunction.of(
            "facetAddress(bytes4 functionSelector)", "((address facetAddress, uint96 functionSelectorPosition))");

    public static final ContractFunction GET_ACCOUNT_LIQUIDITY = ContractFunction.of(
            "getAccountLiquidity(address account)", "(uint256 error, uint256 liquidity, uint256 shortfall)");

    public static final ContractFunction GET_BORROWING_POWER = ContractFunction.of(
            "getBorrowingPower(address account)", "(uint256 error, uint256 liquidity, uint256 shortfall)");

    public static final ContractFunction GET_HYPOTHETICAL_ACCOUNT_LIQUIDITY = ContractFunction.of(
            "getHypotheticalAccountLiquidity(address account, address vTokenModify, uint256 redeemTokens, uint256"
                    + " borrowAmount)",
            "(uint256 error, uint256 liquidity, uint256 shortfall)");

    public static final ContractFunction LIQUIDATE_BORROW_ALLOWED = ContractFunction.of(
            "liquidateBorrowAllowed(address vTokenBorrowed, address vTokenCollateral, address liquidator, address"
                    + " borrower, uint256 repayAmount)",
            "(uint256)");

    public static final ContractFunction LIQUIDATE_CALCULATE_SEIZE_TOKENS = ContractFunction.of(
            "liquidateCalculateSeizeTokens(address borrower, address vTokenBorrowed, address vTokenCollateral, uint256"
                    + " actualRepayAmount)",
            "(uint256 error, uint256 seizeTokens)");

    public static final ContractFunction ENTER_MARKETS =
            ContractFunction.of("enterMarkets(address[] vTokens)", "(uint256[])");

    public static final ContractFunction EXIT_MARKET = ContractFunction.of("exitMarket(address vToken)", "(uint256)");

    public static final ContractFunction ENTER_POOL = ContractFunction.of("enterPool(uint96 poolId)");

    public static final ContractFunction CREATE_POOL = ContractFunction.of("createPool(string label)", "(uint96)");

    public static final ContractFunction ADD_POOL_MARKETS =
            ContractFunction.of("addPoolMarkets(uint96[] poolIds, address[] vTokens)");

    public static final ContractFunction SUPPORT_MARKET =
            ContractFunction.of("_supportMarket(address vToken)", "(uint256)");

    public static final ContractFunction SET_COLLATERAL_FACTOR = ContractFunction.of(
            "setCollateralFactor(address vToken, uint256 newCollateralFactorMantissa, uint256"
                    + " newLiquidationThresholdMantissa)",
            "(uint256)");

    public static final ContractFunction SET_POOL_COLLATERAL_FACTOR = ContractFunction.of(
            "setCollateralFactor(uint96 poolId, address vToken, uint256 newCollateralFactorMantissa, uint256"
                    + " newLiquidationThresholdMantissa)",
            "(uint256)");

    public static final ContractFunction SET_LIQUIDATION_INCENTIVE = ContractFunction.of(
            "setLiquidationIncentive(address vToken, uint256 newLiquidationIncentiveMantissa)", "(uint256)");

    public static final ContractFunction SET_POOL_LIQUIDATION_INCENTIVE = ContractFunction.of(
            "setLiquidationIncentive(uint96 poolId, address vToken, uint256 newLiquidationIncentiveMantissa)",
            "(uint256)");

    public static final ContractFunction SET_IS_BORROW_ALLOWED =
            ContractFunction.of("setIsBorrowAllowed(uint96 poolId, address vToken, bool borrowAllowed)");

    public static final ContractFunction SET_CLOSE_FACTOR =
            ContractFunction.of("_setCloseFactor(uint256 newCloseFactorMantissa)", "(uint256)");

    public static final ContractFunction SET_PRICE_ORACLE =
            ContractFunction.of("_setPriceOracle(address newOracle)", "(uint256)");

    public static final ContractFunction SET_ACCESS_CONTROL =
            ContractFunction.of("_setAccessControl(address newAccessControlAddress)", "(uint256)");

    public static final ContractFunction SET_COMPTROLLER_LENS =
            ContractFunction.of("_setComptrollerLens(address comptrollerLens)", "(uint256)");

    public static final ContractFunction SET_DEVIATION_BOUNDED_ORACLE =
            ContractFunction.of("setDeviationBoundedOracle(address newDeviationBoundedOracle)", "(uint256)");

    public static final ContractFunction SET_VAI_CONTROLLER =
            ContractFunction.of("_setVAIController(address vaiController)", "(uint256)");

    public static final ContractFunction SET_LIQUIDATOR_CONTRACT =
            ContractFunction.of("_setLiquidatorContract(address newLiquidatorContract)");

    public static final ContractFunction SET_MARKET_BORROW_CAPS =
            ContractFunction.of("_setMarketBorrowCaps(address[] vTokens, uint256[] newBorrowCaps)");

    public static final ContractFunction SET_MARKET_SUPPLY_CAPS =
            ContractFunction.of("_setMarketSupplyCaps(address[] vTokens, uint256[] newSupplyCaps)");

    public static final ContractFunction SET_FORCED_LIQUIDATION =
            ContractFunction.of("_setForcedLiquidation(address vToken, bool enable)");

    public static final ContractFunction SET_ACTIONS_PAUSED =
            ContractFunction.of("_setActionsPaused(address[] markets, uint8[] actions, bool paused)");

    public static final ContractEvent MARKET_LISTED_EVENT = ContractEvent.of("MarketListed(address indexed vToken)");

    public static final ContractEvent MARKET_UNLISTED_EVENT =
            ContractEvent.of("MarketUnlisted(address indexed vToken)");

    public static final ContractEvent MARKET_ENTERED_EVENT =
            ContractEvent.of("MarketEntered(address indexed vToken, address indexed account)");

    public static final ContractEvent MARKET_EXITED_EVENT =
            ContractEvent.of("MarketExited(address indexed vToken, address indexed account)");

    public static final ContractEvent POOL_SELECTED_EVENT =
            ContractEvent.of("PoolSelected(address indexed account, uint96 previousPoolId, uint96 indexed newPoolId)");

    public static final ContractEvent POOL_CREATED_EVENT =
            ContractEvent.of("PoolCreated(uint96 indexed poolId, string label)");

    public static final ContractEvent POOL_MARKET_INITIALIZED_EVENT =
            ContractEvent.of("PoolMarketInitialized(uint96 indexed poolId, address indexed market)");

    public static final ContractEvent POOL_MARKET_REMOVED_EVENT =
            ContractEvent.of("PoolMarketRemoved(uint96 indexed poolId, address indexed vToken)");

    public static final ContractEvent POOL_ACTIVE_STATUS_UPDATED_EVENT =
            ContractEvent.of("PoolActiveStatusUpdated(uint96 indexed poolId, bool oldStatus, bool newStatus)");

    public static final ContractEvent POOL_FALLBACK_STATUS_UPDATED_EVENT =
            ContractEvent.of("PoolFallbackStatusUpdated(uint96 indexed poolId, bool oldStatus, bool newStatus)");

    public static final ContractEvent NEW_CLOSE_FACTOR_EVENT =
            ContractEvent.of("NewCloseFactor(uint256 oldCloseFactorMantissa, uint256 newCloseFactorMantissa)");

    public static final ContractEvent NEW_COLLATERAL_FACTOR_EVENT = ContractEvent.of(
            "NewCollateralFactor(uint96 indexed poolId, address indexed vToken, uint256 oldCollateralFactorMantissa,"
                    + " uint256 newCollateralFactorMantissa)");

    public static final ContractEvent NEW_LIQUIDATION_THRESHOLD_EVENT =
            ContractEvent.of("NewLiquidationThreshold(uint96 indexed poolId, address indexed vToken, uint256"
                    + " oldLiquidationThresholdMantissa, uint256 newLiquidationThresholdMantissa)");

    public static final ContractEvent NEW_LIQUIDATION_INCENTIVE_EVENT =
            ContractEvent.of("NewLiquidationIncentive(uint96 indexed poolId, address indexed vToken, uint256"
                    + " oldLiquidationIncentiveMantissa, uint256 newLiquidationIncentiveMantissa)");

    public static final ContractEvent NEW_PRICE_ORACLE_EVENT =
            ContractEvent.of("NewPriceOracle(address oldPriceOracle, address newPriceOracle)");

    public static final ContractEvent NEW_LIQUIDATOR_CONTRACT_EVENT =
            ContractEvent.of("NewLiquidatorContract(address oldLiquidatorContract, address newLiquidatorContract)");

    public static final ContractEvent NEW_COMPTROLLER_LENS_EVENT =
            ContractEvent.of("NewComptrollerLens(address oldComptrollerLens, address newComptrollerLens)");

    public static final ContractEvent NEW_VAI_CONTROLLER_EVENT =
            ContractEvent.of("NewVAIController(address oldVAIController, address newVAIController)");

    public static final ContractEvent NEW_TREASURY_PERCENT_EVENT =
            ContractEvent.of("NewTreasuryPercent(uint256 oldTreasuryPercent, uint256 newTreasuryPercent)");

    public static final ContractEvent ACTION_PAUSED_MARKET_EVENT =
            ContractEvent.of("ActionPausedMarket(address indexed vToken, uint8 indexed action, bool pauseState)");

    public static final ContractEvent ACTION_PROTOCOL_PAUSED_EVENT =
            ContractEvent.of("ActionProtocolPaused(bool state)");

    public static final ContractEvent IS_FORCED_LIQUIDATION_ENABLED_UPDATED_EVENT =
            ContractEvent.of("IsForcedLiquidationEnabledUpdated(address indexed vToken, bool enable)");

    public static final ContractEvent IS_FORCED_LIQUIDATION_ENABLED_FOR_USER_UPDATED_EVENT = ContractEvent.of(
            "IsForcedLiquidationEnabledForUserUpdated(address indexed borrower, address indexed vToken, bool enable)");

    public static final ContractEvent DIAMOND_CUT_EVENT = ContractEvent.of(
            "DiamondCut((address facetAddress, uint8 action, bytes4[] functionSelectors)[] diamondCut)");

    public static final ContractEvent NEW_IMPLEMENTATION_EVENT =
            ContractEvent.of("NewImplementation(address oldImplementation, address newImplementation)");

    private VenusComptroller() {}
}
