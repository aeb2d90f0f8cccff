package plimsoll.chain.tx;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.chain.rpc.RpcException;

/** What a node's answer to eth_sendRawTransaction means for the lane. Nodes agree on no codes here, only roughly on words. */
enum SendAnswer {
    /** The node has the transaction. */
    ACCEPTED,
    /** The account has used this nonce: one of our attempts is mined, or a stranger's transaction. */
    NONCE_USED,
    /** Another transaction with this nonce waits and pays nearly as much: raise both fees. */
    REPLACEMENT_UNDERPRICED,
    /** Below what the node or the block asks: quote again. */
    UNDERPRICED,
    /** A nonce before this one is missing in the node's pool. */
    NONCE_GAP,
    /** Cannot be paid now. */
    NO_FUNDS,
    /** Nothing is known about it: the same bytes again later. */
    LATER,
    /** The node will never take these bytes. */
    HOPELESS,
    /** Refused for a reason that we do not know. */
    UNKNOWN;

    /** Our own words for a transaction that answers another which will never happen. */
    static final String FORERUNNER_LOST = "Stands behind a transaction that can never happen";

    private static final List<String> KNOWN_TX = List.of(
            "already known",
            "alreadyknown",
            "known transaction",
            "already imported",
            "already in",
            "already exists",
            "existing txn with same hash",
            "ownnoncealreadyused");
    private static final List<String> USED = List.of(
            "nonce too low",
            "nonce is too low",
            "nonce has already been used",
            "old nonce",
            "oldnonce",
            "nonce too small");
    private static final List<String> GAP = List.of(
            "nonce too high",
            "noncegap",
            "nonce gap",
            "gapped-nonce",
            "future nonce",
            "too distant from current sender nonce",
            "noncetoofarinfuture");
    private static final List<String> LATER_WORDS = List.of(
            "pool is full",
            "sub-pool is full",
            "already reserved",
            "pool limit",
            "account limit exceeded",
            "limit reached",
            "future transaction tries to replace pending",
            "transaction with a lower nonce exists",
            "still in progress",
            "syncing",
            "sequencer");
    private static final List<String> REPLACEMENT =
            List.of("replacement", "could not replace existing", "gas price too low to replace");
    private static final List<String> FEE = List.of(
            "underpriced",
            "base fee",
            "basefee",
            "fee cap less",
            "fee too low",
            "feetoolow",
            "gas price too low",
            "gas price below",
            "price too low",
            "tip too low");
    private static final List<String> FUNDS = List.of(
            "insufficient funds",
            "insufficientfunds",
            "enough funds",
            "insufficient balance",
            "lack of funds",
            "exceeds account balance",
            "insufficient eth");
    private static final List<String> NEVER = List.of(
            "intrinsic gas",
            "intrinsicgas",
            "exceeds block gas limit",
            "exceeds the block gas limit",
            "block gas limit",
            "gaslimitexceeded",
            "exceeds gas limit",
            "oversized data",
            "rlptoolong",
            "maxtxsizeexceeded",
            "initcode",
            "gas limit is too",
            "gas limit too",
            "exceeds maximum per-transaction gas",
            "greater than the cap",
            "requires at least",
            "floor data gas",
            "exceeds the configured cap",
            "fee cap exceeded",
            "type not supported",
            "typenotsupported",
            "notsupportedtxtype");
    /** Ganache says the same words about a nonce that is too low and one that is too high; only the numbers tell. */
    private static final Pattern NONCES = Pattern.compile("account has nonce of: (\\d+) tx has nonce of: (\\d+)");

    static SendAnswer of(RpcException refusal) {
        String words = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        Matcher nonces = NONCES.matcher(words);
        if (nonces.find()) {
            boolean isUsed = new BigInteger(nonces.group(1)).compareTo(new BigInteger(nonces.group(2))) > 0;
            return isUsed ? NONCE_USED : NONCE_GAP;
        }
        if (words.startsWith(FORERUNNER_LOST.toLowerCase(Locale.ROOT))) {
            return HOPELESS;
        }
        if (words.contains("unknown transaction")) {
            return HOPELESS; // a type that the node cannot read
        }
        if (holds(words, KNOWN_TX)) {
            return ACCEPTED;
        }
        if (holds(words, USED)) {
            return NONCE_USED;
        }
        if (holds(words, GAP)) {
            return NONCE_GAP;
        }
        if (holds(words, LATER_WORDS)) {
            return LATER;
        }
        if (holds(words, REPLACEMENT)) {
            return REPLACEMENT_UNDERPRICED;
        }
        if (holds(words, NEVER)) {
            return HOPELESS;
        }
        if (holds(words, FEE)) {
            return UNDERPRICED;
        }
        if (holds(words, FUNDS)) {
            return NO_FUNDS;
        }
        // Codes say little here: besu has -32005 for a gas limit above the block's, where others mean a rate limit.
        return refusal.kind() == RpcException.Kind.REJECTED ? UNKNOWN : LATER;
    }

    private static boolean holds(String words, List<String> any) {
        return any.stream().anyMatch(words::contains);
    }
}
