package plimsoll.keeper.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/** 10 WETH at $2,000 with a threshold of 80 % against $13,333.34: a health of 1.2. To reach 1.5 it takes 2.5 WETH or $2,666.67. */
final class MandateRuleTest {

    private static final Address ACCOUNT = new Address("0x00000000000000000000000000000000000000a1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Asset WETH = PlainMarket.WETH;
    private static final Asset USDC = PlainMarket.USDC;
    private static final AccountPosition POSITION = new AccountPosition(
            ACCOUNT,
            0,
            List.of(
                    new Holding(0, stored("10000000000000000000"), true, StoredAmount.ZERO),
                    new Holding(1, StoredAmount.ZERO, false, stored("13333340000"))));
    private static final Map<Address, Funds> PLENTY =
            Map.of(WETH.address(), funds(WETH, "100", "100"), USDC.address(), funds(USDC, "100000", "100000"));
    private static final Past NOTHING = new Past(Optional.empty(), Optional.empty(), Map.of());

    private final PlainMarket market = new PlainMarket();

    @Test
    void topsUpJustAsMuchAsRestoresTheAim() {
        Relief relief = act(decide(topUp("5", "9"), NOTHING, PLENTY));

        assertThat(relief.amount()).hasToString("2.50000625"); // (1.5 · 13333.34 / 0.8 − 20000) / 2000
        assertThat(relief.after()).isEqualTo(HealthFactor.parse("1.5"));
        assertThat(act(decide(repayment(), NOTHING, PLENTY)).amount())
                .hasToString("2666.673334"); // 13333.34 − 16000 / 1.5
    }

    @Test
    void eachLimitHoldsByItself() {
        assertThat(decide(topUp("0.1", "9"), NOTHING, PLENTY).reason()).contains("usable=0.1 limit=per-action");
        Past used = new Past(
                Optional.empty(), Optional.empty(), Map.of(WETH.address(), new BigInteger("8900000000000000000")));
        assertThat(decide(topUp("5", "9"), used, PLENTY).reason()).contains("usable=0.1 limit=per-day");
        assertThat(decide(topUp("5", "9"), NOTHING, Map.of(WETH.address(), funds(WETH, "0.2", "9")))
                        .reason())
                .contains("usable=0.2 limit=balance");
        assertThat(decide(topUp("5", "9"), NOTHING, Map.of(WETH.address(), funds(WETH, "9", "0.3")))
                        .reason())
                .contains("usable=0.3 limit=allowance");
        assertThat(decide(topUp("5", "9"), NOTHING, Map.of()).reason()).contains("usable=0 limit=balance");
    }

    @Test
    void lessThanNeededIsUsedOnlyWhereItHelps() {
        // 1 WETH brings the health to 22000 · 0.8 / 13333.34 = 1.31999934, above 1.3; half a WETH to 1.26.
        assertThat(act(decide(topUp("1", "9"), NOTHING, PLENTY)).amount()).hasToString("1");
        assertThat(decide(topUp("0.5", "9"), NOTHING, PLENTY)).isInstanceOf(Verdict.TooLittle.class);
    }

    @Test
    void timeOpenActionsAndDoubtForbidEverything() {
        Past rested = new Past(Optional.empty(), Optional.of(NOW.minusSeconds(3_599)), Map.of());
        Past open = new Past(Optional.of("margin/x/1"), Optional.empty(), Map.of());

        assertThat(decide(topUp("5", "9"), rested, PLENTY)).isEqualTo(new Verdict.CoolingDown(NOW.plusSeconds(1)));
        assertThat(decide(topUp("5", "9"), open, PLENTY)).isEqualTo(new Verdict.Pending("margin/x/1"));
        assertThat(rule(topUp("5", "9"), market).decide(NOTHING, PLENTY, true, Instant.parse("2100-01-01T00:00:00Z")))
                .isInstanceOf(Verdict.Expired.class);
        assertThat(rule(topUp("5", "9"), new PlainMarket().stale()).decide(NOTHING, PLENTY, true, NOW))
                .isInstanceOf(Verdict.Blind.class);
        assertThat(rule(topUp("5", "9"), market).decide(NOTHING, PLENTY, false, NOW))
                .isInstanceOf(Verdict.WouldAct.class);
    }

    @Test
    void anAssetThatIsNotHeldIsNoRelief() {
        Mandate mandate = mandate(Relief.Kind.TOP_UP, List.of(new Mandate.Allowed(USDC.address(), "1000", "1000")));

        assertThat(decide(mandate, NOTHING, PLENTY)).isInstanceOf(Verdict.NoRelief.class);
    }

    @Test
    void isDueBelowItsLineAlone() {
        assertThat(rule(topUp("5", "9"), market).isDue()).isTrue();
        assertThat(rule(topUp("5", "9"), new PlainMarket().wethAt(2_200)).isDue())
                .isFalse(); // 1.32
        assertThat(rule(topUp("5", "9"), new PlainMarket().unpriced()).isDue()).isTrue();
    }

    @Test
    void tellsHowFarPricesMayMove() {
        List<PriceMove> moves = new Remedies(market, POSITION).toLiquidation();

        // 1 − 13333.34 / 16000 = 16.666625 %, and 16000 / 13333.34 − 1 = 19.99994 %, each down to the basis point
        assertThat(moves)
                .extracting(PriceMove::describe)
                .containsExactly("WETH falls by 16.66 %", "USDC rises by 19.99 %");
    }

    @Test
    void refusesAMandateThatContradictsItself() {
        assertThatThrownBy(() -> new Mandate(
                        "m",
                        Scope.cross(ACCOUNT),
                        Relief.Kind.TOP_UP,
                        Mandate.Source.FUNDED,
                        List.of(new Mandate.Allowed(WETH.address(), "1", "1")),
                        HealthFactor.parse("1.5"),
                        HealthFactor.parse("1.3"),
                        Duration.ZERO,
                        NOW,
                        true))
                .hasMessageContaining("aim higher");
    }

    @Test
    void aScopeIsOneMarketOrAll() {
        assertThat(Scope.cross(ACCOUNT).covers("1/0xa", ACCOUNT, 0)).isTrue();
        assertThat(Scope.isolated(ACCOUNT, "1/0xa").covers("1/0xb", ACCOUNT, 0)).isFalse();
        assertThat(new Scope(ACCOUNT, Optional.empty(), Optional.of(1)).covers("1/0xa", ACCOUNT, 0))
                .isFalse();
    }

    private Verdict decide(Mandate mandate, Past past, Map<Address, Funds> funds) {
        return rule(mandate, market).decide(past, funds, true, NOW);
    }

    private static MandateRule rule(Mandate mandate, PlainMarket market) {
        return new MandateRule(mandate, market, AccountHealth.of(POSITION, market));
    }

    private static Relief act(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Act.class);
        return ((Verdict.Act) verdict).relief();
    }

    private static Mandate topUp(String perAction, String perDay) {
        return mandate(Relief.Kind.TOP_UP, List.of(new Mandate.Allowed(WETH.address(), perAction, perDay)));
    }

    private static Mandate repayment() {
        return mandate(Relief.Kind.REPAYMENT, List.of(new Mandate.Allowed(USDC.address(), "5000", "5000")));
    }

    private static Mandate mandate(Relief.Kind kind, List<Mandate.Allowed> allowed) {
        return new Mandate(
                "m",
                Scope.cross(ACCOUNT),
                kind,
                Mandate.Source.FUNDED,
                allowed,
                HealthFactor.parse("1.3"),
                HealthFactor.parse("1.5"),
                Duration.ofHours(1),
                Instant.parse("2099-01-01T00:00:00Z"),
                true);
    }

    private static StoredAmount stored(String raw) {
        return StoredAmount.ofRaw(new BigInteger(raw));
    }

    private static Funds funds(Asset asset, String balance, String allowance) {
        return new Funds(TokenAmount.parse(balance, asset.decimals()), TokenAmount.parse(allowance, asset.decimals()));
    }
}
