package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Asset;
import plimsoll.devnet.morpho.MorphoBlue;
import plimsoll.devnet.morpho.MorphoBorrower;
import plimsoll.devnet.morpho.MorphoMarket;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.devnet.venus.VenusBorrower;
import plimsoll.devnet.venus.VenusMarket;
import plimsoll.keeper.execute.ExecutorSettings;
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * A keeper without any funds liquidates at Morpho Blue and at Venus by our executor, and all of the profit is in the treasury. Without an
 * executor, what Venus pays in tokens of its own is redeemed before it is sold.
 */
@OnDevnet
final class ExecutorProtocolsOnDevnetTest {

    private static final ContractFunction MINT = ContractFunction.of("mint(address to, uint256 amount)");
    private static final TokenAmount GIVEN = Asset.USDC.amount("20000");
    private static final Price ONE = Price.parse("1");

    @SuppressWarnings("NullAway.Init")
    private static Address executor;

    @SuppressWarnings("NullAway.Init")
    private static MorphoMarket morpho;

    @SuppressWarnings("NullAway.Init")
    private static VenusMarket venus;

    @BeforeAll
    static void start() {
        executor = LocalExecutor.deployOn(devnet());
        morpho = MorphoBlue.deployOn(devnet())
                .createMarketOnFeeds(Asset.WETH, Asset.USDC, Wad.parse("0.86"), MorphoBlue.Interest.ADAPTIVE);
        morpho.lends("1000000");
        venus = VenusMarket.on(devnet());
    }

    @Test
    void liquidatesOnMorphoInItsCallbackForWhatWasPromised() {
        MorphoBorrower ann = morpho.borrower("ann").supplies("2").borrows("4100");
        MorphoBorrower bob = morpho.borrower("bob").supplies("3").borrows("6000");
        MorphoBorrower eve = morpho.borrower("eve").supplies("3").borrows("1000");

        List<Planned> planned = run(Protocol.MORPHO_BLUE, morpho.morpho().address(), morpho.id(), executor(true));

        assertThat(planned).hasSize(2);
        assertThat(ann.position().borrowShares().isZero()).isTrue();
        assertThat(bob.position().borrowShares().isZero()).isTrue();
        assertThat(eve.position().borrowShares().isZero()).isFalse();
        gainedWhatWasPromised(planned);
        nothingIsLeft();
    }

    @Test
    void liquidatesAtVenusRedeemsAndSellsForWhatWasPromised() {
        VenusBorrower ann = venus.borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "18000");
        VenusBorrower eve = venus.borrower("eve").supplies(Asset.WETH, "10").borrows(Asset.USDC, "3000");

        List<Planned> planned = run(Protocol.VENUS_CORE, venus.addresses().comptroller(), "", executor(true));

        assertThat(planned).isNotEmpty();
        assertThat(shortfall(ann)).isZero();
        assertThat(owed(eve)).isGreaterThanOrEqualTo(Asset.USDC.amount("3000").raw());
        gainedWhatWasPromised(planned);
        nothingIsLeft();
    }

    @Test
    void liquidatesAtVenusFromTheExecutorsInventoryAndFillsItUpAgain() {
        VenusBorrower ann = venus.borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "18000");
        give(executor);

        List<Planned> planned = run(Protocol.VENUS_CORE, venus.addresses().comptroller(), "", executor(false));

        assertThat(planned).allMatch(it -> it.plan().funding() == Funding.INVENTORY);
        assertThat(shortfall(ann)).isZero();
        gainedWhatWasPromised(planned);
        assertThat(devnet().market().balanceOf(Asset.USDC, executor)).isEqualTo(GIVEN);
        assertThat(held(venus.addresses().vToken(Asset.WETH), executor)).isZero();
    }

    @Test
    void redeemsAndSellsWhatVenusPaysToTheSignersOwnAccount() {
        VenusBorrower ann = venus.borrower("ann").supplies(Asset.WETH, "10").borrows(Asset.USDC, "18000");
        Address keeper = devnet().account("keeper").address();
        give(keeper);

        List<Planned> planned = run(Protocol.VENUS_CORE, venus.addresses().comptroller(), "", Optional.empty());

        BigInteger spent = planned.stream()
                .map(it -> it.plan().opportunity().repaid().raw())
                .reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(shortfall(ann)).isZero();
        assertThat(spent).isPositive();
        assertThat(devnet().market().balanceOf(Asset.USDC, keeper)).isGreaterThan(GIVEN);
    }

    /** Whatever Venus paid to the signer is in USDC again; an executor leaves the signer nothing to begin with. */
    private static boolean isAllRedeemedAndSold() {
        Address keeper = devnet().account("keeper").address();
        return held(venus.addresses().vToken(Asset.WETH), keeper).signum() == 0
                && devnet().market().balanceOf(Asset.WETH, keeper).isZero();
    }

    private static void give(Address account) {
        devnet().send(
                        devnet().account("owner").address(),
                        devnet().addresses().of(Asset.USDC).token(),
                        MINT.encode(account, GIVEN.raw()));
    }

    private static Optional<ExecutorSettings> executor(boolean flash) {
        return Optional.of(new ExecutorSettings(executor, flash, Optional.of(LocalExecutor.treasury(devnet()))));
    }

    private static List<Planned> run(Protocol protocol, Address contract, String part, Optional<ExecutorSettings> by) {
        KeeperSettings settings = settings(protocol, contract, part, by);
        try (KeeperBench keeper = KeeperBench.on(
                devnet(), settings, devnet().account("keeper"), new MemoryIntentStore(InstantSource.system()))) {
            assertThat(keeper.next().liquidatable()).isEmpty();
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(20));
            devnet().market().arbitrage();
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            // What one transaction leaves is taken by the next, in a later block than the one that brought the first.
            keeper.waitUntil(() -> {
                devnet().mine(1);
                return keeper.rounds().getLast().liquidatable().isEmpty() && isAllRedeemedAndSold();
            });
            by.ifPresent(_ -> assertThat(LocalExecutor.gasUsed(devnet(), executor))
                    .isNotEmpty()
                    .allSatisfy(used -> assertThat(used).isLessThan(KeeperSettings.usualGas(protocol, by))));
            return Planned.sentIn(keeper.rounds());
        }
    }

    private static KeeperSettings settings(
            Protocol protocol, Address contract, String part, Optional<ExecutorSettings> executor) {
        KeeperSettings aave = KeeperBench.settings(devnet(), true, "PLIMSOLL_TEST_KEY");
        ServiceSettings service = aave.service();
        return new KeeperSettings(
                new MarketSettings(
                        protocol.word(),
                        protocol,
                        part,
                        new ServiceSettings(
                                service.database(),
                                service.chain(),
                                contract,
                                new BlockNumber(0),
                                service.multicall(),
                                service.signer())),
                true,
                false,
                aave.policy(),
                aave.timing(),
                aave.heartbeats(),
                new KeeperSettings.Trade(aave.trade().coin(), aave.trade().venue(), executor),
                aave.guards(),
                aave.reaction());
    }

    /** Both count in dollars: Morpho's base currency is the loan token, USDC. */
    private static void gainedWhatWasPromised(List<Planned> planned) {
        BigInteger promised = planned.stream().map(Planned::gain).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger realised = devnet().market()
                .balanceOf(Asset.USDC, LocalExecutor.treasury(devnet()))
                .valueAt(ONE, RoundingMode.FLOOR)
                .raw();
        System.out.println("Profit by the executor: promised=" + promised + " realised=" + realised);
        assertThat(realised).isPositive().isCloseTo(promised, Percentage.withPercentage(0.1));
    }

    private static void nothingIsLeft() {
        for (Address holder : List.of(executor, devnet().account("keeper").address())) {
            for (Asset asset : Asset.values()) {
                assertThat(devnet().market().balanceOf(asset, holder).isZero())
                        .as("%s left", asset)
                        .isTrue();
                assertThat(held(venus.addresses().vToken(asset), holder))
                        .as("Venus' own tokens for %s left", asset)
                        .isZero();
            }
        }
        assertThat(held(venus.addresses().vToken(Asset.WETH), LocalExecutor.treasury(devnet())))
                .isZero();
    }

    private static BigInteger shortfall(VenusBorrower borrower) {
        return read(venus.addresses().comptroller(), VenusComptroller.GET_ACCOUNT_LIQUIDITY, borrower.address())
                .integer("shortfall");
    }

    private static BigInteger owed(VenusBorrower borrower) {
        return read(venus.addresses().vToken(Asset.USDC), VToken.GET_ACCOUNT_SNAPSHOT, borrower.address())
                .integer("borrowed");
    }

    private static BigInteger held(Address token, Address holder) {
        return read(token, Erc20.BALANCE_OF, holder).integer(0);
    }

    private static AbiValues read(Address contract, ContractFunction function, Object... arguments) {
        return function.decode(devnet().chain().call(contract, function.encode(arguments), BlockTag.LATEST));
    }
}
