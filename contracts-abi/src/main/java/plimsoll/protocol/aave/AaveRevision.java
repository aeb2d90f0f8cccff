package plimsoll.protocol.aave;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A version of Aave v3 whose arithmetic is known here. {@code Pool.POOL_REVISION} on chain names it; rules and roundings
 * differ between versions, so an unknown one is refused instead of taken for its neighbour.
 *
 * <p>Source: the version's own aave-v3-origin sources, logic/GenericLogic.sol, logic/LiquidationLogic.sol, math/*.sol.
 */
public enum AaveRevision {
    /** Liquid eModes. Every reserve by its own close factor, no rule against dust, bad debt stays. */
    V3_2_0(5, Proof.UNPROVEN_ON_CHAIN),
    /** As 3.2.0 in everything that is computed here. */
    V3_2_1(6, Proof.UNPROVEN_ON_CHAIN),
    /** Close factor over the whole account, small positions closed whole, no dust, bad debt written off. */
    V3_3(7, Proof.UNPROVEN_ON_CHAIN),
    /** Another approximation of compound interest; every reserve keeps its own liquidity, GHO too. */
    V3_4(8, Proof.UNPROVEN_ON_CHAIN),
    /** Balances, debt and its value round in the protocol's favour; health is no longer cut to a basis point. */
    V3_5(9, Proof.UNPROVEN_ON_CHAIN),
    /** An asset can be collateral in an eMode alone, and have an LTV of zero there. */
    V3_6(10, Proof.PROVEN_ON_CHAIN),
    /** Seizure and fee round in the protocol's favour; no sentinel; eModes that isolate. */
    V3_7(11, Proof.UNPROVEN_ON_CHAIN);

    /** How far this arithmetic has been held against the contract. */
    public enum Proof {
        /** Every test run compares random states with the real contract on a local chain, to the wei. */
        PROVEN_ON_CHAIN,
        /** Vectors computed independently from the public rules agree; no package of the real contract can be had. */
        UNPROVEN_ON_CHAIN
    }

    private final int poolRevision;
    private final Proof proof;

    AaveRevision(int poolRevision, Proof proof) {
        this.poolRevision = poolRevision;
        this.proof = proof;
    }

    /** The version that a pool says it is. */
    public static AaveRevision ofPoolRevision(long poolRevision) {
        return Arrays.stream(values())
                .filter(revision -> revision.poolRevision == poolRevision)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Pool revision is not one whose arithmetic we know: found="
                                + poolRevision + " known=" + known()));
    }

    public int poolRevision() {
        return poolRevision;
    }

    public Proof proof() {
        return proof;
    }

    /** Whether this is the version named or a later one. */
    public boolean isFrom(AaveRevision first) {
        return compareTo(first) >= 0;
    }

    private static String known() {
        return Arrays.stream(values())
                .map(revision -> Integer.toString(revision.poolRevision))
                .collect(Collectors.joining(","));
    }
}
