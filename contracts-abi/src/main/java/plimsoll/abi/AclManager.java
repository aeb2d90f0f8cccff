package plimsoll.abi;

/** Aave v3 {@code IACLManager}: who may change a market. */
public final class AclManager {

    public static final ContractFunction ADD_POOL_ADMIN = ContractFunction.of("addPoolAdmin(address admin)");

    public static final ContractFunction REMOVE_POOL_ADMIN = ContractFunction.of("removePoolAdmin(address admin)");

    public static final ContractFunction IS_POOL_ADMIN = ContractFunction.of("isPoolAdmin(address admin)", "(bool)");

    public static final ContractFunction ADD_RISK_ADMIN = ContractFunction.of("addRiskAdmin(address admin)");

    public static final ContractFunction REMOVE_RISK_ADMIN = ContractFunction.of("removeRiskAdmin(address admin)");

    public static final ContractFunction IS_RISK_ADMIN = ContractFunction.of("isRiskAdmin(address admin)", "(bool)");

    public static final ContractFunction ADD_ASSET_LISTING_ADMIN =
            ContractFunction.of("addAssetListingAdmin(address admin)");

    public static final ContractFunction ADD_EMERGENCY_ADMIN = ContractFunction.of("addEmergencyAdmin(address admin)");

    public static final ContractFunction IS_EMERGENCY_ADMIN =
            ContractFunction.of("isEmergencyAdmin(address admin)", "(bool)");

    private AclManager() {}
}
