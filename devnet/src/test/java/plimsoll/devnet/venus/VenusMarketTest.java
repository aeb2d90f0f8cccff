package plimsoll.devnet.venus;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractCode;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.abi.VenusLiquidator;
import plimsoll.chain.call.BlockTag;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.protocol.compound.CompoundRevision;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** Venus works as deployed: a borrower crosses the line and is liquidated through the liquidator contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnDevnet
class VenusMarketTest {

    private VenusMarket venus;

    @BeforeAll
    void start() {
        venus = VenusMarket.on(devnet());
    }

    @Test
    void liquidatesWhoCrossesTheLine() {
        VenusBorrower borrower =
                venus.borrower("anna").supplies(Asset.WETH, "10").borrows(Asset.USDC, "18000");
        assertThat(shortfall(borrower.address())).isZero();

        devnet().market().priceOf(Asset.WETH).fallsBy(new Bps(2_000));
        assertThat(shortfall(borrower.address())).isPositive();

        Account liquidator = devnet().account("liquidator");
        Address weth = venus.addresses().vToken(Asset.WETH);
        venus.fund(
                liquidator.address(),
                Asset.USDC,
                Asset.USDC.amount("1000"),
                venus.addresses().liquidator());
        venus.send(
                liquidator.address(),
                venus.addresses().liquidator(),
                VenusLiquidator.LIQUIDATE_BORROW.encode(
                        venus.addresses().vToken(Asset.USDC),
                        borrower.address(),
                        Asset.USDC.amount("1000").raw(),
                        weth));

        assertThat(read(weth, VToken.BALANCE_OF, liquidator.address()).integer(0))
                .isPositive();
    }

    @Test
    void isThePublishedCode() {
        Address comptroller = venus.addresses().comptroller();
        Map<CompoundRevision.Part, Address> parts = Map.of(
                CompoundRevision.Part.LIQUIDATION_POLICY, facet(VenusComptroller.LIQUIDATE_BORROW_ALLOWED),
                CompoundRevision.Part.RISK_PARAMETERS, facet(VenusComptroller.MARKETS),
                CompoundRevision.Part.LIQUIDITY,
                        read(comptroller, VenusComptroller.COMPTROLLER_LENS).address(0),
                CompoundRevision.Part.RESERVE,
                        read(venus.addresses().vToken(Asset.WETH), VToken.IMPLEMENTATION)
                                .address(0));

        parts.forEach((part, contract) -> CompoundRevision.VENUS_CORE_10_3.requireKnown(
                part, ContractCode.hash(devnet().chain().code(contract, BlockTag.LATEST)), Set.of()));
    }

    private Address facet(ContractFunction function) {
        return read(venus.addresses().comptroller(), VenusComptroller.FACET_ADDRESS, function.selector())
                .values(0)
                .address(0);
    }

    private BigInteger shortfall(Address account) {
        return read(venus.addresses().comptroller(), VenusComptroller.GET_ACCOUNT_LIQUIDITY, account)
                .integer("shortfall");
    }

    private AbiValues read(Address contract, ContractFunction function, Object... arguments) {
        return function.decode(devnet().chain().call(contract, function.encode(arguments), BlockTag.LATEST));
    }
}
