package plimsoll.chain.key;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** Transactions of every shape, from small to the largest that the fields can hold. */
final class KeySamples {

    private KeySamples() {}

    static UnsignedTransaction plain() {
        return new UnsignedTransaction(
                new ChainId(31337),
                new Nonce(7),
                GasPrice.parse("1"),
                GasPrice.parse("30"),
                new Gas(21_000),
                Address.parse("0x00000000000000000000000000000000000000aa"),
                Wei.parse("1"),
                "0x01");
    }

    static UnsignedTransaction any(RandomGenerator random) {
        byte[] to = new byte[20];
        random.nextBytes(to);
        byte[] data = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(600)];
        random.nextBytes(data);
        return new UnsignedTransaction(
                new ChainId(number(random, 63).longValueExact()),
                new Nonce(number(random, 63).longValueExact()),
                GasPrice.ofRaw(number(random, 128)),
                GasPrice.ofRaw(number(random, 128)),
                new Gas(number(random, 63).longValueExact()),
                new Address("0x" + HexFormat.of().formatHex(to)),
                Wei.ofRaw(number(random, 256)),
                "0x" + HexFormat.of().formatHex(data));
    }

    private static BigInteger number(RandomGenerator random, int mostBits) {
        int bits = random.nextInt(mostBits + 1);
        byte[] bytes = new byte[bits / 8 + 1];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).mod(BigInteger.ONE.shiftLeft(bits));
    }
}
