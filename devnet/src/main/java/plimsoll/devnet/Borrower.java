package plimsoll.devnet;

import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** Somebody with a position; each sentence is a real transaction. Tokens to supply or repay appear out of nothing. */
public final class Borrower {

    private final Market market;
    private final Account account;

    Borrower(Market market, Account account) {
        this.market = market;
        this.account = account;
    }

    public Account account() {
        return account;
    }

    public Address address() {
        return account.address();
    }

    /** Supplies whole tokens, such as {@code 1.05}. */
    public Borrower supplies(Asset asset, String wholeTokens) {
        return supplies(asset, asset.amount(wholeTokens));
    }

    public Borrower supplies(Asset asset, TokenAmount amount) {
        market.supply(account.address(), asset, amount);
        return this;
    }

    public Borrower borrows(Asset asset, String wholeTokens) {
        return borrows(asset, asset.amount(wholeTokens));
    }

    public Borrower borrows(Asset asset, TokenAmount amount) {
        market.borrow(account.address(), asset, amount);
        return this;
    }

    public Borrower repays(Asset asset, String wholeTokens) {
        market.repay(account.address(), asset, asset.amount(wholeTokens));
        return this;
    }

    public Borrower withdraws(Asset asset, String wholeTokens) {
        market.withdraw(account.address(), asset, asset.amount(wholeTokens));
        return this;
    }

    public Borrower entersEmode(int category) {
        market.enterEmode(account.address(), category);
        return this;
    }

    public AccountData data() {
        return market.accountData(account.address());
    }

    @Override
    public String toString() {
        return account.toString();
    }
}
