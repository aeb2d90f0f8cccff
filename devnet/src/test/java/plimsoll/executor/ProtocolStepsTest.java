package plimsoll.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Comet;
import plimsoll.abi.Executor;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.ExecutorStep.Sale;
import plimsoll.abi.Morpho;
import plimsoll.abi.PreLiquidation;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.comet.CometCollateral;
import plimsoll.devnet.comet.LocalComet;
import plimsoll.devnet.morpho.MorphoBlue;
import plimsoll.devnet.morpho.MorphoBorrower;
import plimsoll.devnet.morpho.MorphoMarket;
import plimsoll.devnet.venus.VenusBorrower;
import plimsoll.devnet.venus.VenusMarket;
import plimsoll.protocol.morpho.PreLiquidationTerms;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.Wad;

/**
 * The executor liquidates on the real Morpho Blue and the real Venus, and on our stand-ins for pre-liquidation and Compound III:
 * whatever the protocol gives is sold, all of the profit is in the treasury, and less than the named profit is refused.
 */
final class ProtocolStepsTest {

    private static final BigInteger ONE_USDC = Asset.USDC.amount("1").raw();
    /** Half of 18 000, which the close factor allows. */
    private static final BigInteger HALF = Asset.USDC.amount("9000").raw();

    private static final Map<String, Long> GAS = new TreeMap<>();

    @RegisterExtension
    static final Stage STAGE = Stage.start(33);

    @SuppressWarnings("NullAway.Init")
    private static MorphoBlue morpho;

    @SuppressWarnings("NullAway.Init")
    private static VenusMarket venus;

    @SuppressWarnings("NullAway.Init")
    private static LocalComet comet;

    @BeforeAll
    static void deploy() {
        morpho = MorphoBlue.deployOn(STAGE.devnet());
        venus = VenusMarket.on(STAGE.devnet());
        comet = LocalComet.on(
                STAGE.devnet(),
                List.of(new CometCollateral(
                        Asset.WETH, Price.parse("2500"), Wad.parse("0.825"), Wad.parse("0.895"), Wad.parse("0.95"))),
                Asset.USDC.amount("1000000"));
        comet.supplies(STAGE.devnet().account("lender").address(), Asset.USDC, Asset.USDC.amount("10000000"));
    }

    @AfterAll
    static void tellGas() {
        System.out.println("Gas of executions: " + GAS);
    }

    @AfterEach
    void nothingIsLeft() {
        List<Address> spenders = new ArrayList<>(
                List.of(STAGE.pool(), morpho.address(), venus.addresses().liquidator(), comet.address()));
        spenders.addAll(venus.addresses().vTokens().values());
        for (Asset asset : Asset.values()) {
            assertThat(STAGE.held(STAGE.token(asset), STAGE.executor()))
                    .as("%s held", asset)
                    .isZero();
            assertThat(STAGE.held(venus.addresses().vToken(asset), STAGE.executor()))
                    .as("Venus' own tokens for %s held", asset)
                    .isZero();
            spenders.forEach(spender -> assertThat(STAGE.allowance(STAGE.token(asset), spender))
                    .as("%s allowed", asset)
                    .isZero());
        }
    }

    /** Sends it for what it would gain now, less a thousandth: a unit too much is refused, and so is anybody but the operator. */
    private static Receipt carryOut(String what, List<ExecutorStep> steps) {
        BigInteger predicted = STAGE.tried(steps);
        assertThat(predicted).as("predicted").isGreaterThan(ONE_USDC);
        assertThat(STAGE.refusal(steps, predicted.add(ONE_USDC))).startsWith("ProfitTooSmall");
        String call = Executor.execute(steps, STAGE.token(Asset.USDC), BigInteger.ONE);
        assertThat(STAGE.refusal(STAGE.owner(), STAGE.executor(), call)).startsWith("NotOperator");

        Receipt receipt =
                STAGE.execute(steps, predicted.multiply(BigInteger.valueOf(999)).divide(BigInteger.valueOf(1_000)));

        GAS.put(what, receipt.gasUsed().units());
        assertThat(STAGE.gained(Asset.USDC))
                .isEqualTo(Stage.profitOf(receipt))
                .isCloseTo(predicted, Percentage.withPercentage(0.1));
        return receipt;
    }

    @Test
    void paysMorphoWithWhatMorphoGaveInItsCallback() {
        MorphoMarket market = market();
        MorphoBorrower borrower = market.borrower("mia").supplies("10").borrows("18000");
        STAGE.fall();

        Receipt receipt = carryOut("Morpho", List.of(liquidation(market, borrower, STAGE.sale())));

        AbiValues done = Stage.event(receipt, Morpho.LIQUIDATE_EVENT).orElseThrow();
        assertThat(borrower.position().borrowShares().isZero()).isTrue();
        assertThat(STAGE.gained(Asset.USDC)).isEqualTo(Stage.soldFor(receipt).subtract(done.integer("repaidAssets")));
    }

    @Test
    void isRefusedByMorphoWhereNothingIsSoldAndNoInventoryReaches() {
        MorphoMarket market = market();
        MorphoBorrower borrower = market.borrower("mia").supplies("10").borrows("18000");
        STAGE.fall();

        assertThat(STAGE.refusal(List.of(liquidation(market, borrower)), BigInteger.ZERO))
                .startsWith("transferFrom reverted");
    }

    @Test
    void goesOnWhereMorphoRefuses() {
        MorphoMarket market = market();
        MorphoBorrower healthy = market.borrower("max").supplies("10").borrows("1000");
        MorphoBorrower borrower = market.borrower("mia").supplies("10").borrows("18000");
        STAGE.fall();

        Receipt receipt = carryOut(
                "Morpho, one of two refused",
                List.of(
                        new ExecutorStep.MayFail(liquidation(market, healthy, STAGE.sale())),
                        liquidation(market, borrower, STAGE.sale())));

        assertThat(Stage.event(receipt, Executor.STEP_FAILED_EVENT)).isPresent();
        assertThat(borrower.position().borrowShares().isZero()).isTrue();
    }

    @Test
    void preLiquidatesInItsCallback() {
        MorphoMarket market = market();
        Address offer = market.offersPreLiquidation(new PreLiquidationTerms(
                Wad.parse("0.8"), Wad.parse("0.2"), Wad.parse("0.6"), Wad.parse("1.03"), Wad.parse("1.04")));
        // 10 WETH at 2 000 are 20 000: 16 500 is 0.825 of it, between 0.8 and 0.86
        MorphoBorrower borrower =
                market.borrower("pia").supplies("10").borrows("16500").authorises(offer);
        STAGE.fall();
        BigInteger part = borrower.position().borrowShares().raw().divide(BigInteger.valueOf(10));

        Receipt receipt = carryOut(
                "pre-liquidation",
                List.of(new ExecutorStep.MorphoPreLiquidation(
                        offer,
                        STAGE.token(Asset.USDC),
                        STAGE.token(Asset.WETH),
                        borrower.address(),
                        BigInteger.ZERO,
                        part,
                        List.of(STAGE.sale()))));

        AbiValues done =
                Stage.event(receipt, PreLiquidation.PRE_LIQUIDATE_EVENT).orElseThrow();
        assertThat(STAGE.gained(Asset.USDC)).isEqualTo(Stage.soldFor(receipt).subtract(done.integer("repaidAssets")));
        assertThat(STAGE.allowance(STAGE.token(Asset.USDC), offer)).isZero();
    }

    @Test
    void borrowsFromMorphoForNothing() {
        lendAtMorpho();
        Borrower ann = STAGE.somebodyBelowTheLine("ann");

        Receipt receipt = carryOut(
                "Aave with Morpho's funds",
                List.of(morphoFlash(Asset.USDC.amount("19100").raw(), STAGE.liquidation(ann.address()), STAGE.sale())));

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(Stage.event(receipt, Executor.STEP_FAILED_EVENT)).isEmpty();
    }

    @Test
    void redeemsWhatVenusGivesAndSellsItWithinOneTransaction() {
        VenusBorrower borrower = venusBorrowerBelowTheLine("eva");

        Receipt receipt = carryOut(
                "Venus with Aave's funds",
                List.of(STAGE.aaveFlash(
                        HALF, venus(borrower, venus.addresses().liquidator()), redemption(), STAGE.sale())));

        assertThat(STAGE.gained(Asset.USDC))
                .isEqualTo(Stage.soldFor(receipt).subtract(HALF).subtract(STAGE.flashPremium(HALF)));
        assertThat(STAGE.held(venus.addresses().vToken(Asset.WETH), STAGE.treasury()))
                .isZero();
    }

    @Test
    void paysVenusFromTheVeryPoolInWhichItSells() {
        lendAtMorpho();
        VenusBorrower borrower = venusBorrowerBelowTheLine("eva");
        BigInteger byOneSale = STAGE.tried(List.of(
                morphoFlash(HALF, venus(borrower, venus.addresses().liquidator()), redemption(), STAGE.sale())));

        Receipt _ = carryOut(
                "Venus by a flash swap",
                List.of(
                        new ExecutorStep.UniswapV3FlashSwap(
                                STAGE.uniswapV3(Asset.WETH, Asset.USDC),
                                STAGE.token(Asset.WETH),
                                STAGE.token(Asset.USDC),
                                HALF,
                                List.of(venus(borrower, venus.addresses().liquidator()), redemption())),
                        STAGE.sale()));

        // Two sales one after the other bring what one of both brings, but for the rounding of each.
        assertThat(STAGE.gained(Asset.USDC))
                .isBetween(byOneSale.subtract(BigInteger.valueOf(10)), byOneSale.add(BigInteger.valueOf(10)));
    }

    @Test
    void liquidatesAtTheReserveItselfWhereVenusNamesNoOtherLiquidator() {
        lendAtMorpho();
        VenusBorrower borrower = venusBorrowerBelowTheLine("eva");
        letTheExecutorLiquidateAtTheReserve();

        Receipt receipt = carryOut(
                "Venus at the reserve",
                List.of(morphoFlash(
                        HALF, venus(borrower, venus.addresses().vToken(Asset.USDC)), redemption(), STAGE.sale())));

        assertThat(STAGE.gained(Asset.USDC)).isEqualTo(Stage.soldFor(receipt).subtract(HALF));
    }

    @Test
    void saysWhyVenusRefuses() {
        lendAtMorpho();
        VenusBorrower healthy = venus.borrower("ida").supplies(Asset.WETH, "10").borrows(Asset.USDC, "1000");
        letTheExecutorLiquidateAtTheReserve();
        Address vUsdc = venus.addresses().vToken(Asset.USDC);

        String refusal = STAGE.refusal(List.of(morphoFlash(HALF, venus(healthy, vUsdc))), BigInteger.ZERO);
        Receipt receipt = STAGE.execute(
                List.of(morphoFlash(HALF, new ExecutorStep.MayFail(venus(healthy, vUsdc)), redemption())),
                BigInteger.ZERO);

        assertThat(refusal).startsWith("RefusedWithCode").contains("3");
        assertThat(Stage.event(receipt, Executor.STEP_FAILED_EVENT)).isPresent();
    }

    @Test
    void absorbsAndBuysWhatItAbsorbedFromCompoundIII() {
        Address borrower = cometBorrowerBelowTheLine("cora");
        // 10 WETH · 2 000 · (1 − 0.6·(1 − 0.95)) = 19 400 USDC
        BigInteger price = Asset.USDC.amount("19400").raw();

        Receipt receipt = carryOut(
                "Compound III",
                List.of(STAGE.aaveFlash(
                        price,
                        absorption(borrower),
                        purchase(price).forAtLeast(Asset.WETH.amount("10").raw()),
                        STAGE.sale())));

        assertThat(Comet.USER_COLLATERAL
                        .decode(STAGE.read(
                                comet.address(), Comet.USER_COLLATERAL.encode(borrower, STAGE.token(Asset.WETH))))
                        .integer(0))
                .isZero();
        assertThat(STAGE.gained(Asset.USDC))
                .isEqualTo(Stage.soldFor(receipt).subtract(price).subtract(STAGE.flashPremium(price)));
    }

    @Test
    void buysFromCompoundIIIWhatOthersAbsorbed() {
        Address borrower = cometBorrowerBelowTheLine("cora");
        Address rival = STAGE.devnet().account("rival").address();
        comet.send(rival, comet.address(), Comet.ABSORB.encode(rival, List.of(borrower)));
        BigInteger price = Asset.USDC.amount("1940").raw();

        Receipt _ = carryOut(
                "Compound III, absorbed before",
                List.of(STAGE.aaveFlash(
                        price, new ExecutorStep.MayFail(absorption(borrower)), purchase(price), STAGE.sale())));
    }

    /** WETH against USDC up to 86 %, with a million to borrow and no interest: no unit depends on the block. */
    private static MorphoMarket market() {
        MorphoMarket market =
                morpho.createMarketOnFeeds(Asset.WETH, Asset.USDC, Wad.parse("0.86"), MorphoBlue.Interest.FIXED);
        market.lends("1000000");
        return market;
    }

    /** Only what lies in some market can be borrowed by a flash. */
    private static void lendAtMorpho() {
        MorphoMarket _ = market();
    }

    private static ExecutorStep morphoFlash(BigInteger usdc, ExecutorStep... steps) {
        return new ExecutorStep.MorphoFlash(morpho.address(), STAGE.token(Asset.USDC), usdc, List.of(steps));
    }

    private static ExecutorStep liquidation(MorphoMarket market, MorphoBorrower borrower, ExecutorStep... sale) {
        return new ExecutorStep.MorphoLiquidation(
                morpho.address(),
                new ExecutorStep.MorphoMarket(
                        STAGE.token(market.loan()),
                        STAGE.token(market.collateral()),
                        market.oracle(),
                        market.irm(),
                        market.lltv().raw()),
                borrower.address(),
                BigInteger.ZERO,
                borrower.position().borrowShares().raw(),
                List.of(sale));
    }

    /** 10 WETH at 2 000 carry 16 000 USDC at Venus; 18 000 are owed. */
    private static VenusBorrower venusBorrowerBelowTheLine(String name) {
        VenusBorrower borrower = venus.borrower(name).supplies(Asset.WETH, "10").borrows(Asset.USDC, "18000");
        STAGE.fall();
        return borrower;
    }

    /** Venus names the executor as its liquidator, so that nobody's contract stands between them. */
    private static void letTheExecutorLiquidateAtTheReserve() {
        venus.send(
                venus.addresses().admin(),
                venus.addresses().comptroller(),
                VenusComptroller.SET_LIQUIDATOR_CONTRACT.encode(STAGE.executor()));
    }

    private static ExecutorStep venus(VenusBorrower borrower, Address target) {
        return new ExecutorStep.CompoundLiquidation(
                target,
                venus.addresses().vToken(Asset.USDC),
                STAGE.token(Asset.USDC),
                venus.addresses().vToken(Asset.WETH),
                borrower.address(),
                HALF);
    }

    private static ExecutorStep redemption() {
        return Sale.compound(venus.addresses().vToken(Asset.WETH), STAGE.token(Asset.WETH));
    }

    /** 10 WETH at 2 000 carry 17 900 USDC at Compound III; 20 000 are owed. */
    private static Address cometBorrowerBelowTheLine(String name) {
        Address borrower = STAGE.devnet().account(name).address();
        comet.supplies(borrower, Asset.WETH, Asset.WETH.amount("10"));
        comet.withdraws(borrower, Asset.USDC, Asset.USDC.amount("20000"));
        comet.answers(Asset.WETH, Price.parse("2000").raw());
        STAGE.fall();
        return borrower;
    }

    private static ExecutorStep absorption(Address borrower) {
        return new ExecutorStep.CometAbsorption(comet.address(), List.of(borrower));
    }

    /** Of collateral that Compound III has absorbed. */
    private static Sale purchase(BigInteger usdc) {
        return Sale.comet(comet.address(), STAGE.token(Asset.USDC), STAGE.token(Asset.WETH), usdc);
    }
}
