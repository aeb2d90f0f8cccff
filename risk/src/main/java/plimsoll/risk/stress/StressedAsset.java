package plimsoll.risk.stress;

/** An asset as the scenarios see it: what it is called and what drives its price. */
public record StressedAsset(String symbol, Kind kind) {

    /** What drives a price, coarsely: the incidents that scenarios repeat struck kinds, not names. */
    public enum Kind {
        ETHER,
        /** A claim on staked ether: moves with ether, and breaks on its own. */
        STAKED_ETHER,
        BITCOIN,
        /** Meant to stay at one unit of the base currency. */
        STABLE,
        /** Everything with a market of its own, usually a thin one. */
        OTHER
    }
}
