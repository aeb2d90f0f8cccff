package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Morpho;
import plimsoll.abi.PreLiquidation;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.morpho.MorphoBlue;
import plimsoll.devnet.morpho.MorphoBlue.Interest;
import plimsoll.devnet.morpho.MorphoBorrower;
import plimsoll.devnet.morpho.MorphoMarket;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.execute.Venue;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketExtract;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Pair;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.protocol.morpho.PreLiquidationTerms;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** The keeper against the real Morpho Blue: whole rounds of the engine, nothing of it replaced. */
@OnDevnet
final class MorphoOnDevnetTest {

    private static final Wad LLTV = Wad.parse("0.86");

    @SuppressWarnings("NullAway.Init")
    private static MorphoBlue morpho;

    @BeforeAll
    static void start() {
        morpho = MorphoBlue.deployOn(devnet());
    }

    @Test
    void liquidatesWhatAPriceFallPutsBelowTheLineToTheWei() {
        MorphoMarket market = market(Interest.FIXED); // without interest no wei depends on the block
        List<MorphoBorrower> borrowers = borrowers(market, 3_000, 3_500, 3_900, 4_100, 4_299);
        Account wallet = wallet();
        TokenAmount usdcBefore = balance(Asset.USDC, wallet);

        try (KeeperBench keeper = KeeperBench.on(devnet(), settings(market, market.id(), false), wallet, store())) {
            Round first = keeper.next();
            assertThat(first.positions()).isEqualTo(borrowers.size());
            assertThat(first.liquidatable()).isEmpty();

            devnet().market().priceOf(Asset.WETH).fallsBy(percent(12));
            keeper.runUntil(round -> !round.liquidatable().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());

            // 2 WETH at 2 200 carry 3 784 USDC: three owe more
            Map<Address, Opportunity> planned = planned(keeper.rounds());
            List<AbiValues> done = devnet().events(morpho.address(), Morpho.LIQUIDATE_EVENT);
            assertThat(planned).hasSize(3);
            assertThat(done).hasSize(3);
            BigInteger paid = BigInteger.ZERO;
            BigInteger got = BigInteger.ZERO;
            for (AbiValues event : done) {
                Opportunity plan = Objects.requireNonNull(planned.get(event.address("borrower")));
                assertThat(event.integer("repaidAssets"))
                        .isEqualTo(plan.repaid().raw());
                assertThat(event.integer("seizedAssets"))
                        .isEqualTo(plan.received().raw());
                paid = paid.add(event.integer("repaidAssets"));
                got = got.add(event.integer("seizedAssets"));
            }
            assertThat(usdcBefore.minus(balance(Asset.USDC, wallet)).raw()).isEqualTo(paid);
            assertThat(balance(Asset.WETH, wallet).raw()).isEqualTo(got);
            assertThat(borrowers.get(4).position().borrowShares().isZero()).isTrue();
            bookEqualsChain(keeper, borrowers);
            whatWasWrittenDownAnswersTheSame(keeper.rounds());
        }
    }

    @Test
    void preLiquidatesThoseWhoAuthorisedItAndNobodyElse() {
        MorphoMarket market = market(Interest.ADAPTIVE);
        Address offer = market.offersPreLiquidation(new PreLiquidationTerms(
                Wad.parse("0.8"), Wad.parse("0.2"), Wad.parse("0.6"), Wad.parse("1.03"), Wad.parse("1.04")));
        List<MorphoBorrower> borrowers = borrowers(market, 3_600, 3_600, 2_000);
        borrowers.get(0).authorises(offer);
        Account wallet = wallet();

        try (KeeperBench keeper = KeeperBench.on(devnet(), settings(market, offer.hex(), true), wallet, store())) {
            assertThat(keeper.next().liquidatable()).isEmpty();

            // 2 WETH at 2 200 are 4 400: 3 600 is 0.818 of it, above 0.8 and below 0.86
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(12));
            devnet().market().arbitrage();
            Round seen = keeper.runUntil(round -> !round.sent().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());

            List<AbiValues> done = devnet().events(offer, PreLiquidation.PRE_LIQUIDATE_EVENT);
            assertThat(seen.liquidatable()).containsExactly(borrowers.get(0).address());
            assertThat(done)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.address("borrower"))
                            .isEqualTo(borrowers.get(0).address()));
            Opportunity plan = Objects.requireNonNull(
                    planned(List.of(seen)).get(borrowers.get(0).address()));
            // Between the plan's block and its own a few seconds' interest accrue on the debt.
            BigInteger more = done.getFirst()
                    .integer("repaidAssets")
                    .subtract(plan.repaid().raw());
            assertThat(more).isBetween(BigInteger.ZERO, BigInteger.valueOf(1_000));
            assertThat(devnet().events(morpho.address(), Morpho.LIQUIDATE_EVENT))
                    .isEmpty();
            bookEqualsChain(keeper, borrowers);
        }
    }

    @Test
    void anOracleThatCannotBeDatedIsNotActedOn() {
        MorphoMarket market = morpho.createMarket(Asset.WETH, Asset.USDC, LLTV, Interest.FIXED);
        market.priceIs("2500");
        market.lends("1000000");
        List<MorphoBorrower> borrowers = borrowers(market, 4_200);

        try (KeeperBench keeper = KeeperBench.on(devnet(), settings(market, market.id(), false), wallet(), store())) {
            keeper.next();
            market.priceIs("2000");
            Round round = keeper.runUntil(it -> !it.decisions().isEmpty());

            assertThat(round.liquidatable()).containsExactly(borrowers.get(0).address());
            assertThat(round.decisions().getFirst().assessment()).isInstanceOf(Assessment.Blind.class);
            assertThat(round.sent()).isEmpty();
        }
    }

    @Test
    void refusesAMarketThatDoesNotExist() {
        String unknown = "0x" + "ab".repeat(32);
        Heartbeats heartbeats = new Heartbeats(Duration.ofDays(1), Map.of());

        assertThatThrownBy(() -> Protocol.MORPHO_BLUE.reader(
                        devnet().chain(), new Protocol.Location(morpho.address(), unknown), heartbeats))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("Morpho has no such market: id=" + unknown);
        assertThatThrownBy(() -> Protocol.MORPHO_BLUE.reader(
                        devnet().chain(), new Protocol.Location(morpho.address(), ""), heartbeats))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("named neither by its id");
    }

    private static MorphoMarket market(Interest interest) {
        MorphoMarket market = morpho.createMarketOnFeeds(Asset.WETH, Asset.USDC, LLTV, interest);
        market.lends("1000000");
        return market;
    }

    private static List<MorphoBorrower> borrowers(MorphoMarket market, int... debts) {
        List<MorphoBorrower> borrowers = new ArrayList<>();
        for (int debt : debts) {
            borrowers.add(
                    market.borrower("morpho-" + borrowers.size()).supplies("2").borrows(Integer.toString(debt)));
        }
        return borrowers;
    }

    private static KeeperSettings settings(MorphoMarket market, String part, boolean sells) {
        KeeperSettings aave = KeeperBench.settings(devnet(), true, "PLIMSOLL_TEST_KEY");
        ServiceSettings service = aave.service();
        Optional<Venue> venue = sells ? aave.trade().venue() : Optional.empty();
        return new KeeperSettings(
                new MarketSettings(
                        "morpho",
                        Protocol.MORPHO_BLUE,
                        part,
                        new ServiceSettings(
                                service.database(),
                                service.chain(),
                                market.morpho().address(),
                                new BlockNumber(0),
                                service.multicall(),
                                service.signer())),
                true,
                part.length() < market.id().length(), // pre-liquidation is unproven on chain
                aave.policy(),
                aave.timing(),
                aave.heartbeats(),
                new KeeperSettings.Trade(
                        aave.trade().coin(), venue, aave.trade().executor()),
                GuardSettings.NONE,
                ReactionSettings.NONE);
    }

    private static Map<Address, Opportunity> planned(List<Round> rounds) {
        Map<Address, Opportunity> planned = new HashMap<>();
        for (Round round : rounds) {
            round.decisions().forEach(decision -> {
                if (decision.assessment() instanceof Assessment.Act(var plan)
                        && round.sent().containsKey(decision.account())) {
                    planned.put(decision.account(), plan.opportunity());
                }
            });
        }
        return planned;
    }

    private static void whatWasWrittenDownAnswersTheSame(List<Round> rounds) {
        Pair pair = new Pair(1, 0);
        for (Round round : rounds) {
            for (Scene.Subject subject : round.scene().subjects()) {
                Market restored = ((MarketExtract) subject.market()).restore();
                assertThat(restored.standing(subject.position()))
                        .isEqualTo(round.market().standing(subject.position()));
                assertThat(restored.largest(subject.position(), pair))
                        .isEqualTo(round.market().largest(subject.position(), pair));
            }
        }
    }

    private static void bookEqualsChain(KeeperBench keeper, List<MorphoBorrower> borrowers) {
        for (MorphoBorrower borrower : borrowers) {
            AccountPosition known = keeper.engine().watch().book().position(borrower.address());
            assertThat(raw(known.holding(1).map(Holding::supplied)))
                    .isEqualTo(borrower.position().collateral().raw());
            assertThat(raw(known.holding(0).map(Holding::borrowed)))
                    .isEqualTo(borrower.position().borrowShares().raw());
        }
    }

    private static BigInteger raw(Optional<StoredAmount> amount) {
        return amount.map(StoredAmount::raw).orElse(BigInteger.ZERO);
    }

    private static Account wallet() {
        Account wallet = devnet().account("keeper");
        devnet().market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("500000"));
        return wallet;
    }

    private static TokenAmount balance(Asset asset, Account account) {
        return devnet().market().balanceOf(asset, account.address());
    }

    private static MemoryIntentStore store() {
        return new MemoryIntentStore(InstantSource.system());
    }
}
