package plimsoll.protocol.compound;

import java.math.BigInteger;

/**
 * What the market's oracle answers for a reserve: dollars with 18 decimals for 10¹⁸ smallest units of its underlying, which
 * makes 36 decimals less the token's for a whole token. Never 0: that stands for no price.
 */
public record UnderlyingPrice(BigInteger mantissa) {

    public UnderlyingPrice {
        if (mantissa.signum() <= 0 || mantissa.bitLength() > 256) {
            throw new IllegalArgumentException("Price is outside 1..2^256-1: found=" + mantissa);
        }
    }
}
