package plimsoll.abi;

/** What a Morpho Blue market asks others: its oracle for the price, its interest rate model for the rate. */
public final class MorphoPricing {

    /** Of the oracle: what a unit of collateral is worth in units of the loan token, 36 decimals. */
    public static final ContractFunction PRICE = ContractFunction.of("price()", "(uint256)");

    /** Of oracles over price feeds: the feeds that the price is made of, the zero address where there is none. */
    public static final ContractFunction BASE_FEED_1 = ContractFunction.of("BASE_FEED_1()", "(address)");

    public static final ContractFunction BASE_FEED_2 = ContractFunction.of("BASE_FEED_2()", "(address)");

    public static final ContractFunction QUOTE_FEED_1 = ContractFunction.of("QUOTE_FEED_1()", "(address)");

    public static final ContractFunction QUOTE_FEED_2 = ContractFunction.of("QUOTE_FEED_2()", "(address)");

    /** Of the interest rate model: the rate per second, 18 decimals, that the next accrual would take. */
    public static final ContractFunction BORROW_RATE_VIEW = ContractFunction.of(
            "borrowRateView((address loanToken, address collateralToken, address oracle, address irm, uint256 lltv) "
                    + "marketParams, (uint128 totalSupplyAssets, uint128 totalSupplyShares, "
                    + "uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee) market)",
            "(uint256)");

    /** Of the adaptive interest rate model: its rate at target use, which moves with time. */
    public static final ContractFunction RATE_AT_TARGET = ContractFunction.of("rateAtTarget(bytes32 id)", "(int256)");

    private MorphoPricing() {}
}
