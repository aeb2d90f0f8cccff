package plimsoll.chain.pool;

/** How far an endpoint can be used. */
public enum EndpointState {
    /** Not asked yet which chain it serves. */
    UNTRIED,
    /** Answers, serves our chain and follows it. */
    ALIVE,
    /** Answers, but its head lags, stands still or is on another branch; asked only where nobody better is left. */
    BEHIND,
    /** Failed repeatedly; left alone until its pause is over, then tried once. */
    COOLING,
    /** Serves another chain; never used, looked at again from time to time. */
    WRONG_CHAIN,
    /** Was caught with a false answer; out for long, and back only after clean audits. */
    DISTRUSTED
}
