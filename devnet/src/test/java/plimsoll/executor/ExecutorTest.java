package plimsoll.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Executor;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.ExecutorStep.Sale;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.units.Address;

/** The executor liquidates on the real Aave v3.6 with every kind of funds and venue, and what it gains is all in the treasury. */
final class ExecutorTest {

    private static final BigInteger FLASH = Asset.USDC.amount("19100").raw();

    /** What the executor is to hold at the end, in USDC. */
    private static final AtomicReference<BigInteger> INVENTORY = new AtomicReference<>(BigInteger.ZERO);
    /** Who must not be allowed anything at the end, besides the pool. */
    private static final List<Address> SPENDERS = new ArrayList<>();

    @RegisterExtension
    static final Stage STAGE = Stage.start(31);

    /** What the executor holds is what it held at first, which is nothing but inventory; nobody may take any of it. */
    @AfterEach
    void nothingIsLeft() {
        for (Asset asset : Asset.values()) {
            Address token = STAGE.token(asset);
            BigInteger inventory = asset == Asset.USDC ? INVENTORY.get() : BigInteger.ZERO;
            assertThat(STAGE.held(token, STAGE.executor())).as("%s held", asset).isEqualTo(inventory);
            List<Address> spenders = new ArrayList<>(SPENDERS);
            spenders.add(STAGE.pool());
            spenders.forEach(spender -> assertThat(STAGE.allowance(token, spender))
                    .as("%s allowed", asset)
                    .isZero());
        }
        INVENTORY.set(BigInteger.ZERO);
        SPENDERS.clear();
    }

    private static void stock(String usdc) {
        STAGE.fund(STAGE.executor(), Asset.USDC, usdc);
        INVENTORY.set(Asset.USDC.amount(usdc).raw());
    }

    private static ExecutorStep aaveFlash(ExecutorStep... steps) {
        return STAGE.aaveFlash(FLASH, steps);
    }

    @Test
    void bringsTheProfitThatWasPredictedToTheUnitWithFlashFunds() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        List<ExecutorStep> steps = List.of(aaveFlash(STAGE.liquidation(ann.address()), STAGE.sale()));

        BigInteger predicted = STAGE.tried(steps);
        Receipt receipt =
                STAGE.execute(steps, predicted.multiply(BigInteger.valueOf(999)).divide(BigInteger.valueOf(1000)));

        assertThat(ann.data().isLiquidatable()).isFalse();
        // Interest of one block lies between the trial and the transaction.
        assertThat(STAGE.gained(Asset.USDC)).isCloseTo(predicted, Percentage.withPercentage(0.1));
        assertThat(STAGE.gained(Asset.USDC)).isEqualTo(Stage.profitOf(receipt)).isEqualTo(accountedProfit(receipt));
    }

    /** Sale less repayment less premium, each from the contracts that saw it. */
    private static BigInteger accountedProfit(Receipt receipt) {
        AbiValues liquidation =
                Stage.event(receipt, AavePool.LIQUIDATION_CALL_EVENT).orElseThrow();
        assertThat(liquidation.integer("liquidatedCollateralAmount")).isPositive();
        return Stage.soldFor(receipt)
                .subtract(liquidation.integer("debtToCover"))
                .subtract(STAGE.flashPremium(FLASH));
    }

    @Test
    void spendsItsInventoryAndFillsItUpAgain() {
        stock("20000");
        Borrower ann = STAGE.somebodyBelowTheLine("ann");

        STAGE.execute(List.of(STAGE.liquidation(ann.address()), STAGE.sale()), BigInteger.ONE);

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(STAGE.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
    }

    @Test
    void borrowsFromAUniswapPoolThatItDoesNotTradeIn() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        Address lender = STAGE.uniswapV3(Asset.WBTC, Asset.USDC);

        STAGE.execute(
                List.of(new ExecutorStep.UniswapV3Flash(
                        lender,
                        STAGE.token(Asset.USDC),
                        FLASH,
                        List.of(STAGE.liquidation(ann.address()), STAGE.sale()))),
                BigInteger.ONE);

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(STAGE.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
    }

    @Test
    void paysForASwapWithWhatItSeizesAndKeepsTheProfitInCollateral() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        Address pool = STAGE.uniswapV3(Asset.WETH, Asset.USDC);
        List<ExecutorStep> steps = List.of(new ExecutorStep.UniswapV3FlashSwap(
                pool,
                STAGE.token(Asset.WETH),
                STAGE.token(Asset.USDC),
                FLASH,
                List.of(STAGE.liquidation(ann.address()))));

        STAGE.send(
                STAGE.operator(),
                STAGE.executor(),
                Executor.execute(
                        steps, STAGE.token(Asset.WETH), Asset.WETH.amount("0.3").raw()));

        assertThat(STAGE.gained(Asset.WETH))
                .isGreaterThan(Asset.WETH.amount("0.3").raw());
        assertThat(STAGE.gained(Asset.USDC)).isLessThan(Asset.USDC.amount("101").raw());
    }

    @Test
    void liquidatesSeveralAccountsAndGoesOnWhereOneIsGone() {
        Borrower ann = STAGE.market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "19000");
        Borrower bob = STAGE.market().borrower("bob").supplies(Asset.WETH, "20").borrows(Asset.USDC, "38000");
        Borrower eve = STAGE.market().borrower("eve").supplies(Asset.WETH, "10").borrows(Asset.USDC, "1000");
        STAGE.fall();
        ExecutorStep flash = STAGE.aaveFlash(
                Asset.USDC.amount("58000").raw(),
                new ExecutorStep.MayFail(STAGE.liquidation(ann.address())),
                new ExecutorStep.MayFail(STAGE.liquidation(eve.address())),
                new ExecutorStep.MayFail(STAGE.liquidation(bob.address())),
                STAGE.sale());

        Receipt receipt =
                STAGE.execute(List.of(flash), Asset.USDC.amount("2000").raw());

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(bob.data().isLiquidatable()).isFalse();
        AbiValues failure = Stage.event(receipt, Executor.STEP_FAILED_EVENT).orElseThrow();
        assertThat(RevertReason.decode(failure.hex("reason")).describe()).isEqualTo("HealthFactorNotBelowThreshold");
    }

    @Test
    void sellsOnAUniswapV2Pair() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        Address pair = pair("20000000", "10000");

        STAGE.execute(
                List.of(aaveFlash(
                        STAGE.liquidation(ann.address()),
                        Sale.uniswapV2(pair, STAGE.token(Asset.WETH), STAGE.token(Asset.USDC), 30))),
                BigInteger.ONE);

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(STAGE.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
    }

    private static Address pair(String usdc, String weth) {
        Address factory = STAGE.create(
                OwnContracts.fixture("UniswapV2Factory"),
                AbiTuple.of("(address)").encode(Address.ZERO));
        ContractFunction create = ContractFunction.of(Stage.CREATE_PAIR, "(address pair)");
        String call = create.encode(STAGE.token(Asset.WETH), STAGE.token(Asset.USDC));
        Address pair = create.decode(STAGE.read(factory, call)).address(0);
        STAGE.send(STAGE.owner(), factory, call);
        STAGE.fund(pair, Asset.USDC, usdc);
        STAGE.fund(pair, Asset.WETH, weth);
        STAGE.send(STAGE.owner(), pair, ContractFunction.of("mint(address to)").encode(STAGE.owner()));
        return pair;
    }

    @Test
    void splitsASaleBetweenTwoVenues() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        Address pair = pair("20000000", "10000");
        Sale third = Sale.uniswapV2(pair, STAGE.token(Asset.WETH), STAGE.token(Asset.USDC), 30)
                .of(Asset.WETH.amount("3").raw())
                .forAtLeast(Asset.USDC.amount("5970").raw());

        STAGE.execute(List.of(aaveFlash(STAGE.liquidation(ann.address()), third, STAGE.sale())), BigInteger.ONE);

        assertThat(STAGE.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
        assertThat(STAGE.gained(Asset.WETH)).isZero();
    }

    @Test
    void sellsOnPoolsOfBothCurveFamilies() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        // 2 000 USDC for one WETH: 2 000e6 / 1e18, times 1e18; 4 bps
        Address pool = STAGE.fixture(
                "CurveLikePool",
                "(address,address,uint256,uint256)",
                STAGE.token(Asset.WETH),
                STAGE.token(Asset.USDC),
                BigInteger.valueOf(2_000_000_000L),
                4);
        SPENDERS.add(pool);
        STAGE.fund(pool, Asset.USDC, "100000");
        var coins = new ExecutorStep.CurveCoins(0, 1);
        Sale half = Sale.curve(pool, STAGE.token(Asset.WETH), STAGE.token(Asset.USDC), coins, true)
                .of(Asset.WETH.amount("5").raw());
        Sale rest = Sale.curve(pool, STAGE.token(Asset.WETH), STAGE.token(Asset.USDC), coins, false);

        STAGE.execute(List.of(aaveFlash(STAGE.liquidation(ann.address()), half, rest)), BigInteger.ONE);

        // 19 000 * 5 % * 90 % = 855; less 4 bps of 19 855 (7.94) and 5 bps of 19 100 (9.55): 837.51
        assertThat(STAGE.gained(Asset.USDC))
                .isBetween(
                        Asset.USDC.amount("837.4").raw(),
                        Asset.USDC.amount("837.6").raw());
    }

    @Test
    void redeemsSharesOfAVaultAndSellsThroughAPlugIn() {
        stock("1000");
        // A vault of WETH at 1.25 each, held as if it had been seized: bought from a plug-in with inventory.
        Address vault = STAGE.fixture(
                "PlainVault", "(address,uint256)", STAGE.token(Asset.WETH), new BigInteger("1250000000000000000"));
        STAGE.fund(vault, Asset.WETH, "100");
        Address venue = STAGE.fixture("AdapterVenue", "()");
        STAGE.send(
                STAGE.owner(),
                vault,
                Stage.MINT.encode(venue, Asset.WETH.amount("10").raw()));
        STAGE.fall();
        // 1 000 USDC (1e9 units) buy half a share, worth 0.625 WETH, 1 250 USDC
        String rate = AbiTuple.of("(uint256)").encode(new BigInteger("500000000000000000000000000"));
        Sale buying = Sale.venue(venue, STAGE.token(Asset.USDC), vault, rate)
                .of(Asset.USDC.amount("1000").raw());

        STAGE.execute(
                List.of(buying, Sale.vault(vault, STAGE.token(Asset.WETH)), STAGE.sale()),
                Asset.USDC.amount("240").raw());

        assertThat(STAGE.held(vault, STAGE.executor())).isZero();
        assertThat(new BigDecimal(STAGE.gained(Asset.USDC), 6))
                .isCloseTo(new BigDecimal("246.25"), within(new BigDecimal("0.5")));
    }

    @Test
    void keepsTheProfitAsInventoryWhereItIsItsOwnTreasury() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.SET_TREASURY.encode(STAGE.executor()));

        Receipt receipt =
                STAGE.execute(List.of(aaveFlash(STAGE.liquidation(ann.address()), STAGE.sale())), BigInteger.ONE);

        BigInteger kept = STAGE.held(STAGE.token(Asset.USDC), STAGE.executor());
        assertThat(kept).isEqualTo(Stage.profitOf(receipt)).isPositive();
        INVENTORY.set(kept);
    }

    @Test
    void refusesAProfitBelowTheNamedOneAndNamesBoth() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        List<ExecutorStep> steps = List.of(aaveFlash(STAGE.liquidation(ann.address()), STAGE.sale()));
        BigInteger possible = STAGE.tried(steps);

        String refusal =
                STAGE.refusal(steps, possible.add(Asset.USDC.amount("1").raw()));

        assertThat(refusal).startsWith("ProfitTooSmall").contains(possible.toString());
        assertThat(STAGE.refusal(steps, possible)).startsWith("accepted");
    }

    @Test
    void refusesProceedsBelowALegsOwnMinimum() {
        Borrower ann = STAGE.somebodyBelowTheLine("ann");
        Sale greedy =
                ((Sale) STAGE.sale()).forAtLeast(Asset.USDC.amount("25000").raw());

        assertThat(STAGE.refusal(List.of(aaveFlash(STAGE.liquidation(ann.address()), greedy)), BigInteger.ZERO))
                .startsWith("ProceedsTooSmall");
    }

    @Test
    void saysWhyThePoolRefuses() {
        Borrower ann = STAGE.market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "1000");

        assertThat(STAGE.refusal(List.of(aaveFlash(STAGE.liquidation(ann.address()))), BigInteger.ZERO))
                .isEqualTo("HealthFactorNotBelowThreshold");
    }

    @Test
    void handlesATokenThatReturnsNothingAndWantsAllowancesCleared() {
        Address plain = STAGE.fixture("PlainToken", "(uint8)", 6);
        SPENDERS.add(plain);
        Address venue = STAGE.fixture("AdapterVenue", "()");
        STAGE.send(STAGE.owner(), plain, Stage.MINT.encode(STAGE.executor(), BigInteger.valueOf(1_000_000)));
        STAGE.fund(venue, Asset.USDC, "10");
        String even = AbiTuple.of("(uint256)").encode(BigInteger.TEN.pow(18));

        // It is inventory: spending it without bringing it back is refused, to the unit.
        String refusal = STAGE.refusal(
                List.of(Sale.venue(venue, plain, STAGE.token(Asset.USDC), even).of(BigInteger.ONE)), BigInteger.ONE);
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.WITHDRAW.encode(plain, 1_000_000, STAGE.owner()));

        assertThat(refusal).startsWith("Shortfall").contains("999999");
        assertThat(STAGE.held(plain, STAGE.owner())).isEqualTo(BigInteger.valueOf(1_000_000));
    }
}
