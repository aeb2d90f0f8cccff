package plimsoll.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension
    static final Stage STAGE = Stage.start(32);

    @SuppressWarnings("NullAway.Init")
    private static Address hostile;

    @BeforeAll
    static void stock() {
        STAGE.fund(STAGE.executor(), Asset.USDC, "50000");
        STAGE.fund(STAGE.executor(), Asset.LINK, "100");
        hostile = STAGE.fixture("HostileLender", "()");
        STAGE.fund(hostile, Asset.USDC, "1");
        STAGE.devnet().fundEther(hostile, Wei.parse("10"));
    }

    @AfterEach
    void holdsItsInventory() {
        assertThat(STAGE.held(STAGE.token(Asset.USDC), STAGE.executor())).isEqualTo(INVENTORY);
        assertThat(STAGE.held(STAGE.token(Asset.LINK), STAGE.executor()))
                .isEqualTo(Asset.LINK.amount("100").raw());
    }

    private static Address token(Asset asset) {
        return STAGE.token(asset);
    }

    private static Address somebody() {
        return STAGE.devnet().account("somebody").address();
    }

    private static String executeNothing() {
        return Executor.execute(List.of(), token(Asset.USDC), BigInteger.ZERO);
    }

    @Test
    void letsOnlyOperatorsExecute() {
        assertThat(STAGE.refusal(somebody(), STAGE.executor(), executeNothing()))
                .startsWith("NotOperator");
        assertThat(STAGE.refusal(STAGE.owner(), STAGE.executor(), executeNothing()))
                .startsWith("NotOperator");
        assertThat(STAGE.refusal(STAGE.operator(), STAGE.executor(), executeNothing()))
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
            assertThat(STAGE.refusal(STAGE.operator(), STAGE.executor(), call)).startsWith("NotOwner");
            assertThat(STAGE.refusal(somebody(), STAGE.executor(), call)).startsWith("NotOwner");
            assertThat(STAGE.refusal(STAGE.owner(), STAGE.executor(), call)).startsWith("accepted");
        }
    }

    @Test
    void handsOwnershipOverInTwoSteps() {
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.OFFER_OWNERSHIP.encode(somebody()));
        String tooEarly = STAGE.refusal(somebody(), STAGE.executor(), Executor.SET_PAUSED.encode(true));
        String wrongOne = STAGE.refusal(STAGE.operator(), STAGE.executor(), Executor.ACCEPT_OWNERSHIP.encode());
        STAGE.send(somebody(), STAGE.executor(), Executor.ACCEPT_OWNERSHIP.encode());

        assertThat(tooEarly).startsWith("NotOwner");
        assertThat(wrongOne).startsWith("NotPendingOwner");
        assertThat(Executor.OWNER
                        .decode(STAGE.read(STAGE.executor(), Executor.OWNER.encode()))
                        .address(0))
                .isEqualTo(somebody());
        assertThat(STAGE.refusal(STAGE.owner(), STAGE.executor(), Executor.SET_PAUSED.encode(true)))
                .startsWith("NotOwner");
    }

    @Test
    void executesNothingWhilePaused() {
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.SET_PAUSED.encode(true));

        assertThat(STAGE.refusal(STAGE.operator(), STAGE.executor(), executeNothing()))
                .startsWith("IsPaused");
    }

    @Test
    void forgetsAnOperatorAtOnce() {
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.SET_OPERATOR.encode(STAGE.operator(), false));

        assertThat(STAGE.refusal(STAGE.operator(), STAGE.executor(), executeNothing()))
                .startsWith("NotOperator");
    }

    @Test
    void takesNoCoinOutsideAnExecution() {
        assertThat(STAGE.refusal(somebody(), STAGE.executor(), "0x")).startsWith("CoinNotExpected");
    }

    @Test
    void answersNoCallbackOutsideAnExecution() {
        String data = LOAN_DATA.encode(token(Asset.USDC), List.of());
        Address us = STAGE.executor();
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
            assertThat(STAGE.refusal(somebody(), us, call)).startsWith("UnexpectedCallback");
            assertThat(STAGE.refusal(STAGE.operator(), us, call)).startsWith("UnexpectedCallback");
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

        assertThat(STAGE.refusal(List.of(loan), BigInteger.ZERO)).startsWith(expected);
        assertThat(STAGE.allowance(token(Asset.USDC), hostile)).isZero();
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

        STAGE.execute(
                List.of(new ExecutorStep.AaveFlash(
                        hostile, token(Asset.USDC), Asset.USDC.amount("1000").raw(), List.of())),
                BigInteger.ZERO);

        assertThat(STAGE.allowance(token(Asset.USDC), hostile)).isZero();
    }

    @Test
    void isNotEnteredAgainByAnOperatorThatItCalls() {
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.SET_OPERATOR.encode(hostile, true));
        prepare(Attack.REENTER, executeNothing());

        assertThat(STAGE.refusal(
                        List.of(new ExecutorStep.AaveFlash(hostile, token(Asset.USDC), BigInteger.ONE, List.of())),
                        BigInteger.ZERO))
                .startsWith("Busy");
    }

    @Test
    void letsNotEvenTheOwnerWithdrawInTheMiddle() {
        STAGE.send(STAGE.owner(), STAGE.executor(), Executor.OFFER_OWNERSHIP.encode(hostile));
        prepare(Attack.REENTER, Executor.ACCEPT_OWNERSHIP.encode());
        ExecutorStep loan = new ExecutorStep.AaveFlash(hostile, token(Asset.USDC), BigInteger.ONE, List.of());
        // The lender becomes owner in a first execution, whose loan it then does not serve: nothing of it stands.
        assertThat(STAGE.refusal(List.of(loan), BigInteger.ZERO)).startsWith("CallbackMissing");
        STAGE.send(hostile, STAGE.executor(), Executor.ACCEPT_OWNERSHIP.encode());
        prepare(Attack.REENTER, Executor.WITHDRAW.encode(token(Asset.USDC), INVENTORY, hostile));

        assertThat(STAGE.refusal(List.of(loan), BigInteger.ZERO)).startsWith("Busy");
    }

    @Test
    void losesNothingToAVenueThatKeepsWhatItGets() {
        Sale sale =
                Sale.venue(hostile, token(Asset.USDC), token(Asset.LINK), "0x").of(INVENTORY);

        assertThat(STAGE.refusal(List.of(sale), BigInteger.ZERO)).startsWith("Shortfall");
    }

    @Test
    void losesNothingToAPoolThatAsksForMore() {
        Address prey = token(Asset.USDC);
        STAGE.send(somebody(), hostile, PREPARE.encode(0, STAGE.executor(), prey, "0x"));
        Sale sale = Sale.uniswapV3(hostile, prey, token(Asset.LINK)).of(BigInteger.ONE);

        assertThat(STAGE.refusal(List.of(sale), BigInteger.ZERO)).startsWith("Shortfall");
    }

    @Test
    void approvesNothingToAPoolBeyondTheCall() {
        ExecutorStep liquidation = new ExecutorStep.MayFail(new ExecutorStep.AaveLiquidation(
                hostile, token(Asset.LINK), token(Asset.USDC), somebody(), ExecutorStep.ALL));

        STAGE.execute(List.of(liquidation), BigInteger.ZERO);

        assertThat(STAGE.allowance(token(Asset.USDC), hostile)).isZero();
    }

    @Test
    void withdrawsForTheOwner() {
        STAGE.fund(STAGE.executor(), Asset.WETH, "3");

        STAGE.send(
                STAGE.owner(),
                STAGE.executor(),
                Executor.WITHDRAW.encode(
                        token(Asset.WETH), Asset.WETH.amount("3").raw(), somebody()));

        assertThat(STAGE.held(token(Asset.WETH), somebody()))
                .isEqualTo(Asset.WETH.amount("3").raw());
    }

    private static void prepare(Attack attack, String call) {
        STAGE.send(somebody(), hostile, PREPARE.encode(attack.number, STAGE.executor(), token(Asset.LINK), call));
    }
}
