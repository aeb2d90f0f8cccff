package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.tx.LaneSender;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Relief;
import plimsoll.keeper.notify.LocalServer;
import plimsoll.keeper.relief.Order;
import plimsoll.keeper.relief.Progress;
import plimsoll.keeper.relief.ReliefHand;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Margin calls and mandates against the real contracts, a real database and a receiver of our own. */
@OnDevnet(remembers = true) // the database knows of every block
final class MarginOnDevnetTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @SuppressWarnings("NullAway.Init")
    private MarginStage stage;

    @BeforeEach
    void open() {
        stage = new MarginStage(devnet(), DATABASE);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void callsAndTopsUpWhenAPriceFalls() {
        Borrower borrower = stage.borrower("calls");
        Account keeper = stage.funded("keeper-calls");
        try (LocalServer server = new LocalServer(number -> number < 3 ? 503 : 200);
                LaneSender lane = stage.lane(keeper)) {
            stage.approve(lane);
            try (MarginDesk desk = stage.desk(
                    server, lane, stage.topUp(borrower, Mandate.Source.FUNDED, "3", "4"), MarginStage.CLOCK)) {
                stage.look(desk);
                devnet().market().priceOf(Asset.WETH).fallsBy(percent(25));
                stage.until(desk, () -> stage.states().contains("done"));
                stage.until(desk, () -> !server.accepted().isEmpty());

                HealthFactor after = borrower.data().healthFactor().orElseThrow();
                assertThat(after.ratio()).isBetween(Wad.parse("1.4999"), Wad.parse("1.5001"));
                assertThat(server.received().size())
                        .as("the receiver did fail")
                        .isGreaterThan(server.accepted().size());
                assertThat(server.accepted().getFirst().body())
                        .contains("\"type\":\"margin-call\"")
                        .contains("\"level\":\"call\"")
                        .contains("\"account\":\"" + borrower.address() + "\"")
                        .contains("\"action\":\"top-up\"")
                        .contains("\"action\":\"repayment\"")
                        .contains("\"direction\":\"falls\"");
                assertThat(stage.supplies(borrower)).isEqualTo(2); // the borrower's own, and the mandate's

                for (int i = 0; i < 5; i++) {
                    devnet().mine(1);
                    stage.look(desk);
                }
                stage.until(desk, () -> true);
                assertThat(stage.verdicts())
                        .filteredOn(verdict -> !verdict.equals("pending")) // at a block before the transaction's own
                        .containsExactly("act");
                assertThat(stage.supplies(borrower)).isEqualTo(2);
            }
        }
    }

    @Test
    void neverActsTwiceWhereverItIsKilled() {
        Borrower borrower = stage.borrower("killed");
        Account keeper = stage.funded("keeper-killed");
        ManualClock clock = new ManualClock(Instant.now());
        Mandate mandate = stage.topUp(borrower, Mandate.Source.FUNDED, "3", "9");
        try (LocalServer server = new LocalServer(_ -> 200);
                LaneSender lane = stage.lane(keeper)) {
            stage.approve(lane);
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(25));
            // Killed after the action was recorded and before it was sent.
            try (MarginDesk desk = stage.desk(server, new MarginStage.Dying(lane, false), mandate, clock)) {
                stage.until(desk, () -> stage.states().contains("open"));
            }
            assertThat(stage.supplies(borrower)).isEqualTo(1);
            try (MarginDesk desk = stage.desk(server, lane, mandate, clock)) {
                stage.lookOnce(desk);
                assertThat(stage.states())
                        .as("what may have been sent is waited for")
                        .containsExactly("open");
                clock.advance(Duration.ofMinutes(3));
                stage.until(desk, () -> stage.states().contains("lapsed"));
            }
            // Killed after it was sent and before anybody knew.
            try (MarginDesk desk = stage.desk(server, new MarginStage.Dying(lane, true), mandate, clock)) {
                stage.until(desk, () -> stage.states().contains("open"));
            }
            try (MarginDesk desk = stage.desk(server, lane, mandate, clock)) {
                stage.until(desk, () -> stage.states().contains("done"));
                for (int i = 0; i < 3; i++) {
                    devnet().mine(1);
                    stage.lookOnce(desk);
                }
            }

            assertThat(stage.supplies(borrower)).isEqualTo(2);
            assertThat(stage.states()).containsExactly("done", "lapsed");
            assertThat(borrower.data().healthFactor().orElseThrow()).isGreaterThan(HealthFactor.parse("1.4999"));
        }
    }

    @Test
    void usesTheBorrowersWalletAndGivesBackWhatTheProtocolRefuses() {
        Borrower borrower = stage.borrower("wallet");
        Account keeper = stage.funded("keeper-wallet");
        devnet().market().fund(borrower.address(), Asset.WETH, Asset.WETH.amount("5"));
        try (LocalServer server = new LocalServer(_ -> 200);
                LaneSender lane = stage.lane(keeper)) {
            stage.approve(lane);
            TokenAmount own = devnet().market().balanceOf(Asset.WETH, keeper.address());
            Mandate mandate = stage.topUp(borrower, Mandate.Source.WALLET, "3", "9");
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(25));
            try (MarginDesk desk = stage.desk(server, lane, mandate, MarginStage.CLOCK)) {
                stage.until(desk, () -> stage.verdicts().contains("too-little"));
                assertThat(stage.reason()).contains("limit=allowance");

                stage.approve(borrower, keeper);
                stage.until(desk, () -> stage.states().contains("done"));
            }
            assertThat(borrower.data().healthFactor().orElseThrow()).isGreaterThan(HealthFactor.parse("1.4999"));
            assertThat(devnet().market().balanceOf(Asset.WETH, keeper.address()))
                    .isEqualTo(own);

            Order refused = new Order(
                    "margin/refused",
                    borrower.address(),
                    Mandate.Source.WALLET,
                    new Relief(
                            Relief.Kind.REPAYMENT,
                            devnet().addresses().of(Asset.WETH).token(), // nothing is owed in it
                            "WETH",
                            Asset.WETH.amount("0.5"),
                            HealthFactor.ONE),
                    Instant.now().plusSeconds(60));
            TokenAmount held = devnet().market().balanceOf(Asset.WETH, borrower.address());
            ReliefHand hand = stage.hand(lane, MarginStage.CLOCK);
            hand.begin(refused);
            stage.waitUntil(() -> {
                devnet().mine(1);
                return hand.follow(refused) == Progress.RETURNED;
            });
            assertThat(devnet().market().balanceOf(Asset.WETH, borrower.address()))
                    .isEqualTo(held);
            assertThat(devnet().market().balanceOf(Asset.WETH, keeper.address()))
                    .isEqualTo(own);
        }
    }

    @Test
    void sendsNothingInADryRunNorBeyondALimit() {
        Borrower borrower = stage.borrower("dry");
        Account keeper = stage.funded("keeper-dry");
        Mandate live = stage.topUp(borrower, Mandate.Source.FUNDED, "0.01", "9");
        try (LocalServer server = new LocalServer(_ -> 200);
                LaneSender lane = stage.lane(keeper)) {
            stage.approve(lane);
            long nonce = devnet().nonceOf(keeper);
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(25));
            try (MarginDesk desk = stage.desk(server, lane, live, MarginStage.CLOCK)) {
                stage.until(desk, () -> stage.verdicts().contains("too-little"));
                assertThat(stage.reason()).contains("limit=per-action");
            }
            Mandate dry = new Mandate(
                    "dry",
                    live.scope(),
                    Relief.Kind.REPAYMENT,
                    live.source(),
                    List.of(new Mandate.Allowed(
                            devnet().addresses().of(Asset.USDC).token(), "10000", "10000")),
                    live.actBelow(),
                    live.aim(),
                    live.coolDown(),
                    live.expires(),
                    false);
            try (MarginDesk desk = stage.desk(server, lane, dry, MarginStage.CLOCK)) {
                stage.until(desk, () -> stage.verdicts().contains("would-act"));
            }
            assertThat(devnet().nonceOf(keeper)).isEqualTo(nonce);
            assertThat(stage.supplies(borrower)).isEqualTo(1);
        }
    }
}
