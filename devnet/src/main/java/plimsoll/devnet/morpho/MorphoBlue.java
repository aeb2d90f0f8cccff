package plimsoll.devnet.morpho;

import plimsoll.abi.Morpho;
import plimsoll.chain.call.BlockTag;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Deployer;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** The one contract that holds every Morpho market, and what its owner does. */
public final class MorphoBlue {

    private final Devnet devnet;
    private final Deployer deployer;
    private final Address contract;
    private final Address adaptiveIrm;
    private final Address fixedIrm;

    private MorphoBlue(Devnet devnet, Deployer deployer, Address contract, Address adaptiveIrm, Address fixedIrm) {
        this.devnet = devnet;
        this.deployer = deployer;
        this.contract = contract;
        this.adaptiveIrm = adaptiveIrm;
        this.fixedIrm = fixedIrm;
    }

    /** Deploys Morpho Blue with both interest rate models and nobody's market yet. */
    public static MorphoBlue deployOn(Devnet devnet) {
        Deployer deployer = devnet.deployer("morpho owner", Artefacts.morpho(sentence -> {}));
        Address contract = deployer.create("Morpho", "(address)", deployer.owner());
        Address adaptive = deployer.create("AdaptiveCurveIrm", "(address)", contract);
        Address fixed = deployer.create("FixedRateIrm");
        deployer.send(contract, Morpho.ENABLE_IRM.encode(adaptive));
        deployer.send(contract, Morpho.ENABLE_IRM.encode(fixed));
        deployer.send(
                contract,
                Morpho.SET_FEE_RECIPIENT.encode(
                        devnet.account("morpho treasury").address()));
        return new MorphoBlue(devnet, deployer, contract, adaptive, fixed);
    }

    /** How a market's interest comes about. */
    public enum Interest {
        /** The model that most markets use: a rate at target use that moves by itself. */
        ADAPTIVE,
        /** What {@link MorphoMarket#rateIs} says, nothing at first. */
        FIXED
    }

    /** A new market with nothing in it, an oracle of its own without a price, and no fee. */
    public MorphoMarket createMarket(Asset collateral, Asset loan, Wad lltv, Interest interest) {
        return createMarket(collateral, loan, lltv, interest, deployer.create("OracleMock"));
    }

    /** The same with an oracle over the feeds of both tokens, which {@link plimsoll.devnet.Market} drives. */
    public MorphoMarket createMarketOnFeeds(Asset collateral, Asset loan, Wad lltv, Interest interest) {
        Address oracle = deployer.create(
                "FeedOracle",
                "(address,uint256,address,uint256)",
                devnet.addresses().of(collateral).feed(),
                collateral.decimals(),
                devnet.addresses().of(loan).feed(),
                loan.decimals());
        return createMarket(collateral, loan, lltv, interest, oracle);
    }

    private MorphoMarket createMarket(Asset collateral, Asset loan, Wad lltv, Interest interest, Address oracle) {
        String enabled = devnet.chain().call(contract, Morpho.IS_LLTV_ENABLED.encode(lltv.raw()), BlockTag.LATEST);
        if (!Morpho.IS_LLTV_ENABLED.decode(enabled).bool(0)) {
            deployer.send(contract, Morpho.ENABLE_LLTV.encode(lltv.raw()));
        }
        Address irm = switch (interest) {
            case ADAPTIVE -> adaptiveIrm;
            case FIXED -> fixedIrm;
        };
        MorphoMarket market = new MorphoMarket(this, collateral, loan, oracle, irm, lltv);
        deployer.send(contract, Morpho.CREATE_MARKET.encode(market.params()));
        return market;
    }

    /** Where the contract is. */
    public Address address() {
        return contract;
    }

    public Devnet devnet() {
        return devnet;
    }

    /** Who owns the contract and deploys what surrounds it. */
    public Deployer owner() {
        return deployer;
    }
}
