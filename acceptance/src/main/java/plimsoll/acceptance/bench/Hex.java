package plimsoll.acceptance.bench;

import java.math.BigInteger;

/** Numbers as nodes write them. */
final class Hex {

    private Hex() {}

    static BigInteger number(String quantity) {
        return new BigInteger(quantity.substring(2), 16);
    }
}
