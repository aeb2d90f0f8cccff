package plimsoll.keeper.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** 1 000 USDC repaid for 10 WETH, of which a thin pool buys the first ones well and the last ones badly. */
final class PartsTest {

    private static final Conditions CONDITIONS = new Conditions(GasPrice.ZERO, Optional.empty(), Map.of());
    private static final Amounts ANY = (pair, repaid) -> Optional.of(new Opportunity(
            pair.account(),
            pair.healthFactor(),
            pair.debt(),
            pair.collateral(),
            repaid,
            pair.received().times(repaid, pair.repaid(), RoundingMode.FLOOR),
            pair.protocolFee(),
            false));

    @Test
    void triesTheQuotedAmountThatLeavesMost() {
        // left: 260 − 250 = 10; 515 − 500 = 15; 754 − 750 = 4; 980 − 1 000 < 0
        Trial refused = refused(quote("2.5", "260"), quote("5", "515"), quote("7.5", "754"), quote("10", "980"));

        assertThat(parts(CONDITIONS).best(refused)).map(Opportunity::repaid).hasValue(usdc("500"));
    }

    @Test
    void countsTheFeeOfTheLoan() {
        // left: 260 − 250 − 7.5 = 2.5; 515 − 500 − 15 = 0
        Trial refused = refused(quote("2.5", "260"), quote("5", "515"), quote("10", "980"));

        assertThat(parts(CONDITIONS.withFlashFee(new Bps(300))).best(refused))
                .map(Opportunity::repaid)
                .hasValue(usdc("250"));
    }

    @Test
    void triesNothingElseWhereTheSaleIsNotTheReason() {
        Trial refused = refused(quote("5", "520"), quote("10", "1020"));

        assertThat(parts(CONDITIONS).best(refused)).isEmpty();
    }

    @Test
    void triesNothingWhereNoPartLeavesAnything() {
        Trial refused = refused(quote("5", "490"), quote("10", "970"));

        assertThat(parts(CONDITIONS).best(refused)).isEmpty();
    }

    @Test
    void leavesAcceptedOnesAlone() {
        Trial refused = refused(quote("5", "515"), quote("10", "980"));

        assertThat(parts(CONDITIONS).best(new Trial(refused.opportunity(), Optional.empty(), refused.quotes())))
                .isEmpty();
    }

    private static Parts parts(Conditions conditions) {
        return new Parts(
                ANY,
                conditions,
                new Policy(BaseValue.parse("1"), GasPrice.parse("500"), Policy.USUAL_GAS, new Bps(300)));
    }

    private static Trial refused(SaleCurve.Point... quotes) {
        Opportunity whole = new Opportunity(
                address(9),
                HealthFactor.parse("0.9"),
                new Leg(address(1), "USDC", Price.parse("1")),
                new Leg(address(2), "WETH", Price.parse("105")),
                usdc("1000"),
                TokenAmount.parse("10", 18),
                TokenAmount.zero(18),
                true);
        return new Trial(whole, Optional.of("ProfitTooSmall"), List.of(quotes));
    }

    private static SaleCurve.Point quote(String sold, String proceeds) {
        return new SaleCurve.Point(TokenAmount.parse(sold, 18), usdc(proceeds));
    }

    private static TokenAmount usdc(String amount) {
        return TokenAmount.parse(amount, 6);
    }

    private static Address address(int number) {
        return new Address("0x" + "%040x".formatted(number));
    }
}
