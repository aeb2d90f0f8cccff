package plimsoll.protocol.compound;

import java.math.BigInteger;
import plimsoll.units.Wad;

/**
 * An account's debt in Venus' own stablecoin, which counts as one dollar each into its liquidity.
 *
 * <pre>owed = m + (I − i)·(m − p)/10¹⁸    m minted, p of it past interest, I the mint index, i the account's</pre>
 *
 * <p>Source: venus-protocol 10.3.0, Tokens/VAI/VAIController.sol getVAIRepayAmount.
 *
 * @param minted what the comptroller notes as minted, past interest included
 * @param pastInterest the part of it that is interest
 * @param index the mint index when the account last touched its debt; the first index, 1, where it never did
 */
public record VaiDebt(BigInteger minted, BigInteger pastInterest, Wad index) {

    public static final VaiDebt NONE = new VaiDebt(BigInteger.ZERO, BigInteger.ZERO, Wad.ONE);

    /** What is owed at this mint index, interest included. */
    public BigInteger owedAt(Wad mintIndex) {
        BigInteger principal = CompoundMath.minus(minted, pastInterest);
        BigInteger grown = CompoundMath.minus(mintIndex.raw(), index.raw());
        return CompoundMath.plus(minted, CompoundMath.times(grown, principal));
    }
}
