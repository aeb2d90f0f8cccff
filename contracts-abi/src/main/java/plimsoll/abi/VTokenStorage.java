package plimsoll.abi;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.web3j.crypto.Hash;
import plimsoll.units.Address;

/** Where Venus core 10.3 keeps what no function of it answers: a debt's principal and the index then, and when VAI accrued. */
public final class VTokenStorage {

    /** In the VAI controller: the block up to which its index has grown. */
    public static final BigInteger VAI_ACCRUED_AT = BigInteger.valueOf(16);

    private static final int ACCOUNT_BORROWS = 16;
    private static final int WORD = 32;

    private VTokenStorage() {}

    /** The slot of an account's principal. */
    public static BigInteger principal(Address account) {
        ByteBuffer key = ByteBuffer.allocate(2 * WORD);
        byte[] address = HexBytes.bytes(account.hex());
        key.position(WORD - address.length);
        key.put(address);
        key.position(2 * WORD - Integer.BYTES);
        key.putInt(ACCOUNT_BORROWS);
        return new BigInteger(1, Hash.sha3(key.array()));
    }

    /** The slot of the borrow index at which the principal was written. */
    public static BigInteger index(Address account) {
        return principal(account).add(BigInteger.ONE);
    }
}
