package plimsoll.devnet.venus;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.abi.VenusLiquidator;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.artefact.ShippedContracts;
import plimsoll.units.Address;

/** Everything that {@link VenusMarket} puts on the chain, in the order in which one part needs another. */
final class VenusDeployment {

    private static final BigInteger WAD = BigInteger.TEN.pow(18);
    private static final BigInteger PLENTY = BigInteger.TWO.pow(255);
    private static final BigInteger FEEDS_STAY_FRESH = BigInteger.TEN.pow(12);
    private static final int VTOKEN_DECIMALS = 8;
    private static final int BLOCKS_PER_YEAR = 10_512_000;
    private static final int BLOCKS_A_DAY = 28_800;

    /** In place of the protocol's share reserve, whose books lead to its rewards: STOP, whatever it is told. */
    private static final String KEEPS_WHAT_IT_GETS = "0x6001600c60003960016000f300";

    private static final ContractFunction INITIALIZE = ContractFunction.of("initialize(address accessControlManager)");
    private static final ContractFunction GIVE_CALL_PERMISSION = ContractFunction.of(
            "giveCallPermission(address contractAddress, string functionSig, address accountToPermit)");
    private static final ContractFunction SET_PENDING_IMPLEMENTATION =
            ContractFunction.of("_setPendingImplementation(address implementation)");
    private static final ContractFunction BECOME = ContractFunction.of("_become(address unitroller)");
    private static final ContractFunction SET_FEED =
            ContractFunction.of("setTokenConfig((address asset, address feed, uint256 maxStalePeriod) tokenConfig)");
    private static final ContractFunction SET_ORACLES = ContractFunction.of(
            "setTokenConfig((address asset, address[3] oracles, bool[3] enableFlagsForOracles, bool cachingEnabled)"
                    + " tokenConfig)");
    private static final ContractFunction SET_VAI_COMPTROLLER =
            ContractFunction.of("_setComptroller(address comptroller)");
    private static final ContractFunction SET_FALLBACK =
            ContractFunction.of("setAllowCorePoolFallback(uint96 poolId, bool allowFallback)");
    private static final ContractFunction INITIALIZE_VAI = ContractFunction.of("initialize()");

    /** What governance may call; Venus asks for each function's text. */
    private static final List<String> PERMISSIONS = List.of(
            "_supportMarket(address)",
            "setCollateralFactor(address,uint256,uint256)",
            "setCollateralFactor(uint96,address,uint256,uint256)",
            "setLiquidationIncentive(address,uint256)",
            "setLiquidationIncentive(uint96,address,uint256)",
            "_setMarketBorrowCaps(address[],uint256[])",
            "_setMarketSupplyCaps(address[],uint256[])",
            "setIsBorrowAllowed(uint96,address,bool)",
            "setDeviationBoundedOracle(address)",
            "createPool(string)",
            "addPoolMarkets(uint96[],address[])",
            "setAllowCorePoolFallback(uint96,bool)",
            "setPoolActive(uint96,bool)",
            "setReduceReservesBlockDelta(uint256)",
            "_setReserveFactor(uint256)",
            "_setForcedLiquidation(address,bool)",
            "_setForcedLiquidationForUser(address,address,bool)",
            "_setActionsPaused(address[],uint8[],bool)",
            "setTreasuryPercent(uint256)",
            "setTokenConfig(TokenConfig)");

    private final Devnet devnet;
    private final VenusContracts contracts;
    private final Address admin;

    VenusDeployment(Devnet devnet) {
        this.devnet = devnet;
        this.admin = devnet.account("venus admin").address();
        this.contracts = new VenusContracts(devnet, ShippedContracts.venus(sentence -> {}), admin);
    }

    VenusAddresses create() {
        Address permissions = contracts.create("AccessControlManager");
        for (String function : PERMISSIONS) {
            contracts.send(permissions, GIVE_CALL_PERMISSION.encode(Address.ZERO, function, admin));
        }
        Address comptroller = contracts.create("Unitroller");
        Address diamond = contracts.create("Diamond");
        contracts.send(comptroller, SET_PENDING_IMPLEMENTATION.encode(diamond));
        contracts.send(diamond, BECOME.encode(comptroller));
        contracts.cut(comptroller, List.of("MarketFacet", "PolicyFacet", "SetterFacet"));
        Address vai = createVaiController(comptroller);

        Address feeds =
                contracts.createBehindProxy(contracts.create("ChainlinkOracle"), INITIALIZE.encode(permissions));
        Address oracle = contracts.createBehindProxy(
                contracts.create("ResilientOracle", "(address,address,address)", admin, Address.ZERO, feeds),
                INITIALIZE.encode(permissions));
        Address bounded = contracts.createBehindProxy(
                contracts.create("DeviationBoundedOracle", "(address,address,address)", oracle, admin, Address.ZERO),
                INITIALIZE.encode(permissions));
        Address lens = contracts.create("ComptrollerLens");
        for (String data : List.of(
                VenusComptroller.SET_ACCESS_CONTROL.encode(permissions),
                VenusComptroller.SET_COMPTROLLER_LENS.encode(lens),
                VenusComptroller.SET_PRICE_ORACLE.encode(oracle),
                VenusComptroller.SET_DEVIATION_BOUNDED_ORACLE.encode(bounded),
                VenusComptroller.SET_VAI_CONTROLLER.encode(vai),
                VenusComptroller.SET_CLOSE_FACTOR.encode(WAD.shiftRight(1)))) {
            contracts.send(comptroller, data);
        }
        Address treasury = devnet.create(admin, KEEPS_WHAT_IT_GETS);
        Map<Asset, Address> vTokens = createReserves(comptroller, permissions, treasury);
        vTokens.forEach((asset, vToken) -> {
            Address token = devnet.addresses().of(asset).token();
            contracts.send(
                    feeds,
                    SET_FEED.encode(List.of(token, devnet.addresses().of(asset).feed(), FEEDS_STAY_FRESH)));
            contracts.send(
                    oracle,
                    SET_ORACLES.encode(List.of(
                            token, List.of(feeds, Address.ZERO, Address.ZERO), List.of(true, false, false), false)));
        });
        list(comptroller, vTokens);
        Address liquidator = contracts.createBehindProxy(
                contracts.create("Liquidator", "(address,address,address)", comptroller, admin, admin),
                VenusLiquidator.INITIALIZE.encode(mantissa(40), permissions, treasury));
        contracts.send(comptroller, VenusComptroller.SET_LIQUIDATOR_CONTRACT.encode(liquidator));
        createPools(comptroller, vTokens);
        return new VenusAddresses(comptroller, lens, oracle, feeds, liquidator, vai, admin, vTokens);
    }

    private Address createVaiController(Address comptroller) {
        Address proxy = contracts.create("VAIUnitroller");
        Address controller = contracts.create("VAIController");
        contracts.send(proxy, SET_PENDING_IMPLEMENTATION.encode(controller));
        contracts.send(controller, BECOME.encode(proxy));
        contracts.send(proxy, SET_VAI_COMPTROLLER.encode(comptroller));
        contracts.send(proxy, INITIALIZE_VAI.encode());
        return proxy;
    }

    private Map<Asset, Address> createReserves(Address comptroller, Address permissions, Address treasury) {
        Address model = contracts.create(
                "TwoKinksInterestRateModel",
                "(int256,int256,int256,int256,int256,int256,int256,int256)",
                BigInteger.ZERO,
                mantissa(8),
                mantissa(60),
                mantissa(40),
                BigInteger.ZERO,
                mantissa(85),
                mantissa(250),
                BLOCKS_PER_YEAR);
        Address implementation = contracts.create("VBep20Delegate");
        Map<Asset, Address> vTokens = new EnumMap<>(Asset.class);
        for (Asset asset : Asset.values()) {
            // 1 underlying buys 50 vTokens at first, as at Venus.
            BigInteger firstRate = BigInteger.TWO.multiply(BigInteger.TEN.pow(16 + asset.decimals() - VTOKEN_DECIMALS));
            Address vToken = contracts.create(
                    "VBep20Delegator",
                    "(address,address,address,uint256,string,string,uint8,address,address,bytes)",
                    devnet.addresses().of(asset).token(),
                    comptroller,
                    model,
                    firstRate,
                    "Venus " + asset,
                    "v" + asset,
                    VTOKEN_DECIMALS,
                    admin,
                    implementation,
                    "0x");
            contracts.send(vToken, VToken.SET_ACCESS_CONTROL_MANAGER.encode(permissions));
            contracts.send(vToken, VToken.SET_PROTOCOL_SHARE_RESERVE.encode(treasury));
            contracts.send(vToken, VToken.SET_REDUCE_RESERVES_BLOCK_DELTA.encode(BLOCKS_A_DAY));
            contracts.send(vToken, VToken.SET_RESERVE_FACTOR.encode(mantissa(20)));
            vTokens.put(asset, vToken);
        }
        return vTokens;
    }

    private void list(Address comptroller, Map<Asset, Address> vTokens) {
        vTokens.forEach((asset, vToken) -> {
            boolean small = asset == Asset.LINK;
            contracts.send(comptroller, VenusComptroller.SUPPORT_MARKET.encode(vToken));
            contracts.send(
                    comptroller,
                    VenusComptroller.SET_COLLATERAL_FACTOR.encode(
                            vToken, mantissa(small ? 55 : 75), mantissa(small ? 63 : 80)));
            contracts.send(comptroller, VenusComptroller.SET_LIQUIDATION_INCENTIVE.encode(vToken, mantissa(110)));
            contracts.send(comptroller, VenusComptroller.SET_IS_BORROW_ALLOWED.encode(0, vToken, true));
        });
        List<Address> all = List.copyOf(vTokens.values());
        List<BigInteger> caps = all.stream().map(it -> PLENTY).toList();
        contracts.send(comptroller, VenusComptroller.SET_MARKET_SUPPLY_CAPS.encode(all, caps));
        contracts.send(comptroller, VenusComptroller.SET_MARKET_BORROW_CAPS.encode(all, caps));
    }

    /** Pool 1 lists the majors and counts nothing else; pool 2 lists WETH and falls back to the core pool. */
    private void createPools(Address comptroller, Map<Asset, Address> vTokens) {
        contracts.send(comptroller, VenusComptroller.CREATE_POOL.encode("Majors"));
        contracts.send(comptroller, VenusComptroller.CREATE_POOL.encode("Ether"));
        Map<Asset, Integer> pools = Map.of(Asset.WETH, 1, Asset.WBTC, 1);
        pools.forEach((asset, pool) -> addTo(comptroller, pool, token(vTokens, asset), 90, 93, 105));
        addTo(comptroller, 2, token(vTokens, Asset.WETH), 84, 88, 107);
        contracts.send(comptroller, SET_FALLBACK.encode(2, true));
    }

    private void addTo(Address comptroller, int pool, Address vToken, int factor, int threshold, int incentive) {
        contracts.send(comptroller, VenusComptroller.ADD_POOL_MARKETS.encode(List.of(pool), List.of(vToken)));
        contracts.send(
                comptroller,
                VenusComptroller.SET_POOL_COLLATERAL_FACTOR.encode(
                        pool, vToken, mantissa(factor), mantissa(threshold)));
        contracts.send(
                comptroller, VenusComptroller.SET_POOL_LIQUIDATION_INCENTIVE.encode(pool, vToken, mantissa(incentive)));
        contracts.send(comptroller, VenusComptroller.SET_IS_BORROW_ALLOWED.encode(pool, vToken, true));
    }

    private static Address token(Map<Asset, Address> vTokens, Asset asset) {
        return Objects.requireNonNull(vTokens.get(asset), asset::name);
    }

    private static BigInteger mantissa(int percent) {
        return WAD.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100));
    }
}
