package plimsoll.devnet.morpho;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.Morpho;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Request;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.protocol.morpho.PreLiquidationTerms;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** One market as tests drive it. A transaction that reverts throws {@link IllegalStateException}. */
public final class MorphoMarket {

    private static final ContractFunction SET_PRICE = ContractFunction.of("setPrice(uint256 newPrice)");
    private static final ContractFunction SET_RATE = ContractFunction.of("setRate(bytes32 market, uint256 perSecond)");
    private static final BigInteger UNLIMITED = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private final MorphoBlue morpho;
    private final Asset collateral;
    private final Asset loan;
    private final Address oracle;
    private final Address irm;
    private final Wad lltv;

    MorphoMarket(MorphoBlue morpho, Asset collateral, Asset loan, Address oracle, Address irm, Wad lltv) {
        this.morpho = morpho;
        this.collateral = collateral;
        this.loan = loan;
        this.oracle = oracle;
        this.irm = irm;
        this.lltv = lltv;
    }

    /** The market's name in the contract: the hash of its parameters. */
    public String id() {
        return Morpho.marketId(token(loan), token(collateral), oracle, irm, lltv.raw());
    }

    /** The five parameters that every call names: loan token, collateral token, oracle, interest rate model, threshold. */
    public List<Object> params() {
        return List.of(token(loan), token(collateral), oracle, irm, lltv.raw());
    }

    public MorphoBlue morpho() {
        return morpho;
    }

    public Asset collateral() {
        return collateral;
    }

    public Asset loan() {
        return loan;
    }

    public Address oracle() {
        return oracle;
    }

    public Address irm() {
        return irm;
    }

    public Wad lltv() {
        return lltv;
    }

    /** Whole loan tokens for one whole collateral token, such as {@code 2500}; for markets with an oracle of their own. */
    public void priceIs(String loanTokens) {
        priceIs(OraclePrice.ofRaw(new BigDecimal(loanTokens)
                .movePointRight(36 + loan.decimals() - collateral.decimals())
                .toBigIntegerExact()));
    }

    public void priceIs(OraclePrice price) {
        morpho.owner().send(oracle, SET_PRICE.encode(price.raw()));
    }

    /** Interest per second, for markets whose rate is fixed. */
    public void rateIs(Wad perSecond) {
        morpho.owner().send(irm, SET_RATE.encode(id(), perSecond.raw()));
    }

    /** The fee recipient's share of interest. */
    public void feeIs(Wad share) {
        morpho.owner().send(morpho.address(), Morpho.SET_FEE.encode(params(), share.raw()));
    }

    /** Somebody lends, so that borrowers find what they ask for. */
    public void lends(String wholeTokens) {
        Address lender = morpho.devnet().account("morpho lender").address();
        BigInteger amount = loan.amount(wholeTokens).raw();
        give(lender, loan, loan.amount(wholeTokens));
        send(lender, Morpho.SUPPLY.encode(params(), amount, BigInteger.ZERO, lender, "0x"));
    }

    /** Interest up to the next block becomes part of the stored totals. */
    public void accrues() {
        morpho.owner().send(morpho.address(), Morpho.ACCRUE_INTEREST.encode(params()));
    }

    /** A borrower with gas and no position yet; the same name is the same account. */
    public MorphoBorrower borrower(String name) {
        return new MorphoBorrower(this, morpho.devnet().account(name));
    }

    /** A contract that may liquidate a part of its borrowers' debt before the market's own threshold; one of our own making. */
    public Address offersPreLiquidation(PreLiquidationTerms terms) {
        return morpho.owner()
                .create(
                        "PreLiquidationFixture",
                        "(address,bytes32,(uint256,uint256,uint256,uint256,uint256,address))",
                        morpho.address(),
                        id(),
                        List.of(
                                terms.preLltv().raw(),
                                terms.preLcf1().raw(),
                                terms.preLcf2().raw(),
                                terms.preLif1().raw(),
                                terms.preLif2().raw(),
                                oracle));
    }

    /** Liquidates with the account's own tokens; it gets the collateral. */
    public Receipt liquidate(Account liquidator, Address borrower, Request request) {
        approve(liquidator.address(), loan, morpho.address());
        BigInteger seized = switch (request) {
            case Seize(TokenAmount amount) -> amount.raw();
            case Repay repay -> BigInteger.ZERO;
        };
        BigInteger shares = switch (request) {
            case Seize seize -> BigInteger.ZERO;
            case Repay(var repaid) -> repaid.raw();
        };
        return send(liquidator.address(), Morpho.LIQUIDATE.encode(params(), borrower, seized, shares, "0x"));
    }

    /** Gives tokens to an account and lets Morpho take them. */
    void give(Address account, Asset asset, TokenAmount amount) {
        morpho.devnet().market().fund(account, asset, amount);
        approve(account, asset, morpho.address());
    }

    Receipt send(Address from, String data) {
        return morpho.devnet().send(from, morpho.address(), data);
    }

    private void approve(Address account, Asset asset, Address spender) {
        morpho.devnet().send(account, token(asset), Erc20.APPROVE.encode(spender, UNLIMITED));
    }

    private Address token(Asset asset) {
        return morpho.devnet().addresses().of(asset).token();
    }
}
