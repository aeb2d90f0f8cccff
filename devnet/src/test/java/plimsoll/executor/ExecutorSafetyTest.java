package plimsoll.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Executor;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.ExecutorStep.Sale;
import plimsoll.devnet.Asset;
import plimsoll.units.Address;
import plimsoll.units.Wei;

/** Nobody but the owner takes anything out of the executor, whoever calls it and whatever it is made to call. */
final class ExecutorSafetyTest {

    private static final BigInteger INVENTORY = Asset.USDC.amount("50000").raw();
    private static final ContractFunction PREPARE =
            ContractFunction.of("prepare(uint8 attack, address victim, address prey, bytes call)");
    private static final ContractFunction AAVE_CALLBACK = ContractFunction.of(
            "executeOperation(address asset, uint256 amount, uint256 premium, address initiator, bytes data)",
            "(bool)");
    private static final AbiTuple LOAN_DATA =
            AbiTuple.of("(address token, (uint8 kind, bool mayFail, bytes data)[] steps)");

    @SuppressWarnings("NullAway.Init")
    private static Stage stage;

    @SuppressWarnings("NullAway.Init")
    private static Address hostile;

    private String before = "";

    @BeforeAll
    static void start() {
        stage = Stage.start(32);
        stage.fund(stage.executor(), Asset.USDC, "50000");
        stage.fund(stage.executor(), Asset.LINK, "100");
        hostile = stage.fixture("HostileLender", "()");
        stage.fund(hostile, Asset.USDC, "1");
        stage.devnet().fundEther(hostile, Wei.parse("1"));
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
        assertThat(stage.held(stage.token(Asset.USDC), stage.executor())).isEqualTo(INVENTORY);
        assertThat(stage.held(stage.token(Asset.LINK), stage.executor()))
                .isEqualTo(Asset.LINK.amount("100").raw());
        stage.devnet().revertTo(before);
    }

    private static Address token(Asset asset) {
        return stage.token(asset);
    }

    private static Address somebody() {
        return stage.devnet().account("somebody").address();
    }

    private static String executeNothing() {
        return Executor.execute(List.of(), token(Asset.USDC), BigInteger.ZERO);
    }

    @Test
    void letsOnlyOperatorsExecute() {
        assertThat(stage.refusal(somebody(), stage.executor(), executeNothing()))
                .startsWith("NotOperator");
        assertThat(stage.refusal(stage.owner(), stage.executor(), executeNothing()))
                .startsWith("NotOperator");
        assertThat(stage.refusal(stage.operator(), stage.executor(), executeNothing()))
                .startsWith("accepted");
    }

    @Test
    void letsOnlyTheOwnerAdminister() {
        List<String> calls = List.of(
                Executor.SET_OPERATOR.encode(somebody(), true),
                Executor.SET_TREASURY.encode(somebody()),
                Executor.SET_PAUSED.encode(true),
                Executor.OFFER_OWNERSHIP.encode(somebody()),
                Executor.WITHDRAW.encode(token(Asset.USDC), 1, somebody()));

        for (String call : calls) {
            assertThat(stage.refusal(stage.operator(), stage.executor(), call)).startsWith("NotOwner");
            assertThat(stage.refusal(somebody(), stage.executor(), call)).startsWith("NotOwner");
            assertThat(stage.refusal(stage.owner(), stage.executor(), call)).startsWith("accepted");
        }
    }

    @Test
    void handsOwnershipOverInTwoSteps() {
        stage.send(stage.owner(), stage.executor(), Executor.OFFER_OWNERSHIP.encode(somebody()));
        String tooEarly = stage.refusal(somebody(), stage.executor(), Executor.SET_PAUSED.encode(true));
        String wrongOne = stage.refusal(stage.operator(), stage.executor(), Executor.ACCEPT_OWNERSHIP.encode());
        stage.send(somebody(), stage.executor(), Executor.ACCEPT_OWNERSHIP.encode());

        assertThat(tooEarly).startsWith("NotOwner");
        assertThat(wrongOne).startsWith("NotPendingOwner");
        assertThat(Executor.OWNER
                        .decode(stage.read(stage.executor(), Executor.OWNER.encode()))
                        .address(0))
                .isEqualTo(somebody());
        assertThat(stage.refusal(stage.owner(), stage.executor(), Executor.SET_PAUSED.encode(true)))
                .startsWith("NotOwner");
    }

    @Test
    void executesNothingWhilePaused() {
        stage.send(stage.owner(), stage.executor(), Executor.SET_PAUSED.encode(true));

        assertThat(stage.refusal(stage.operator(), stage.executor(), executeNothing()))
                .startsWith("IsPaused");
    }

    @Test
    void forgetsAnOperatorAtOnce() {
        stage.send(stage.owner(), stage.executor(), Executor.SET_OPERATOR.encode(stage.operator(), false));

        assertThat(stage.refusal(stage.operator(), stage.executor(), executeNothing()))
                .startsWith("NotOperator");
    }

    @Test
    void takesNoCoinOutsideAnExecution() {
        assertThat(stage.refusal(somebody(), stage.executor(), "0x")).startsWith("CoinNotExpected");
    }

    @Test
    void answersNoCallbackOutsideAnExecution() {
        String data = LOAN_DATA.encode(token(Asset.USDC), List.of());
        Address us = stage.executor();
        for (String call : List.of(
                AAVE_CALLBACK.encode(token(Asset.USDC), 1, 0, us, data),
                ContractFunction.of("onMorphoFlashLoan(uint256 assets, bytes data)")
                        .encode(1, data),
                ContractFunction.of("onMorphoLiquidate(uint256 repaid, bytes data)")
                        .encode(1, data),
                ContractFunction.of("onPreLiquidate(uint256 repaid, bytes data)")
                        .encode(1, data),
                ContractFunction.of("uniswapV3FlashCallback(uint256 fee0, uint256 fee1, bytes data)")
                        .encode(1, 0, data),
                ContractFunction.of("uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes data)")
                        .encode(1, 0, data),
                ContractFunction.of("pancakeV3SwapCallback(int256 amount0, int256 amount1, bytes data)")
                        .encode(1, 0, data),
                ContractFunction.of("pancakeV3FlashCallback(uint256 fee0, uint256 fee1, bytes data)")
                        .encode(1, 0, data))) {
            assertThat(stage.refusal(somebody(), us, call)).startsWith("UnexpectedCallback");
            assertThat(stage.refusal(stage.operator(), us, call)).startsWith("UnexpectedCallback");
        }
    }

    /** The operator's key is stolen and names a lender of its own, which then does as it likes. */
    @ParameterizedTest
    @CsvSource({
        "ASK_TWICE, UnexpectedCallback",
        "OTHER_DATA, UnexpectedCallback",
        "OTHER_ASSET, UnexpectedCallback",
        "REENTER, NotOperator",
        "CALL_NOBODY, CallbackMissing",
        "TAKE_TOO_MUCH, Shortfall",
        "OTHER_CALLBACK, accepted"
    })
    void survivesAHostileLender(Attack attack, String expected) {
        String own = attack == Attack.REENTER ? executeNothing() : LOAN_DATA.encode(token(Asset.LINK), List.of());
        prepare(attack, own);
        ExecutorStep loan = new ExecutorStep.AaveFlash(hostile, token(Asset.USDC), BigInteger.ONE, List.of());

        assertThat(stage.refusal(List.of(loan), BigInteger.ZERO)).startsWith(expected);
        assertThat(stage.allowance(token(Asset.USDC), hostile)).isZero();
    }

    /** As HostileLender numbers them. */
    enum Attack {
        ASK_TWICE(0),
        OTHER_DATA(1),
        OTHER_ASSET(2),
        REENTER(3),
        LEAVE_ALLOWANCE(4),
        CALL_NOBODY(5),
        TAKE_TOO_MUCH(6),
        OTHER_CALLBACK(7);

        private final int number;

        Attack(int number) {
            this.number = number;
        }
    }

    @Test
    void takesAnAllowanceBackThatWasNotUsed() {
        prepare(Attack.LEAVE_ALLOWANCE, "0x");

        stage.execute(
                List.of(new ExecutorStep.AaveFlash(
                        hostile, token(Asset.USDC), Asset.USDC.amount("1000").raw(), List.of())),
                BigInteger.ZERO);

        assertThat(stage.allowance(token(Asset.USDC), hostile)).isZero();
    }

    @Test
    void isNotEnteredAgainByAnOperatorThatItCalls() {
        stage.send(stage.owner(), stage.executor(), Executor.SET_OPERATOR.encode(hostile, true));
        prepare(Attack.REENTER, executeNothing());

        assertThat(stage.refusal(
                        List.of(new ExecutorStep.AaveFlash(hostile, token(Asset.USDC), BigInteger.ONE, List.of())),
                        BigInteger.ZERO))
                .startsWith("Busy");
    }

    @Test
    void letsNotEvenTheOwnerWithdrawInTheMiddle() {
        stage.send(stage.owner(), stage.executor(), Executor.OFFER_OWNERSHIP.encode(hostile));
        prepare(Attack.REENTER, Executor.ACCEPT_OWNERSHIP.encode());
        ExecutorStep loan = new ExecutorStep.AaveFlash(hostile, token(Asset.USDC), BigInteger.ONE, List.of());
        // The lender becomes owner in a first execution, whose loan it then does not serve: nothing of it stands.
        assertThat(stage.refusal(List.of(loan), BigInteger.ZERO)).startsWith("CallbackMissing");
        stage.send(hostile, stage.executor(), Executor.ACCEPT_OWNERSHIP.encode());
        prepare(Attack.REENTER, Executor.WITHDRAW.encode(token(Asset.USDC), INVENTORY, hostile));

        assertThat(stage.refusal(List.of(loan), BigInteger.ZERO)).startsWith("Busy");
    }

    @Test
    void losesNothingToAVenueThatKeepsWhatItGets() {
        Sale sale =
                Sale.venue(hostile, token(Asset.USDC), token(Asset.LINK), "0x").of(INVENTORY);

        assertThat(stage.refusal(List.of(sale), BigInteger.ZERO)).startsWith("Shortfall");
    }

    @Test
    void losesNothingToAPoolThatAsksForMore() {
        Address prey = token(Asset.USDC);
        stage.send(somebody(), hostile, PREPARE.encode(0, stage.executor(), prey, "0x"));
        Sale sale = Sale.uniswapV3(hostile, prey, token(Asset.LINK)).of(BigInteger.ONE);

        assertThat(stage.refusal(List.of(sale), BigInteger.ZERO)).startsWith("Shortfall");
    }

    @Test
    void approvesNothingToAPoolBeyondTheCall() {
        ExecutorStep liquidation = new ExecutorStep.MayFail(new ExecutorStep.AaveLiquidation(
                hostile, token(Asset.LINK), token(Asset.USDC), somebody(), ExecutorStep.ALL));

        stage.execute(List.of(liquidation), BigInteger.ZERO);

        assertThat(stage.allowance(token(Asset.USDC), hostile)).isZero();
    }

    @Test
    void withdrawsForTheOwner() {
        stage.fund(stage.executor(), Asset.WETH, "3");

        stage.send(
                stage.owner(),
                stage.executor(),
                Executor.WITHDRAW.encode(
                        token(Asset.WETH), Asset.WETH.amount("3").raw(), somebody()));

        assertThat(stage.held(token(Asset.WETH), somebody()))
                .isEqualTo(Asset.WETH.amount("3").raw());
    }

    private static void prepare(Attack attack, String call) {
        stage.send(somebody(), hostile, PREPARE.encode(attack.number, stage.executor(), token(Asset.LINK), call));
    }
}
