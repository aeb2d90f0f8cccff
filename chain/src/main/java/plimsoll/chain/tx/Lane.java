package plimsoll.chain.tx;

import plimsoll.units.Address;
import plimsoll.units.ChainId;

/** One signer on one chain: the scope within which nonces are counted. */
public record Lane(ChainId chain, Address signer) {

    @Override
    public String toString() {
        return chain + "/" + signer;
    }
}
