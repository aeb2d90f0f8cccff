package plimsoll.devnet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.units.Address;

/**
 * Somebody on the local chain, made from the devnet's seed and a name: the same seed gives the same key. The node also
 * sends for accounts whose key nobody shows it, so that only a signer under test needs {@link #privateKey}.
 */
public final class Account {

    private static final BigInteger ORDER =
            new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);

    private final String name;
    private final Address address;
    private final BigInteger key;

    private Account(String name, Address address, BigInteger key) {
        this.name = name;
        this.address = address;
        this.key = key;
    }

    static Account of(long seed, String name) {
        byte[] digest = Hash.sha3(("plimsoll devnet " + seed + " " + name).getBytes(StandardCharsets.UTF_8));
        BigInteger key =
                new BigInteger(1, digest).mod(ORDER.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        String hex = Numeric.toHexStringWithPrefixZeroPadded(key, 64);
        return new Account(name, new Address(Credentials.create(hex).getAddress()), key);
    }

    public String name() {
        return name;
    }

    public Address address() {
        return address;
    }

    /** The secret key as 0x and 64 hex digits; worth nothing outside this chain. */
    public String privateKey() {
        return Numeric.toHexStringWithPrefixZeroPadded(key, 64);
    }

    @Override
    public String toString() {
        return name + " " + address;
    }
}
