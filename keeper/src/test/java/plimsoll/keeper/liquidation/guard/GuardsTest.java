package plimsoll.keeper.liquidation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.PriceView;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

class GuardsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Address ALICE = new Address("0x" + "a1".repeat(20));
    private static final Address USDC = new Address("0x" + "01".repeat(20));
    private static final Address WETH = new Address("0x" + "02".repeat(20));
    private static final Address OTHER = new Address("0x" + "0f".repeat(20));
    private static final TxHash TX = new TxHash("0x" + "77".repeat(32));

    private final Evidence nothing = Evidence.none(NOW, NOW);

    @Test
    void findsNothingWhereNothingIsWrong() {
        Guards guards = new Guards(GuardPolicy.USUAL, nothing);

        assertThat(guards.ofBlock()).isEmpty();
        assertThat(guards.ofAccount(ALICE, List.of(counted("1")))).isEmpty();
        assertThat(guards.ofPair(USDC, WETH, sale("100", "109"))).isEmpty();
    }

    @Test
    void holdsEverythingWhileTheOperatorHalts() {
        Halt halt = new Halt("anna", "oracle incident", NOW);

        assertThat(new Guards(GuardPolicy.USUAL, nothing.with(Optional.of(halt), SendHealth.UNKNOWN)).ofBlock())
                .containsExactly(new Finding.Halted(halt));
    }

    @Test
    void holdsWhereASecondSourceDiffersMoreThanAllowed() {
        // 5 % above 1 is 1.05.
        assertThat(second("1.05", new PriceView.Fresh(Price.parse("1"), NOW))).isEmpty();
        assertThat(second("1.05000001", new PriceView.Fresh(Price.parse("1"), NOW)))
                .singleElement()
                .isInstanceOf(Finding.Deviates.class);
        assertThat(second("1", new PriceView.Missing("silent")))
                .singleElement()
                .isInstanceOf(Finding.NoSecondOpinion.class);
        assertThat(second("1", new PriceView.Stale(Price.parse("1"), NOW, Duration.ofDays(2), Duration.ofDays(1))))
                .singleElement()
                .isInstanceOf(Finding.NoSecondOpinion.class);
    }

    @Test
    void holdsNearAFeedsBounds() {
        // 10 % above a floor of 0.10 is 0.11; 10 % below a ceiling of 1 000 is 900.
        assertThat(bounds("0.11")).singleElement().isInstanceOf(Finding.AtFloor.class);
        assertThat(bounds("0.1101")).isEmpty();
        assertThat(bounds("899")).isEmpty();
        assertThat(bounds("900")).singleElement().isInstanceOf(Finding.AtCeiling.class);
    }

    @Test
    void holdsWhereTheVenuePaysAnotherPrice() {
        Guards guards = new Guards(GuardPolicy.USUAL, nothing);

        assertThat(guards.ofPair(USDC, WETH, sale("130", "100")))
                .singleElement()
                .isInstanceOf(Finding.SaleDeviates.class);
        assertThat(guards.ofPair(USDC, WETH, sale("100", "111"))).hasSize(1);
        assertThat(new Guards(GuardPolicy.ANY_SALE_PRICE, nothing).ofPair(USDC, WETH, sale("100", "300")))
                .isEmpty();
    }

    @Test
    void waitsForTheSequencerAndAnHourLonger() {
        assertThat(sequencer(new Sequencer.Down(NOW.minusSeconds(60)))).isInstanceOf(Finding.SequencerDown.class);
        assertThat(sequencer(new Sequencer.Up(NOW.minusSeconds(3_599)))).isInstanceOf(Finding.SequencerJustUp.class);
        assertThat(sequencer(new Sequencer.Unknown("silent"))).isInstanceOf(Finding.SequencerUnknown.class);
        assertThat(new Guards(GuardPolicy.USUAL, with(Optional.of(new Sequencer.Up(NOW.minusSeconds(3_600)))))
                        .ofBlock())
                .isEmpty();
    }

    @Test
    void touchesNothingThatTheOperatorExcludes() {
        Lists noWeth = new Lists(Set.of(WETH), Set.of());
        Lists onlyOther = new Lists(Set.of(), Set.of(OTHER));
        Guards guards =
                new Guards(GuardPolicy.USUAL.with(new GuardPolicy.Subjects(noWeth, onlyOther, true, false)), nothing);

        assertThat(guards.ofPair(USDC, WETH, Optional.empty())).containsExactly(new Finding.AssetExcluded(WETH));
        assertThat(guards.ofPair(USDC, USDC, Optional.empty())).isEmpty();
        assertThat(guards.ofAccount(ALICE, List.of())).containsExactly(new Finding.AccountExcluded(ALICE));
        assertThat(guards.ofAccount(OTHER, List.of())).isEmpty();
    }

    @Test
    void holdsWhereAFeedRepeatsItselfWhileItsAssetMoves() {
        // 2 % above 100 is 102, and 100 is 2 % below 102.
        assertThat(repeated(3, "100", "102")).isEmpty();
        assertThat(repeated(3, "102", "100")).isEmpty();
        assertThat(repeated(2, "100", "103")).isEmpty();
        assertThat(repeated(3, "100", "102.00000001"))
                .singleElement()
                .isInstanceOf(Finding.Repeats.class)
                .satisfies(it -> assertThat(it.reason())
                        .isEqualTo("The feed repeats itself while its asset moves: asset=" + USDC
                                + " answer=101 rounds=3 since=" + NOW + " second=102.00000001 before=100 source="
                                + OTHER + " allowed=200 bps"));
        assertThat(repeated(300, "102.00000001", "100")).hasSize(1);
    }

    @Test
    void leavesFrozenReservesAloneWhereTheOperatorSaysSo() {
        List<Guards.Counted> frozen =
                List.of(new Guards.Counted(new Asset(0, USDC, "USDC", 6), Optional.of(Price.parse("1")), true));

        assertThat(new Guards(GuardPolicy.USUAL, nothing).ofAccount(ALICE, frozen))
                .isEmpty();
        assertThat(new Guards(
                                GuardPolicy.USUAL.with(new GuardPolicy.Subjects(Lists.NONE, Lists.NONE, true, true)),
                                nothing)
                        .ofAccount(ALICE, frozen))
                .containsExactly(new Finding.Frozen(USDC));
    }

    @Test
    void keepsTheCoinThatItNeeds() {
        Evidence poor = new Evidence(
                NOW,
                NOW,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(Wei.parse("0.019")),
                Map.of(ALICE, TX),
                SendHealth.UNKNOWN);
        Guards guards = new Guards(GuardPolicy.USUAL.withLeastCoin(Wei.parse("0.02")), poor);

        assertThat(guards.ofBlock()).containsExactly(new Finding.LowCoin(Wei.parse("0.019"), Wei.parse("0.02")));
        assertThat(guards.ofAccount(ALICE, List.of())).containsExactly(new Finding.CompetitorPending(TX));
    }

    @Test
    void waitsLongerAfterEachRevert() {
        SendRecord sends = new SendRecord();
        sends.concluded(ALICE, "a/0", false, NOW);
        assertThat(account(sends, NOW.plusSeconds(29))).containsExactly(new Finding.BackingOff(1, NOW.plusSeconds(30)));
        assertThat(account(sends, NOW.plusSeconds(30))).isEmpty();
        sends.concluded(ALICE, "a/1", false, NOW.plusSeconds(30));
        assertThat(account(sends, NOW.plusSeconds(89))).hasSize(1);
        sends.concluded(ALICE, "a/2", false, NOW.plusSeconds(90));
        assertThat(account(sends, NOW.plus(Duration.ofHours(23)))).hasSize(1);
        sends.concluded(ALICE, "a/3", true, NOW.plus(Duration.ofHours(24)));
        assertThat(account(sends, NOW.plus(Duration.ofHours(24)))).isEmpty();
    }

    @Test
    void stopsWhereMoreThanHalfRevert() {
        SendRecord sends = new SendRecord();
        for (int i = 0; i < 10; i++) {
            sends.concluded(new Address(String.format("0x%040x", i)), "r/" + i, i % 2 == 0, NOW);
        }
        assertThat(block(sends, NOW)).isEmpty();
        sends.concluded(OTHER, "r/10", false, NOW);
        assertThat(block(sends, NOW)).containsExactly(new Finding.RevertsTooOften(6, 11, Bps.percent(50)));
        assertThat(block(sends, NOW.plus(Duration.ofMinutes(11)))).isEmpty();
    }

    @Test
    void stopsWhereNodesDoNotTakeItsTransactions() {
        SendRecord sends = new SendRecord();
        sends.sending("x", NOW);
        assertThat(block(sends, NOW.plusSeconds(5))).isEmpty();
        assertThat(block(sends, NOW.plusSeconds(6)))
                .containsExactly(new Finding.SendsTooSlowly(Duration.ofSeconds(6), Duration.ofSeconds(5)));
        sends.accepted("x", NOW.plusSeconds(27));
        assertThat(block(sends, NOW.plusSeconds(28))).hasSize(1);
        assertThat(block(sends, NOW.plusSeconds(88))).isEmpty();
        sends.accepted("y", NOW.plusSeconds(88));
        sends.sending("y", NOW.plusSeconds(87));
        assertThat(block(sends, NOW.plusSeconds(200))).isEmpty();
    }

    private List<Finding> second(String protocol, PriceView second) {
        Evidence evidence = new Evidence(
                NOW,
                NOW,
                Optional.empty(),
                Map.of(),
                Map.of(USDC, new SecondOpinion(OTHER, second)),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                SendHealth.UNKNOWN);
        return new Guards(GuardPolicy.USUAL, evidence).ofAccount(ALICE, List.of(counted(protocol)));
    }

    private static List<Finding> repeated(int rounds, String before, String now) {
        Evidence evidence = new Evidence(
                NOW,
                NOW,
                Optional.empty(),
                Map.of(),
                Map.of(USDC, new SecondOpinion(OTHER, new PriceView.Fresh(Price.parse(now), NOW))),
                Map.of(USDC, new Repetition(Price.parse("101"), rounds, NOW, Price.parse(before), Price.parse(now))),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                SendHealth.UNKNOWN);
        return new Guards(GuardPolicy.USUAL, evidence).ofAccount(ALICE, List.of(counted("101")));
    }

    private List<Finding> bounds(String answer) {
        Evidence evidence = new Evidence(
                NOW,
                NOW,
                Optional.empty(),
                Map.of(USDC, new Bounds(Price.parse(answer), Price.parse("0.1"), Price.parse("1000"))),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                SendHealth.UNKNOWN);
        return new Guards(GuardPolicy.USUAL, evidence).ofAccount(ALICE, List.of(counted(answer)));
    }

    private static Evidence with(Optional<Sequencer> sequencer) {
        return new Evidence(
                NOW,
                NOW,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                sequencer,
                Optional.empty(),
                Map.of(),
                SendHealth.UNKNOWN);
    }

    private static Finding sequencer(Sequencer state) {
        return new Guards(GuardPolicy.USUAL, with(Optional.of(state))).ofBlock().getFirst();
    }

    private static List<Finding> account(SendRecord sends, Instant now) {
        return new Guards(GuardPolicy.USUAL, Evidence.none(now, now).with(Optional.empty(), sends.health(now)))
                .ofAccount(ALICE, List.of());
    }

    private static List<Finding> block(SendRecord sends, Instant now) {
        return new Guards(GuardPolicy.USUAL, Evidence.none(now, now).with(Optional.empty(), sends.health(now)))
                .ofBlock();
    }

    private static Guards.Counted counted(String price) {
        return new Guards.Counted(new Asset(0, USDC, "USDC", 6), Optional.of(Price.parse(price)), false);
    }

    private static Optional<Guards.SmallSale> sale(String protocol, String venue) {
        return Optional.of(new Guards.SmallSale(WETH, USDC, BaseValue.parse(protocol), BaseValue.parse(venue)));
    }
}
