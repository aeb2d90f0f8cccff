package plimsoll.acceptance.demo;

import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockTag;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.units.BlockNumber;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** The few things that the director asks of the pool itself. */
final class MarketReads {

    private MarketReads() {}

    /** Bad debt that the reserve has recorded. */
    static TokenAmount deficit(Devnet devnet, Asset asset) {
        String answer = devnet.chain()
                .call(
                        devnet.addresses().pool(),
                        AavePool.GET_RESERVE_DEFICIT.encode(
                                devnet.addresses().of(asset).token()),
                        BlockTag.LATEST);
        return TokenAmount.ofRaw(AavePool.GET_RESERVE_DEFICIT.decode(answer).integer(0), asset.decimals());
    }

    /** What the market's oracle said of the asset in that block. */
    static Price price(Devnet devnet, Asset asset, BlockNumber block) {
        String answer = devnet.chain()
                .call(
                        devnet.addresses().oracle(),
                        AaveOracle.GET_ASSET_PRICE.encode(
                                devnet.addresses().of(asset).token()),
                        BlockAt.number(block));
        return new Price(AaveOracle.GET_ASSET_PRICE.decode(answer).integer(0));
    }
}
