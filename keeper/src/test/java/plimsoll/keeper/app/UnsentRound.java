package plimsoll.keeper.app;

import java.math.BigInteger;
import java.math.RoundingMode;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;
import plimsoll.units.Wei;

/**
 * The next round of WETH's feed, signed but shown to nobody yet.
 *
 * @param call what it tells the aggregator, and who tells it
 */
record UnsentRound(Call call, SignedTransaction transaction) {

    private static final GasPrice USUAL_TIP = GasPrice.parse("50");

    /** By the feed's reporter, with the price lower by this much. */
    static UnsentRound of(Devnet devnet, Bps fall) {
        return by(devnet.account("feed reporter"), devnet, fall, USUAL_TIP);
    }

    /** By somebody whom the feed does not know. */
    static UnsentRound byStranger(Devnet devnet, Bps fall) {
        return by(devnet.account("stranger"), devnet, fall, USUAL_TIP);
    }

    /** By the feed's reporter, who pays this tip. */
    static UnsentRound of(Devnet devnet, Bps fall, GasPrice tip) {
        return by(devnet.account("feed reporter"), devnet, fall, tip);
    }

    private static UnsentRound by(Account sender, Devnet devnet, Bps fall, GasPrice tip) {
        devnet.fundEther(sender.address(), Wei.parse("10"));
        Address feed = devnet.addresses().of(Asset.WETH).feed();
        BigInteger latest = Aggregator.LATEST_ROUND
                .decode(devnet.chain().call(feed, Aggregator.LATEST_ROUND.encode(), BlockTag.LATEST))
                .integer(0)
                .and(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        Price price = devnet.market()
                .priceOf(Asset.WETH)
                .now()
                .times(Bps.ONE_HUNDRED_PERCENT.minus(fall), RoundingMode.FLOOR);
        Call call = Call.of(
                        devnet.addresses().of(Asset.WETH).aggregator(),
                        Aggregator.SUBMIT.encode(latest.add(BigInteger.ONE), price.raw()))
                .from(sender.address());
        return new UnsentRound(
                call,
                Signer.fromPrivateKey(sender.privateKey())
                        .sign(new UnsignedTransaction(
                                devnet.addresses().chainId(),
                                devnet.chain().transactionCount(sender.address(), BlockTag.LATEST),
                                tip,
                                tip.plus(GasPrice.parse("50")),
                                new Gas(500_000),
                                call.to(),
                                Wei.ZERO,
                                call.data())));
    }

    Call callWithoutSender() {
        return Call.of(call.to(), call.data());
    }
}
