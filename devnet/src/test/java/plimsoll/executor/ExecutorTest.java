package plimsoll.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    @SuppressWarnings("NullAway.Init")
    private static Stage stage;

    private String before = "";

    @BeforeAll
    static void start() {
        stage = Stage.start(31);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void remember() {
        before = stage.devnet().snapshot();
    }

    @AfterEach
    void restore() {
        nothingIsLeft();
        stage.devnet().revertTo(before);
    }

    /** What the executor holds is what it held at first, which is nothing but inventory; nobody may take any of it. */
    private static void nothingIsLeft() {
        for (Asset asset : Asset.values()) {
            Address token = stage.token(asset);
            BigInteger inventory = asset == Asset.USDC ? INVENTORY.get() : BigInteger.ZERO;
            assertThat(stage.held(token, stage.executor())).as("%s held", asset).isEqualTo(inventory);
            List<Address> spenders = new ArrayList<>(SPENDERS);
            spenders.add(stage.pool());
            spenders.forEach(spender -> assertThat(stage.allowance(token, spender))
                    .as("%s allowed", asset)
                    .isZero());
        }
        INVENTORY.set(BigInteger.ZERO);
        SPENDERS.clear();
    }

    private static void stock(String usdc) {
        stage.fund(stage.executor(), Asset.USDC, usdc);
        INVENTORY.set(Asset.USDC.amount(usdc).raw());
    }

    private static ExecutorStep aaveFlash(ExecutorStep... steps) {
        return new ExecutorStep.AaveFlash(stage.pool(), stage.token(Asset.USDC), FLASH, List.of(steps));
    }

    @Test
    void bringsTheProfitThatWasPredictedToTheUnitWithFlashFunds() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        List<ExecutorStep> steps = List.of(aaveFlash(stage.liquidation(ann.address()), stage.sale()));

        BigInteger predicted = stage.tried(steps);
        Receipt receipt =
                stage.execute(steps, predicted.multiply(BigInteger.valueOf(999)).divide(BigInteger.valueOf(1000)));

        assertThat(ann.data().isLiquidatable()).isFalse();
        // Interest of one block lies between the trial and the transaction.
        assertThat(stage.gained(Asset.USDC)).isCloseTo(predicted, Percentage.withPercentage(0.1));
        assertThat(stage.gained(Asset.USDC)).isEqualTo(Stage.profitOf(receipt)).isEqualTo(accountedProfit(receipt));
    }

    /** Sale less repayment less premium, each from the contracts that saw it. */
    private static BigInteger accountedProfit(Receipt receipt) {
        AbiValues liquidation =
                Stage.event(receipt, AavePool.LIQUIDATION_CALL_EVENT).orElseThrow();
        assertThat(liquidation.integer("liquidatedCollateralAmount")).isPositive();
        return Stage.soldFor(receipt)
                .subtract(liquidation.integer("debtToCover"))
                .subtract(stage.flashPremium(FLASH));
    }

    @Test
    void spendsItsInventoryAndFillsItUpAgain() {
        stock("20000");
        Borrower ann = stage.somebodyBelowTheLine("ann");

        stage.execute(List.of(stage.liquidation(ann.address()), stage.sale()), BigInteger.ONE);

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(stage.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
    }

    @Test
    void borrowsFromAUniswapPoolThatItDoesNotTradeIn() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        Address lender = stage.uniswapV3(Asset.WBTC, Asset.USDC);

        stage.execute(
                List.of(new ExecutorStep.UniswapV3Flash(
                        lender,
                        stage.token(Asset.USDC),
                        FLASH,
                        List.of(stage.liquidation(ann.address()), stage.sale()))),
                BigInteger.ONE);

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(stage.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
    }

    @Test
    void paysForASwapWithWhatItSeizesAndKeepsTheProfitInCollateral() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        Address pool = stage.uniswapV3(Asset.WETH, Asset.USDC);
        List<ExecutorStep> steps = List.of(new ExecutorStep.UniswapV3FlashSwap(
                pool,
                stage.token(Asset.WETH),
                stage.token(Asset.USDC),
                FLASH,
                List.of(stage.liquidation(ann.address()))));

        stage.send(
                stage.operator(),
                stage.executor(),
                Executor.execute(
                        steps, stage.token(Asset.WETH), Asset.WETH.amount("0.3").raw()));

        assertThat(stage.gained(Asset.WETH))
                .isGreaterThan(Asset.WETH.amount("0.3").raw());
        assertThat(stage.gained(Asset.USDC)).isLessThan(Asset.USDC.amount("101").raw());
    }

    @Test
    void liquidatesSeveralAccountsAndGoesOnWhereOneIsGone() {
        Borrower ann = stage.market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "19000");
        Borrower bob = stage.market().borrower("bob").supplies(Asset.WETH, "20").borrows(Asset.USDC, "38000");
        Borrower eve = stage.market().borrower("eve").supplies(Asset.WETH, "10").borrows(Asset.USDC, "1000");
        stage.fall();
        ExecutorStep flash = new ExecutorStep.AaveFlash(
                stage.pool(),
                stage.token(Asset.USDC),
                Asset.USDC.amount("58000").raw(),
                List.of(
                        new ExecutorStep.MayFail(stage.liquidation(ann.address())),
                        new ExecutorStep.MayFail(stage.liquidation(eve.address())),
                        new ExecutorStep.MayFail(stage.liquidation(bob.address())),
                        stage.sale()));

        Receipt receipt =
                stage.execute(List.of(flash), Asset.USDC.amount("2000").raw());

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(bob.data().isLiquidatable()).isFalse();
        AbiValues failure = Stage.event(receipt, Executor.STEP_FAILED_EVENT).orElseThrow();
        assertThat(RevertReason.decode(failure.hex("reason")).describe()).isEqualTo("HealthFactorNotBelowThreshold");
    }

    @Test
    void sellsOnAUniswapV2Pair() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        Address pair = pair("20000000", "10000");

        stage.execute(
                List.of(aaveFlash(
                        stage.liquidation(ann.address()),
                        Sale.uniswapV2(pair, stage.token(Asset.WETH), stage.token(Asset.USDC), 30))),
                BigInteger.ONE);

        assertThat(ann.data().isLiquidatable()).isFalse();
        assertThat(stage.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
    }

    private static Address pair(String usdc, String weth) {
        Address factory = stage.create(
                OwnContracts.fixture("UniswapV2Factory"),
                AbiTuple.of("(address)").encode(Address.ZERO));
        ContractFunction create = ContractFunction.of(Stage.CREATE_PAIR, "(address pair)");
        String call = create.encode(stage.token(Asset.WETH), stage.token(Asset.USDC));
        Address pair = create.decode(stage.read(factory, call)).address(0);
        stage.send(stage.owner(), factory, call);
        stage.fund(pair, Asset.USDC, usdc);
        stage.fund(pair, Asset.WETH, weth);
        stage.send(stage.owner(), pair, ContractFunction.of("mint(address to)").encode(stage.owner()));
        return pair;
    }

    @Test
    void splitsASaleBetweenTwoVenues() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        Address pair = pair("20000000", "10000");
        Sale third = Sale.uniswapV2(pair, stage.token(Asset.WETH), stage.token(Asset.USDC), 30)
                .of(Asset.WETH.amount("3").raw())
                .forAtLeast(Asset.USDC.amount("5970").raw());

        stage.execute(List.of(aaveFlash(stage.liquidation(ann.address()), third, stage.sale())), BigInteger.ONE);

        assertThat(stage.gained(Asset.USDC))
                .isGreaterThan(Asset.USDC.amount("700").raw());
        assertThat(stage.gained(Asset.WETH)).isZero();
    }

    @Test
    void sellsOnPoolsOfBothCurveFamilies() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        // 2 000 USDC for one WETH: 2 000e6 / 1e18, times 1e18; 4 bps
        Address pool = stage.fixture(
                "CurveLikePool",
                "(address,address,uint256,uint256)",
                stage.token(Asset.WETH),
                stage.token(Asset.USDC),
                BigInteger.valueOf(2_000_000_000L),
                4);
        SPENDERS.add(pool);
        stage.fund(pool, Asset.USDC, "100000");
        var coins = new ExecutorStep.CurveCoins(0, 1);
        Sale half = Sale.curve(pool, stage.token(Asset.WETH), stage.token(Asset.USDC), coins, true)
                .of(Asset.WETH.amount("5").raw());
        Sale rest = Sale.curve(pool, stage.token(Asset.WETH), stage.token(Asset.USDC), coins, false);

        stage.execute(List.of(aaveFlash(stage.liquidation(ann.address()), half, rest)), BigInteger.ONE);

        // 19 000 * 5 % * 90 % = 855; less 4 bps of 19 855 (7.94) and 5 bps of 19 100 (9.55): 837.51
        assertThat(stage.gained(Asset.USDC))
                .isBetween(
                        Asset.USDC.amount("837.4").raw(),
                        Asset.USDC.amount("837.6").raw());
    }

    @Test
    void redeemsSharesOfAVaultAndSellsThroughAPlugIn() {
        stock("1000");
        // A vault of WETH at 1.25 each, held as if it had been seized: bought from a plug-in with inventory.
        Address vault = stage.fixture(
                "PlainVault", "(address,uint256)", stage.token(Asset.WETH), new BigInteger("1250000000000000000"));
        stage.fund(vault, Asset.WETH, "100");
        Address venue = stage.fixture("AdapterVenue", "()");
        stage.send(
                stage.owner(),
                vault,
                Stage.MINT.encode(venue, Asset.WETH.amount("10").raw()));
        stage.fall();
        // 1 000 USDC (1e9 units) buy half a share, worth 0.625 WETH, 1 250 USDC
        String rate = AbiTuple.of("(uint256)").encode(new BigInteger("500000000000000000000000000"));
        Sale buying = Sale.venue(venue, stage.token(Asset.USDC), vault, rate)
                .of(Asset.USDC.amount("1000").raw());

        stage.execute(
                List.of(buying, Sale.vault(vault, stage.token(Asset.WETH)), stage.sale()),
                Asset.USDC.amount("240").raw());

        assertThat(stage.held(vault, stage.executor())).isZero();
        assertThat(new BigDecimal(stage.gained(Asset.USDC), 6))
                .isCloseTo(new BigDecimal("246.25"), within(new BigDecimal("0.5")));
    }

    @Test
    void keepsTheProfitAsInventoryWhereItIsItsOwnTreasury() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        stage.send(stage.owner(), stage.executor(), Executor.SET_TREASURY.encode(stage.executor()));

        Receipt receipt =
                stage.execute(List.of(aaveFlash(stage.liquidation(ann.address()), stage.sale())), BigInteger.ONE);

        BigInteger kept = stage.held(stage.token(Asset.USDC), stage.executor());
        assertThat(kept).isEqualTo(Stage.profitOf(receipt)).isPositive();
        INVENTORY.set(kept);
    }

    @Test
    void refusesAProfitBelowTheNamedOneAndNamesBoth() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        List<ExecutorStep> steps = List.of(aaveFlash(stage.liquidation(ann.address()), stage.sale()));
        BigInteger possible = stage.tried(steps);

        String refusal =
                stage.refusal(steps, possible.add(Asset.USDC.amount("1").raw()));

        assertThat(refusal).startsWith("ProfitTooSmall").contains(possible.toString());
        assertThat(stage.refusal(steps, possible)).startsWith("accepted");
    }

    @Test
    void refusesProceedsBelowALegsOwnMinimum() {
        Borrower ann = stage.somebodyBelowTheLine("ann");
        Sale greedy =
                ((Sale) stage.sale()).forAtLeast(Asset.USDC.amount("25000").raw());

        assertThat(stage.refusal(List.of(aaveFlash(stage.liquidation(ann.address()), greedy)), BigInteger.ZERO))
                .startsWith("ProceedsTooSmall");
    }

    @Test
    void saysWhyThePoolRefuses() {
        Borrower ann = stage.market().borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "1000");

        assertThat(stage.refusal(List.of(aaveFlash(stage.liquidation(ann.address()))), BigInteger.ZERO))
                .isEqualTo("HealthFactorNotBelowThreshold");
    }

    @Test
    void handlesATokenThatReturnsNothingAndWantsAllowancesCleared() {
        Address plain = stage.fixture("PlainToken", "(uint8)", 6);
        SPENDERS.add(plain);
        Address venue = stage.fixture("AdapterVenue", "()");
        stage.send(stage.owner(), plain, Stage.MINT.encode(stage.executor(), BigInteger.valueOf(1_000_000)));
        stage.fund(venue, Asset.USDC, "10");
        String even = AbiTuple.of("(uint256)").encode(BigInteger.TEN.pow(18));

        // It is inventory: spending it without bringing it back is refused, to the unit.
        String refusal = stage.refusal(
                List.of(Sale.venue(venue, plain, stage.token(Asset.USDC), even).of(BigInteger.ONE)), BigInteger.ONE);
        stage.send(stage.owner(), stage.executor(), Executor.WITHDRAW.encode(plain, 1_000_000, stage.owner()));

        assertThat(refusal).startsWith("Shortfall").contains("999999");
        assertThat(stage.held(plain, stage.owner())).isEqualTo(BigInteger.valueOf(1_000_000));
    }
}
