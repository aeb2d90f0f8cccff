package plimsoll.abi;

/** Morpho's pre-liquidation contract: one market, one set of terms, for borrowers who authorised it. */
public final class PreLiquidation {

    private static final String TERMS = "(uint256 preLltv, uint256 preLCF1, uint256 preLCF2, uint256 preLIF1, "
            + "uint256 preLIF2, address preLiquidationOracle)";

    public static final ContractFunction MORPHO = ContractFunction.of("MORPHO()", "(address)");

    public static final ContractFunction ID = ContractFunction.of("ID()", "(bytes32)");

    public static final ContractFunction PRE_LIQUIDATION_PARAMS =
            ContractFunction.of("preLiquidationParams()", "(" + TERMS + " terms)");

    public static final ContractFunction PRE_LIQUIDATE = ContractFunction.of(
            "preLiquidate(address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data)",
            "(uint256 seized, uint256 repaid)");

    public static final ContractEvent PRE_LIQUIDATE_EVENT =
            ContractEvent.of("PreLiquidate(bytes32 indexed id, address indexed liquidator, "
                    + "address indexed borrower, uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets)");

    private PreLiquidation() {}
}
