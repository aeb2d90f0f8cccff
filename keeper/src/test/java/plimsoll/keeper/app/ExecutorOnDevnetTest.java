package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ContractUtils;
import plimsoll.abi.Executor;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Opening;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.keeper.execute.ExecutorSettings;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Nonce;

/** A keeper without any inventory liquidates by our executor with flash funds, and the profit is where it was predicted to be. */
final class ExecutorOnDevnetTest {

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    @SuppressWarnings("NullAway.Init")
    private static Address executor;

    private String before = "";

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetSettings.ofSeed(51));
        executor = deploy();
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @BeforeEach
    void remember() {
        before = devnet.snapshot();
    }

    @AfterEach
    void restore() {
        devnet.revertTo(before);
    }

    @Test
    void realisesTheProfitThatItPredictedWithoutAnyFundsOfItsOwn() {
        List<Borrower> borrowers = open(1);

        List<LiquidationPlan> plans = run();

        LiquidationPlan plan = plans.getFirst();
        BaseValue repaid =
                plan.opportunity().repaid().valueAt(plan.opportunity().debt().price(), RoundingMode.CEILING);
        BaseValue realised = devnet.market()
                .balanceOf(Asset.USDC, treasury())
                .valueAt(plan.opportunity().debt().price(), RoundingMode.FLOOR);
        assertThat(realised.raw()).isCloseTo(plan.proceeds().minus(repaid).raw(), Percentage.withPercentage(0.1));
        assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        nothingIsLeft();
    }

    @Test
    void liquidatesManyOfOneBlock() {
        List<Borrower> borrowers = open(8);

        List<LiquidationPlan> plans = run();

        assertThat(plans).hasSizeGreaterThanOrEqualTo(8);
        assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        nothingIsLeft();
    }

    @Test
    void refusesAnExecutorWhoseTreasuryIsAnother() {
        Account keeper = devnet.account("keeper");
        var wrong = new ExecutorSettings(executor, true, Optional.of(keeper.address()));

        try (KeeperBench bench = KeeperBench.on(devnet, keeper, store(), wrong)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(bench::next)
                    .withMessageContaining("treasury is another");
        }
    }

    private static List<LiquidationPlan> run() {
        List<LiquidationPlan> plans = new ArrayList<>();
        var settings = new ExecutorSettings(executor, true, Optional.of(treasury()));
        try (KeeperBench keeper = KeeperBench.on(devnet, devnet.account("keeper"), store(), settings)) {
            keeper.next();
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(20));
            devnet.market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());
            keeper.rounds()
                    .forEach(round -> round.decisions().forEach(decision -> {
                        if (decision.assessment() instanceof Assessment.Act(LiquidationPlan plan)) {
                            plans.add(plan);
                        }
                    }));
        }
        return plans;
    }

    private static void nothingIsLeft() {
        for (Asset asset : Asset.values()) {
            assertThat(devnet.market().balanceOf(asset, executor).isZero())
                    .as("%s in the executor", asset)
                    .isTrue();
            assertThat(devnet.market()
                            .balanceOf(asset, devnet.account("keeper").address())
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
        return devnet.market().open(openings);
    }

    private static Address deploy() {
        Address deployer = devnet.account("owner").address();
        Nonce nonce = devnet.chain().transactionCount(deployer, BlockTag.LATEST);
        String arguments = Executor.CONSTRUCTOR.encode(
                deployer, treasury(), List.of(devnet.account("keeper").address()));
        devnet.rpc()
                .call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                deployer.hex(),
                                "data",
                                OwnContracts.executor(sentence -> {}).bytecode() + arguments.substring(2),
                                "gas",
                                "0x989680"));
        devnet.mine(1);
        return new Address(ContractUtils.generateContractAddress(deployer.hex(), BigInteger.valueOf(nonce.value())));
    }

    private static Address treasury() {
        return devnet.account("the executor's treasury").address();
    }

    private static MemoryIntentStore store() {
        return new MemoryIntentStore(InstantSource.system());
    }
}
