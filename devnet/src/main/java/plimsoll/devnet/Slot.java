package plimsoll.devnet;

import java.math.BigInteger;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.units.Address;

/** A 32-byte word: a place in a contract's storage, or what stands there. */
public record Slot(BigInteger word) {

    public static Slot of(long number) {
        return new Slot(BigInteger.valueOf(number));
    }

    public static Slot parse(String hex) {
        return new Slot(Numeric.toBigInt(hex));
    }

    /** The place of {@code key} in the mapping that stands here: keccak-256 of key and slot. */
    public Slot entry(BigInteger key) {
        byte[] both = new byte[64];
        System.arraycopy(Numeric.toBytesPadded(key, 32), 0, both, 0, 32);
        System.arraycopy(Numeric.toBytesPadded(word, 32), 0, both, 32, 32);
        return new Slot(new BigInteger(1, Hash.sha3(both)));
    }

    public Slot entry(Address key) {
        return entry(Numeric.toBigInt(key.hex()));
    }

    /** Where the elements of the array that stands here begin: keccak-256 of its slot. */
    public Slot elements() {
        return new Slot(new BigInteger(1, Hash.sha3(Numeric.toBytesPadded(word, 32))));
    }

    public Slot plus(long words) {
        return new Slot(word.add(BigInteger.valueOf(words)));
    }

    public String hex() {
        return Numeric.toHexStringWithPrefixZeroPadded(word, 64);
    }
}
