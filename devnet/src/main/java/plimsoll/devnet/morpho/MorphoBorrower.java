package plimsoll.devnet.morpho;

import java.math.BigInteger;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Morpho;
import plimsoll.chain.call.BlockTag;
import plimsoll.devnet.Account;
import plimsoll.protocol.morpho.MorphoPosition;
import plimsoll.protocol.morpho.Shares;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** Somebody with a position in one market; each sentence is a real transaction. Tokens to supply or repay appear out of nothing. */
public final class MorphoBorrower {

    private final MorphoMarket market;
    private final Account account;

    MorphoBorrower(MorphoMarket market, Account account) {
        this.market = market;
        this.account = account;
    }

    public Account account() {
        return account;
    }

    public Address address() {
        return account.address();
    }

    /** Supplies whole tokens of collateral, such as {@code 1.05}. */
    public MorphoBorrower supplies(String wholeTokens) {
        TokenAmount amount = market.collateral().amount(wholeTokens);
        market.give(address(), market.collateral(), amount);
        market.send(address(), Morpho.SUPPLY_COLLATERAL.encode(market.params(), amount.raw(), address(), "0x"));
        return this;
    }

    public MorphoBorrower withdraws(String wholeTokens) {
        BigInteger amount = market.collateral().amount(wholeTokens).raw();
        market.send(address(), Morpho.WITHDRAW_COLLATERAL.encode(market.params(), amount, address(), address()));
        return this;
    }

    public MorphoBorrower borrows(String wholeTokens) {
        BigInteger amount = market.loan().amount(wholeTokens).raw();
        market.send(address(), Morpho.BORROW.encode(market.params(), amount, BigInteger.ZERO, address(), address()));
        return this;
    }

    public MorphoBorrower repays(String wholeTokens) {
        TokenAmount amount = market.loan().amount(wholeTokens);
        market.give(address(), market.loan(), amount);
        market.send(address(), Morpho.REPAY.encode(market.params(), amount.raw(), BigInteger.ZERO, address(), "0x"));
        return this;
    }

    /** Lets a contract act on the borrower's positions, as pre-liquidation needs. */
    public MorphoBorrower authorises(Address contract) {
        market.send(address(), Morpho.SET_AUTHORIZATION.encode(contract, true));
        return this;
    }

    /** What the contract has stored. */
    public MorphoPosition position() {
        String answer = market.morpho()
                .devnet()
                .chain()
                .call(market.morpho().address(), Morpho.POSITION.encode(market.id(), address()), BlockTag.LATEST);
        AbiValues stored = Morpho.POSITION.decode(answer);
        return new MorphoPosition(
                TokenAmount.ofRaw(
                        stored.integer("collateral"), market.collateral().decimals()),
                Shares.ofRaw(stored.integer("borrowShares")));
    }

    @Override
    public String toString() {
        return account.toString();
    }
}
