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
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Address;

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
        var settings = new ExecutorSettings(executor, true, Optional.of(LocalExecutor.treasury(devnet())));
        try (KeeperBench keeper = KeeperBench.on(devnet(), devnet().account("keeper"), store(), settings)) {
            keeper.next();
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(20));
            devnet().market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());
            assertThat(LocalExecutor.gasUsed(devnet(), executor)).isNotEmpty().allSatisfy(used -> assertThat(used)
                    .isLessThan(KeeperSettings.usualGas(Protocol.AAVE_V3, Optional.of(settings))));
            return Planned.sentIn(keeper.rounds());
        }
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
