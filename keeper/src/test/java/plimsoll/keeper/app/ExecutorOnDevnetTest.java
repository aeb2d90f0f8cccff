package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.execute.ExecutorSettings;
import plimsoll.keeper.journal.Replay;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** A keeper without any inventory liquidates by our executor with flash funds, and the profit is where it was predicted to be. */
@OnDevnet
final class ExecutorOnDevnetTest {

    @SuppressWarnings("NullAway.Init")
    private static Address executor;

    @BeforeAll
    static void start() {
        executor = LocalExecutor.deployOn(devnet());
    }

    /** The premium, 5 bps of what is borrowed, is more than a hundredth of this profit. */
    @Test
    void realisesTheProfitThatItPredictedWithoutAnyFundsOfItsOwn() {
        List<Borrower> borrowers = open(1);
        devnet().send(
                        devnet().account("deployer").address(),
                        devnet().addresses().configurator(),
                        ContractFunction.of("updateFlashloanPremium(uint128 newFlashloanPremium)")
                                .encode(5));

        Planned planned = run().getFirst();

        BigInteger realised = devnet().market()
                .balanceOf(Asset.USDC, LocalExecutor.treasury(devnet()))
                .valueAt(planned.plan().opportunity().debt().price(), RoundingMode.FLOOR)
                .raw();
        System.out.println("Profit with Aave's funds: promised=" + planned.gain() + " realised=" + realised);
        assertThat(planned.plan().funding()).isEqualTo(Funding.FLASH_LOAN);
        assertThat(realised).isCloseTo(planned.gain(), Percentage.withPercentage(0.1));
        assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        nothingIsLeft();
    }

    @Test
    void liquidatesManyOfOneBlock() {
        List<Borrower> borrowers = open(8);

        List<Planned> plans = run();

        assertThat(plans).hasSizeGreaterThanOrEqualTo(8);
        assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        nothingIsLeft();
    }

    @Test
    void spendsTheExecutorsInventoryAndFillsItUpAgain() {
        List<Borrower> borrowers = open(2);
        TokenAmount inventory = Asset.USDC.amount("40000");
        devnet().send(
                        devnet().account("owner").address(),
                        devnet().addresses().of(Asset.USDC).token(),
                        ContractFunction.of("mint(address to, uint256 amount)").encode(executor, inventory.raw()));

        List<Planned> plans = run(false, round -> round.liquidatable().isEmpty());

        BigInteger promised = plans.stream().map(Planned::gain).reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(plans).hasSize(2).allMatch(it -> it.plan().funding() == Funding.INVENTORY);
        assertThat(gained().valueAt(Price.parse("1"), RoundingMode.FLOOR).raw())
                .isCloseTo(promised, Percentage.withPercentage(0.1));
        assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        assertThat(devnet().market().balanceOf(Asset.USDC, executor)).isEqualTo(inventory);
        assertThat(devnet().market().balanceOf(Asset.WETH, executor).isZero()).isTrue();
    }

    /** 5 000 WETH are a twentieth of the pool: all at once they would sell below what they cost. */
    @Test
    void takesAWhaleInPartsThatSell() {
        List<Borrower> whale = devnet().market()
                .open(List.of(new Opening(
                        "whale",
                        Map.of(Asset.WETH, Asset.WETH.amount("5000")),
                        Map.of(Asset.USDC, Asset.USDC.amount("9300000")))));

        List<Planned> plans = run(true, round -> !gained().isZero());

        assertThat(plans.getFirst().plan().opportunity().repaid())
                .isLessThan(Asset.USDC.amount("9000000"))
                .isGreaterThan(Asset.USDC.amount("1000000"));
        assertThat(gained()).isGreaterThan(Asset.USDC.amount("10000"));
        assertThat(whale.getFirst().data().debt()).isLessThan(BaseValue.parse("8300000"));
        nothingIsLeft();
    }

    private static TokenAmount gained() {
        return devnet().market().balanceOf(Asset.USDC, LocalExecutor.treasury(devnet()));
    }

    @Test
    void refusesAnExecutorWhoseTreasuryIsAnother() {
        Account keeper = devnet().account("keeper");
        var wrong = new ExecutorSettings(executor, true, Optional.of(keeper.address()));

        try (KeeperBench bench = KeeperBench.on(devnet(), keeper, store(), wrong)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(bench::next)
                    .withMessageContaining("treasury is another");
        }
    }

    private static List<Planned> run() {
        return run(true, round -> round.liquidatable().isEmpty());
    }

    private static List<Planned> run(boolean flash, Predicate<Round> isDone) {
        var settings = new ExecutorSettings(executor, flash, Optional.of(LocalExecutor.treasury(devnet())));
        try (KeeperBench keeper = KeeperBench.on(devnet(), devnet().account("keeper"), store(), settings)) {
            keeper.next();
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(20));
            devnet().market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            if (!isDone.test(keeper.rounds().getLast())) {
                keeper.runUntil(isDone);
            }
            devnet().mine(1); // a balance can be seen before the logs of its block
            assertThat(LocalExecutor.gasUsed(devnet(), executor))
                    .isNotEmpty()
                    .allSatisfy(used -> assertThat(used)
                            .isLessThan(KeeperSettings.usualGas(Protocol.AAVE_V3, Optional.of(settings))));
            keeper.rounds().forEach(ExecutorOnDevnetTest::isDecidedTheSameAgain);
            return Planned.sentIn(keeper.rounds());
        }
    }

    private static void isDecidedTheSameAgain(Round round) {
        Map<Address, Assessment> again = Replay.again(round.scene());
        round.decisions().forEach(decision -> assertThat(again).containsEntry(decision.account(), decision.decided()));
    }

    private static void nothingIsLeft() {
        for (Asset asset : Asset.values()) {
            assertThat(devnet().market().balanceOf(asset, executor).isZero())
                    .as("%s in the executor", asset)
                    .isTrue();
            assertThat(devnet().market()
                            .balanceOf(asset, devnet().account("keeper").address())
                            .isZero())
                    .as("%s in the signer's account", asset)
                    .isTrue();
        }
    }

    private static List<Borrower> open(int count) {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            openings.add(new Opening(
                    "borrower-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("10")),
                    Map.of(Asset.USDC, Asset.USDC.amount(Integer.toString(18_000 + 100 * i)))));
        }
        return devnet().market().open(openings);
    }

    private static MemoryIntentStore store() {
        return new MemoryIntentStore(InstantSource.system());
    }
}
