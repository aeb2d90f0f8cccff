package plimsoll.devnet.venus;

import java.math.BigInteger;
import java.util.List;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * Venus' core pool as tests drive it: the devnet's assets, priced by the devnet's feeds. A transaction that reverts, or that
 * Venus answers with an error code, throws {@link IllegalStateException}.
 */
public final class VenusMarket {

    /** The pool in which WETH and WBTC hold 93 % and nothing else counts. */
    public static final int MAJORS_POOL = 1;

    /** The pool in which WETH holds 88 % and everything else counts as in the core pool. */
    public static final int ETHER_POOL = 2;

    private static final ContractEvent FAILURE =
            ContractEvent.of("Failure(uint256 error, uint256 info, uint256 detail)");
    private static final ContractFunction MINT = ContractFunction.of("mint(address to, uint256 amount)");
    private static final BigInteger UNLIMITED = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    private static final String PLENTY = "100000000";

    private final Devnet devnet;
    private final VenusAddresses addresses;

    private VenusMarket(Devnet devnet, VenusAddresses addresses) {
        this.devnet = devnet;
        this.addresses = addresses;
    }

    /** Deploys Venus on this devnet, with lenders in every reserve. */
    public static VenusMarket on(Devnet devnet) {
        VenusMarket market = new VenusMarket(devnet, new VenusDeployment(devnet).create());
        Address lender = devnet.account("venus lender").address();
        for (Asset asset : Asset.values()) {
            market.supply(lender, asset, asset.amount(PLENTY));
        }
        return market;
    }

    public VenusAddresses addresses() {
        return addresses;
    }

    public VenusBorrower borrower(String name) {
        return new VenusBorrower(this, devnet.account(name));
    }

    /** Governance sets what a reserve counts for in the core pool. */
    public void factorsAre(Asset asset, Wad collateralFactor, Wad liquidationThreshold) {
        send(
                addresses.admin(),
                addresses.comptroller(),
                VenusComptroller.SET_COLLATERAL_FACTOR.encode(
                        addresses.vToken(asset), collateralFactor.raw(), liquidationThreshold.raw()));
    }

    public Receipt send(Address from, Address to, String data) {
        Receipt receipt = devnet.send(from, to, data);
        receipt.logs().stream()
                .filter(log -> log.topics().getFirst().equals(FAILURE.topic()))
                .findFirst()
                .ifPresent(log -> {
                    throw new IllegalStateException("Venus answers an error: to=" + to + " selector="
                            + data.substring(0, 10) + " codes="
                            + FAILURE.decode(log.topics(), log.data()));
                });
        return receipt;
    }

    void supply(Address account, Asset asset, TokenAmount amount) {
        fund(account, asset, amount, addresses.vToken(asset));
        send(account, addresses.vToken(asset), VToken.MINT.encode(amount.raw()));
    }

    void enter(Address account, Asset asset) {
        send(account, addresses.comptroller(), VenusComptroller.ENTER_MARKETS.encode(List.of(addresses.vToken(asset))));
    }

    void exit(Address account, Asset asset) {
        send(account, addresses.comptroller(), VenusComptroller.EXIT_MARKET.encode(addresses.vToken(asset)));
    }

    void enterPool(Address account, int pool) {
        send(account, addresses.comptroller(), VenusComptroller.ENTER_POOL.encode(pool));
    }

    void borrow(Address account, Asset asset, TokenAmount amount) {
        send(account, addresses.vToken(asset), VToken.BORROW.encode(amount.raw()));
    }

    void repay(Address account, Asset asset, TokenAmount amount) {
        fund(account, asset, amount, addresses.vToken(asset));
        send(account, addresses.vToken(asset), VToken.REPAY_BORROW.encode(amount.raw()));
    }

    void redeem(Address account, Asset asset, BigInteger vTokens) {
        send(account, addresses.vToken(asset), VToken.REDEEM.encode(vTokens));
    }

    /** Gives tokens to an account and lets {@code spender} take them. */
    public void fund(Address account, Asset asset, TokenAmount amount, Address spender) {
        Address token = devnet.addresses().of(asset).token();
        devnet.send(account, token, MINT.encode(account, amount.raw()));
        devnet.send(account, token, Erc20.APPROVE.encode(spender, UNLIMITED));
    }
}
