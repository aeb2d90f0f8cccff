package plimsoll.abi;

/** A reserve of Venus' core pool, release 10.3: its token, its debts and its interest. */
public final class VToken {

    public static final ContractFunction UNDERLYING = ContractFunction.of("underlying()", "(address)");

    public static final ContractFunction IMPLEMENTATION = ContractFunction.of("implementation()", "(address)");

    public static final ContractFunction COMPTROLLER = ContractFunction.of("comptroller()", "(address)");

    public static final ContractFunction GET_CASH = ContractFunction.of("getCash()", "(uint256)");

    public static final ContractFunction TOTAL_BORROWS = ContractFunction.of("totalBorrows()", "(uint256)");

    public static final ContractFunction TOTAL_RESERVES = ContractFunction.of("totalReserves()", "(uint256)");

    public static final ContractFunction TOTAL_SUPPLY = ContractFunction.of("totalSupply()", "(uint256)");

    public static final ContractFunction BORROW_INDEX = ContractFunction.of("borrowIndex()", "(uint256)");

    public static final ContractFunction ACCRUAL_BLOCK_NUMBER =
            ContractFunction.of("accrualBlockNumber()", "(uint256)");

    public static final ContractFunction BORROW_RATE_PER_BLOCK =
            ContractFunction.of("borrowRatePerBlock()", "(uint256)");

    public static final ContractFunction RESERVE_FACTOR = ContractFunction.of("reserveFactorMantissa()", "(uint256)");

    public static final ContractFunction REDUCE_RESERVES_BLOCK_DELTA =
            ContractFunction.of("reduceReservesBlockDelta()", "(uint256)");

    public static final ContractFunction REDUCE_RESERVES_BLOCK_NUMBER =
            ContractFunction.of("reduceReservesBlockNumber()", "(uint256)");

    public static final ContractFunction EXCHANGE_RATE_STORED =
            ContractFunction.of("exchangeRateStored()", "(uint256)");

    public static final ContractFunction EXCHANGE_RATE_CURRENT =
            ContractFunction.of("exchangeRateCurrent()", "(uint256)");

    public static final ContractFunction BALANCE_OF = ContractFunction.of("balanceOf(address owner)", "(uint256)");

    public static final ContractFunction BORROW_BALANCE_STORED =
            ContractFunction.of("borrowBalanceStored(address account)", "(uint256)");

    public static final ContractFunction BORROW_BALANCE_CURRENT =
            ContractFunction.of("borrowBalanceCurrent(address account)", "(uint256)");

    public static final ContractFunction GET_ACCOUNT_SNAPSHOT = ContractFunction.of(
            "getAccountSnapshot(address account)",
            "(uint256 error, uint256 tokens, uint256 borrowed, uint256 exchangeRate)");

    public static final ContractFunction ACCRUE_INTEREST = ContractFunction.of("accrueInterest()", "(uint256)");

    public static final ContractFunction MINT = ContractFunction.of("mint(uint256 mintAmount)", "(uint256)");

    public static final ContractFunction REDEEM = ContractFunction.of("redeem(uint256 redeemTokens)", "(uint256)");

    public static final ContractFunction BORROW = ContractFunction.of("borrow(uint256 borrowAmount)", "(uint256)");

    public static final ContractFunction REPAY_BORROW =
            ContractFunction.of("repayBorrow(uint256 repayAmount)", "(uint256)");

    public static final ContractFunction LIQUIDATE_BORROW = ContractFunction.of(
            "liquidateBorrow(address borrower, uint256 repayAmount, address vTokenCollateral)", "(uint256)");

    public static final ContractFunction SET_ACCESS_CONTROL_MANAGER =
            ContractFunction.of("setAccessControlManager(address newAccessControlManagerAddress)", "(uint256)");

    public static final ContractFunction SET_PROTOCOL_SHARE_RESERVE =
            ContractFunction.of("setProtocolShareReserve(address protcolShareReserve)");

    public static final ContractFunction SET_REDUCE_RESERVES_BLOCK_DELTA =
            ContractFunction.of("setReduceReservesBlockDelta(uint256 newReduceReservesBlockDelta)");

    public static final ContractFunction SET_RESERVE_FACTOR =
            ContractFunction.of("_setReserveFactor(uint256 newReserveFactorMantissa)", "(uint256)");

    public static final ContractEvent TRANSFER_EVENT =
            ContractEvent.of("Transfer(address indexed from, address indexed to, uint256 amount)");

    public static final ContractEvent MINT_EVENT =
            ContractEvent.of("Mint(address minter, uint256 mintAmount, uint256 mintTokens, uint256 totalSupply)");

    public static final ContractEvent REDEEM_EVENT = ContractEvent.of(
            "Redeem(address redeemer, uint256 redeemAmount, uint256 redeemTokens, uint256 totalSupply)");

    public static final ContractEvent BORROW_EVENT = ContractEvent.of(
            "Borrow(address borrower, uint256 borrowAmount, uint256 accountBorrows, uint256 totalBorrows)");

    public static final ContractEvent REPAY_BORROW_EVENT = ContractEvent.of(
            "RepayBorrow(address payer, address borrower, uint256 repayAmount, uint256 accountBorrows, uint256"
                    + " totalBorrows)");

    public static final ContractEvent LIQUIDATE_BORROW_EVENT = ContractEvent.of(
            "LiquidateBorrow(address liquidator, address borrower, uint256 repayAmount, address vTokenCollateral,"
                    + " uint256 seizeTokens)");

    public static final ContractEvent ACCRUE_INTEREST_EVENT = ContractEvent.of(
            "AccrueInterest(uint256 cashPrior, uint256 interestAccumulated, uint256 borrowIndex, uint256"
                    + " totalBorrows)");

    public static final ContractEvent NEW_RESERVE_FACTOR_EVENT =
            ContractEvent.of("NewReserveFactor(uint256 oldReserveFactorMantissa, uint256 newReserveFactorMantissa)");

    public static final ContractEvent NEW_MARKET_INTEREST_RATE_MODEL_EVENT =
            ContractEvent.of("NewMarketInterestRateModel(address oldInterestRateModel, address newInterestRateModel)");

    public static final ContractEvent NEW_IMPLEMENTATION_EVENT =
            ContractEvent.of("NewImplementation(address oldImplementation, address newImplementation)");

    public static final ContractEvent RESERVES_REDUCED_EVENT = ContractEvent.of(
            "ReservesReduced(address protocolShareReserve, uint256 reduceAmount, uint256 newTotalReserves)");

    public static final ContractEvent RESERVES_ADDED_EVENT =
            ContractEvent.of("ReservesAdded(address benefactor, uint256 addAmount, uint256 newTotalReserves)");

    public static final ContractEvent CASH_SYNCED_EVENT =
            ContractEvent.of("CashSynced(uint256 oldInternalCash, uint256 newInternalCash)");

    private VToken() {}
}
