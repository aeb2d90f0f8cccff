package plimsoll.protocol.compound;

import java.util.Optional;
import java.util.Set;

/**
 * A member of the Compound v2 lineage whose arithmetic is known here to the last wei. Contracts of this lineage carry no
 * revision number, so that they are recognised by the keccak-256 of their runtime code; unknown code is refused instead of
 * taken for its neighbour.
 */
public enum CompoundRevision {
    /** venus-protocol 10.3.0, the core pool: a diamond comptroller, a threshold and an incentive per reserve, e-mode pools. */
    VENUS_CORE_10_3,
    /** compound-protocol a3214f6. Proven against vectors from the public rules only: unproven on chain, no code is known. */
    COMPOUND_V2;

    /** A contract whose code decides what an account is worth or what a liquidation comes to. */
    public enum Part {
        /** Behind the comptroller: answers {@code liquidateBorrowAllowed}. */
        LIQUIDATION_POLICY,
        /** Behind the comptroller: answers thresholds, incentives and pools. */
        RISK_PARAMETERS,
        /** Adds up accounts: the comptroller's lens. */
        LIQUIDITY,
        /** Behind each reserve's token: accrues interest and seizes. */
        RESERVE
    }

    /**
     * Whether this revision's arithmetic is that of the code found. Throws {@link IllegalArgumentException}, naming the part
     * and the hash, where it is not; {@code accepted} are hashes that an operator vouches for.
     */
    public void requireKnown(Part part, String codeHash, Set<String> accepted) {
        Optional<String> known = codeHash(part);
        if (known.equals(Optional.of(codeHash)) || accepted.contains(codeHash)) {
            return;
        }
        throw new IllegalArgumentException("Contract's code is not one whose arithmetic we know: part=" + part
                + " found=" + codeHash + " known=" + known.orElse("none") + " revision=" + this);
    }

    /** The runtime code's keccak-256 as 0x hex; empty where none is known. */
    public Optional<String> codeHash(Part part) {
        return switch (this) {
            case COMPOUND_V2 -> Optional.empty();
            case VENUS_CORE_10_3 ->
                Optional.of(
                        switch (part) {
                            case LIQUIDATION_POLICY ->
                                "0x1d40846503a29e5165ef839ed6bc7012c867685d903d7f6fafaba8cb13ac1b03";
                            case RISK_PARAMETERS ->
                                "0x21510a843d33fb96cef26f6f554f6565f83e0b3907b35d181e15fd4cf5e20edb";
                            case LIQUIDITY -> "0xd68bfb06d5e04a4af61702bb11bbfe38b0de6313661ff295a3c50b1a735c0bf2";
                            case RESERVE -> "0x07be7d50696863d816c35478f99af270669c02c9c76be536a19682b4f02d3192";
                        });
        };
    }

    /** Whether a contract with this arithmetic has been asked the same questions; else vectors of the public rules are the proof. */
    public boolean isProvenOnChain() {
        return this == VENUS_CORE_10_3;
    }

    /** Venus leaves out reserves in which an account has nothing before it asks their price; Compound asks and fails. */
    boolean asksPriceOfEmptyReserves() {
        return this == COMPOUND_V2;
    }

    /** Plain Compound holds a debt by the collateral factor itself. */
    boolean hasThresholds() {
        return this == VENUS_CORE_10_3;
    }

    /** Venus refuses to seize what the account has not entered as collateral; Compound seizes it. */
    boolean seizesOnlyEntered() {
        return this == VENUS_CORE_10_3;
    }
}
