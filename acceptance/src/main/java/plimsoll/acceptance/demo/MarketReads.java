package plimsoll.acceptance.demo;

import java.math.BigInteger;
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

    /** The reserve's configuration word: LTV in bits 0-15, liquidation threshold in bits 16-31. */
    static BigInteger configuration(Devnet devnet, Asset asset) {
        String answer = devnet.chain()
                .call(
                        devnet.addresses().pool(),
                        AavePool.GET_CONFIGURATION.encode(
                                devnet.addresses().of(asset).token()),
                        BlockTag.LATEST);
        return new BigInteger(answer.substring(2), 16);
    }

    static int bits(BigInteger word, int from, int count) {
        return word.shiftRight(from)
                .and(BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE))
                .intValueExact();
    }

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
