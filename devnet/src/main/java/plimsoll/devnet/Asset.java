package plimsoll.devnet;

import plimsoll.units.TokenAmount;

/** The reserves of the local market. */
public enum Asset {
    WETH("Wrapped Ether", 18, "ETH / USD"),
    WBTC("Wrapped BTC", 8, "BTC / USD"),
    LINK("ChainLink Token", 18, "LINK / USD"),
    USDC("USD Coin", 6, "USDC / USD");

    private final String title;
    private final int decimals;
    private final String feed;

    Asset(String title, int decimals, String feed) {
        this.title = title;
        this.decimals = decimals;
        this.feed = feed;
    }

    /** The token's long name. */
    public String title() {
        return title;
    }

    public int decimals() {
        return decimals;
    }

    /** What the price feed calls itself. */
    public String feed() {
        return feed;
    }

    /** Whole tokens as text, such as {@code 1.05}. */
    public TokenAmount amount(String wholeTokens) {
        return TokenAmount.parse(wholeTokens, decimals);
    }
}
