package plimsoll.abi;

import java.math.BigInteger;
import org.web3j.crypto.Hash;
import plimsoll.units.Address;

/** Morpho Blue: one contract for every market, each market named by the hash of its five parameters. */
public final class Morpho {

    private static final String PARAMS =
            "(address loanToken, address collateralToken, address oracle, address irm, uint256 lltv)";

    private static final AbiTuple NAMED = AbiTuple.of("(address,address,address,address,uint256)");

    public static final ContractFunction ID_TO_MARKET_PARAMS =
            ContractFunction.of("idToMarketParams(bytes32 id)", PARAMS);

    public static final ContractFunction MARKET = ContractFunction.of(
            "market(bytes32 id)",
            "(uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, "
                    + "uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)");

    public static final ContractFunction POSITION = ContractFunction.of(
            "position(bytes32 id, address user)", "(uint256 supplyShares, uint128 borrowShares, uint128 collateral)");

    public static final ContractFunction IS_AUTHORIZED =
            ContractFunction.of("isAuthorized(address authorizer, address authorized)", "(bool)");

    public static final ContractFunction IS_LLTV_ENABLED = ContractFunction.of("isLltvEnabled(uint256 lltv)", "(bool)");

    public static final ContractFunction FEE_RECIPIENT = ContractFunction.of("feeRecipient()", "(address)");

    public static final ContractFunction ENABLE_IRM = ContractFunction.of("enableIrm(address irm)");

    public static final ContractFunction ENABLE_LLTV = ContractFunction.of("enableLltv(uint256 lltv)");

    public static final ContractFunction SET_FEE =
            ContractFunction.of("setFee(" + PARAMS + " marketParams, uint256 newFee)");

    public static final ContractFunction SET_FEE_RECIPIENT =
            ContractFunction.of("setFeeRecipient(address newFeeRecipient)");

    public static final ContractFunction CREATE_MARKET =
            ContractFunction.of("createMarket(" + PARAMS + " marketParams)");

    public static final ContractFunction ACCRUE_INTEREST =
            ContractFunction.of("accrueInterest(" + PARAMS + " marketParams)");

    public static final ContractFunction SET_AUTHORIZATION =
            ContractFunction.of("setAuthorization(address authorized, bool newIsAuthorized)");

    public static final ContractFunction SUPPLY = ContractFunction.of(
            "supply(" + PARAMS + " marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data)",
            "(uint256 assetsSupplied, uint256 sharesSupplied)");

    public static final ContractFunction SUPPLY_COLLATERAL = ContractFunction.of(
            "supplyCollateral(" + PARAMS + " marketParams, uint256 assets, address onBehalf, bytes data)");

    public static final ContractFunction WITHDRAW_COLLATERAL = ContractFunction.of(
            "withdrawCollateral(" + PARAMS + " marketParams, uint256 assets, address onBehalf, address receiver)");

    public static final ContractFunction BORROW = ContractFunction.of(
            "borrow(" + PARAMS + " marketParams, uint256 assets, uint256 shares, address onBehalf, address receiver)",
            "(uint256 assetsBorrowed, uint256 sharesBorrowed)");

    public static final ContractFunction REPAY = ContractFunction.of(
            "repay(" + PARAMS + " marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data)",
            "(uint256 assetsRepaid, uint256 sharesRepaid)");

    public static final ContractFunction LIQUIDATE = ContractFunction.of(
            "liquidate(" + PARAMS
                    + " marketParams, address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data)",
            "(uint256 seized, uint256 repaid)");

    public static final ContractFunction FLASH_LOAN =
            ContractFunction.of("flashLoan(address token, uint256 assets, bytes data)");

    public static final ContractEvent CREATE_MARKET_EVENT =
            ContractEvent.of("CreateMarket(bytes32 indexed id, " + PARAMS + " marketParams)");

    public static final ContractEvent SET_FEE_EVENT = ContractEvent.of("SetFee(bytes32 indexed id, uint256 newFee)");

    public static final ContractEvent ACCRUE_INTEREST_EVENT = ContractEvent.of(
            "AccrueInterest(bytes32 indexed id, uint256 prevBorrowRate, uint256 interest, uint256 feeShares)");

    public static final ContractEvent SUPPLY_COLLATERAL_EVENT = ContractEvent.of(
            "SupplyCollateral(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets)");

    public static final ContractEvent WITHDRAW_COLLATERAL_EVENT =
            ContractEvent.of("WithdrawCollateral(bytes32 indexed id, address caller, address indexed onBehalf, "
                    + "address indexed receiver, uint256 assets)");

    public static final ContractEvent BORROW_EVENT =
            ContractEvent.of("Borrow(bytes32 indexed id, address caller, address indexed onBehalf, "
                    + "address indexed receiver, uint256 assets, uint256 shares)");

    public static final ContractEvent REPAY_EVENT =
            ContractEvent.of("Repay(bytes32 indexed id, address indexed caller, address indexed onBehalf, "
                    + "uint256 assets, uint256 shares)");

    public static final ContractEvent LIQUIDATE_EVENT =
            ContractEvent.of("Liquidate(bytes32 indexed id, address indexed caller, address indexed borrower, "
                    + "uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets, uint256 badDebtAssets, "
                    + "uint256 badDebtShares)");

    public static final ContractEvent SET_AUTHORIZATION_EVENT =
            ContractEvent.of("SetAuthorization(address indexed caller, address indexed authorizer, "
                    + "address indexed authorized, bool newIsAuthorized)");

    private Morpho() {}

    /** The market's id as 0x hex: keccak-256 of its parameters. */
    public static String marketId(
            Address loanToken, Address collateralToken, Address oracle, Address irm, BigInteger lltv) {
        String encoded = NAMED.encode(loanToken, collateralToken, oracle, irm, lltv);
        return HexBytes.text(Hash.sha3(HexBytes.bytes(encoded)));
    }
}
