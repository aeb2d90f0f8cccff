package plimsoll.protocol.comet;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One account of a market.
 *
 * @param collateral tokens by the asset's offset; only assets that the account's bitmap names
 */
public record CometAccount(Principal principal, SortedMap<Integer, BigInteger> collateral) {

    public CometAccount(Principal principal, Map<Integer, BigInteger> collateral) {
        this(principal, new TreeMap<>(collateral));
    }

    public CometAccount {
        collateral = Collections.unmodifiableSortedMap(new TreeMap<>(collateral));
        collateral.forEach((offset, balance) -> {
            if (balance.signum() < 0 || balance.bitLength() > 128) {
                throw new IllegalArgumentException(
                        "Collateral is outside 128 bits: asset=" + offset + " found=" + balance);
            }
        });
    }
}
