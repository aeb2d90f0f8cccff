package plimsoll.abi;

/** Uniswap v3: factory, pool, position book, router and quoter. */
public final class UniswapV3 {

    public static final ContractFunction FACTORY_CREATE_POOL =
            ContractFunction.of("createPool(address tokenA, address tokenB, uint24 fee)", "(address pool)");

    public static final ContractFunction FACTORY_GET_POOL =
            ContractFunction.of("getPool(address tokenA, address tokenB, uint24 fee)", "(address pool)");

    public static final ContractFunction POOL_INITIALIZE = ContractFunction.of("initialize(uint160 sqrtPriceX96)");

    public static final ContractFunction POOL_SLOT0 = ContractFunction.of(
            "slot0()",
            "(uint160 sqrtPriceX96, int24 tick, uint16 observationIndex, "
                    + "uint16 observationCardinality, uint16 observationCardinalityNext, "
                    + "uint8 feeProtocol, bool unlocked)");

    public static final ContractFunction POOL_LIQUIDITY = ContractFunction.of("liquidity()", "(uint128)");

    public static final ContractFunction POOL_TOKEN0 = ContractFunction.of("token0()", "(address)");

    public static final ContractFunction POOL_TOKEN1 = ContractFunction.of("token1()", "(address)");

    public static final ContractFunction POOL_FEE = ContractFunction.of("fee()", "(uint24)");

    public static final ContractFunction POOL_TICK_SPACING = ContractFunction.of("tickSpacing()", "(int24)");

    public static final ContractFunction POSITIONS_CREATE_AND_INITIALIZE_POOL_IF_NECESSARY = ContractFunction.of(
            "createAndInitializePoolIfNecessary(address token0, address token1, uint24 fee, " + "uint160 sqrtPriceX96)",
            "(address pool)");

    public static final ContractFunction POSITIONS_MINT = ContractFunction.of(
            "mint((address token0, address token1, uint24 fee, int24 tickLower, "
                    + "int24 tickUpper, uint256 amount0Desired, uint256 amount1Desired, "
                    + "uint256 amount0Min, uint256 amount1Min, address recipient, " + "uint256 deadline) params)",
            "(uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)");

    public static final ContractFunction ROUTER_EXACT_INPUT_SINGLE = ContractFunction.of(
            "exactInputSingle((address tokenIn, address tokenOut, uint24 fee, "
                    + "address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum, "
                    + "uint160 sqrtPriceLimitX96) params)",
            "(uint256 amountOut)");

    public static final ContractFunction ROUTER_EXACT_OUTPUT_SINGLE = ContractFunction.of(
            "exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, "
                    + "address recipient, uint256 deadline, uint256 amountOut, uint256 amountInMaximum, "
                    + "uint160 sqrtPriceLimitX96) params)",
            "(uint256 amountIn)");

    public static final ContractFunction QUOTER_QUOTE_EXACT_INPUT_SINGLE = ContractFunction.of(
            "quoteExactInputSingle((address tokenIn, address tokenOut, uint256 amountIn, "
                    + "uint24 fee, uint160 sqrtPriceLimitX96) params)",
            "(uint256 amountOut, uint160 sqrtPriceX96After, uint32 initializedTicksCrossed, " + "uint256 gasEstimate)");

    public static final ContractFunction QUOTER_QUOTE_EXACT_OUTPUT_SINGLE = ContractFunction.of(
            "quoteExactOutputSingle((address tokenIn, address tokenOut, uint256 amount, "
                    + "uint24 fee, uint160 sqrtPriceLimitX96) params)",
            "(uint256 amountIn, uint160 sqrtPriceX96After, uint32 initializedTicksCrossed, " + "uint256 gasEstimate)");

    public static final ContractEvent POOL_SWAP_EVENT =
            ContractEvent.of("Swap(address indexed sender, address indexed recipient, int256 amount0, "
                    + "int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)");

    public static final ContractEvent FACTORY_POOL_CREATED_EVENT =
            ContractEvent.of("PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, "
                    + "int24 tickSpacing, address pool)");

    private UniswapV3() {}
}
