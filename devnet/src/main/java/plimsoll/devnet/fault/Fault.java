package plimsoll.devnet.fault;

import java.util.Arrays;

/** One way in which a network or a node fails its client. */
public enum Fault {
    DROPS("drops", Amount.NONE, "drops=20%", "the exchange is never answered; nothing reaches the node"),
    DELAYS("delays", Amount.MILLISECONDS, "delays=200@50%", "the answer comes so many milliseconds late"),
    DUPLICATES(
            "duplicates",
            Amount.NONE,
            "duplicates=10%",
            "the node gets a request twice and its second answer is passed on; a batch holds its last answer twice"),
    REORDERS("reorders", Amount.NONE, "reorders", "the answers of a batch come in another order, as they may"),
    TRUNCATES("truncates", Amount.NONE, "truncates=10%", "the body ends early although the HTTP answer looks whole"),
    DISCONNECTS("disconnects", Amount.NONE, "disconnects=10%", "the connection is reset in the middle of the answer"),
    ERROR_STORM(
            "errorStorm",
            Amount.NONE,
            "errorStorm=80%",
            "HTTP 500 or 503, or a JSON-RPC error, in place of the answer"),
    RATE_LIMITS(
            "rateLimits",
            Amount.PER_SECOND,
            "rateLimits=50",
            "more requests a second than this get HTTP 429 or JSON-RPC error -32005"),
    STALE_HEAD(
            "staleHead",
            Amount.BLOCKS,
            "staleHead=5",
            "the node claims to stand so many blocks behind its head, in everything that it answers"),
    FORGES_LOGS("forgesLogs", Amount.NONE, "forgesLogs=30%", "eth_getLogs holds an event that never happened"),
    HIDES_LOGS("hidesLogs", Amount.NONE, "hidesLogs=30%", "eth_getLogs leaves out events, always the same ones"),
    WRONG_PRICE(
            "wrongPrice",
            Amount.FACTOR,
            "wrongPrice=80 or wrongPrice=80:0xFEED",
            "a feed's or an Aave oracle's price is this percentage of the truth, of one contract or of all"),
    FLIPS_RECEIPTS("flipsReceipts", Amount.NONE, "flipsReceipts", "success reads as failure and failure as success"),
    INVENTS_RECEIPTS(
            "inventsReceipts",
            Amount.NONE,
            "inventsReceipts",
            "a transaction that waits reads as mined and successful"),
    HIDES_RECEIPTS("hidesReceipts", Amount.NONE, "hidesReceipts=50%", "a mined transaction reads as unknown"),
    WRONG_NONCE(
            "wrongNonce", Amount.OFFSET, "wrongNonce=-2", "eth_getTransactionCount is off by this much, never below 0"),
    WRONG_HASH(
            "wrongHash",
            Amount.NONE,
            "wrongHash=20%",
            "blocks bear another hash, the same one in headers, logs, receipts and children"),
    LIES_ON_BATCHES(
            "liesOnBatches",
            Amount.NONE,
            "liesOnBatches",
            "logs, receipts, calls, balances and nonces are wrong in batches and right in single requests"),
    FORGETS(
            "forgets",
            Amount.NONE,
            "forgets=30%",
            "eth_sendRawTransaction is answered with the right hash and the transaction thrown away");

    /** What the number of a fault means. */
    public enum Amount {
        NONE,
        MILLISECONDS,
        PER_SECOND,
        BLOCKS,
        /** Percent of the truth. */
        FACTOR,
        /** May be negative. */
        OFFSET
    }

    private final String word;
    private final Amount amount;
    private final String example;
    private final String meaning;

    Fault(String word, Amount amount, String example, String meaning) {
        this.word = word;
        this.amount = amount;
        this.example = example;
        this.meaning = meaning;
    }

    /** How it is written on a command line. */
    public String word() {
        return word;
    }

    public Amount amount() {
        return amount;
    }

    public String example() {
        return example;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether the node's words are false, as opposed to late, cut or missing. */
    public boolean isLie() {
        return compareTo(STALE_HEAD) >= 0;
    }

    static Fault ofWord(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Fault is unknown: found=" + word + " known="
                        + Arrays.stream(values()).map(Fault::word).toList()));
    }
}
