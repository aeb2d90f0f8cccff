package plimsoll.devnet.venus;

import java.math.BigInteger;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.units.Address;

/** Somebody with a position at Venus; each sentence is a real transaction. Tokens to supply or repay appear out of nothing. */
public final class VenusBorrower {

    private final VenusMarket market;
    private final Account account;

    VenusBorrower(VenusMarket market, Account account) {
        this.market = market;
        this.account = account;
    }

    public Account account() {
        return account;
    }

    public Address address() {
        return account.address();
    }

    /** Supplies whole tokens, such as {@code 1.05}, and enters the reserve, so that they count as collateral. */
    public VenusBorrower supplies(Asset asset, String wholeTokens) {
        market.supply(address(), asset, asset.amount(wholeTokens));
        market.enter(address(), asset);
        return this;
    }

    /** Supplies without entering. */
    public VenusBorrower lends(Asset asset, String wholeTokens) {
        market.supply(address(), asset, asset.amount(wholeTokens));
        return this;
    }

    public VenusBorrower borrows(Asset asset, String wholeTokens) {
        market.borrow(address(), asset, asset.amount(wholeTokens));
        return this;
    }

    public VenusBorrower repays(Asset asset, String wholeTokens) {
        market.repay(address(), asset, asset.amount(wholeTokens));
        return this;
    }

    public VenusBorrower redeems(Asset asset, BigInteger vTokens) {
        market.redeem(address(), asset, vTokens);
        return this;
    }

    public VenusBorrower enters(Asset asset) {
        market.enter(address(), asset);
        return this;
    }

    public VenusBorrower exits(Asset asset) {
        market.exit(address(), asset);
        return this;
    }

    public VenusBorrower entersPool(int pool) {
        market.enterPool(address(), pool);
        return this;
    }

    @Override
    public String toString() {
        return account.toString();
    }
}
