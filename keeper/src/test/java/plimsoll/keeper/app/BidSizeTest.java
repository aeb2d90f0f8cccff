package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

class BidSizeTest {

    private static final Price COIN = Price.parse("2000");

    @Test
    void bidsTheShareOfTheProfitOverTheGasOfTheTrial() {
        // 50 % of 200 USD are 100 USD or 0.05 coins; over 500,000 units of gas that is 100 gwei.
        assertThat(BidSize.tip(worth("200", "1"), Bps.percent(50), new Gas(500_000), new Gas(600_000)))
                .contains(GasPrice.parse("100"));
    }

    @Test
    void leavesTheLeastProfitWhereAllTheGasIsUsed() {
        // Of 240 USD 120 must be left; 120 USD are 0.06 coins, over 600,000 units 100 gwei, although the whole would be
        // 240 gwei.
        assertThat(BidSize.tip(worth("240", "120"), Bps.percent(100), new Gas(500_000), new Gas(600_000)))
                .contains(GasPrice.parse("100"));
    }

    @Test
    void bidsNothingWhereNothingIsLeft() {
        assertThat(BidSize.tip(worth("5", "5"), Bps.percent(90), new Gas(500_000), new Gas(600_000)))
                .isEmpty();
        assertThat(BidSize.tip(worth("200", "1"), Bps.ZERO, new Gas(500_000), new Gas(600_000)))
                .isEmpty();
        assertThat(BidSize.tip(
                        new BidSize.Worth(BaseValue.parse("200"), BaseValue.ZERO, Price.ZERO),
                        Bps.percent(90),
                        new Gas(500_000),
                        new Gas(600_000)))
                .isEmpty();
    }

    @Test
    void allowsAFifthMoreGasThanTheTrialUsedWithinTheLimit() {
        assertThat(BidSize.most(new Gas(500_000), new Gas(1_000_000))).isEqualTo(new Gas(600_000));
        assertThat(BidSize.most(new Gas(500_000), new Gas(550_000))).isEqualTo(new Gas(550_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverCostsMoreThanTheProfitWhateverGasIsUsed(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            BaseValue profit = BaseValue.ofRaw(random.nextLong(1, 1_000_000_000_000_000L));
            BaseValue least = BaseValue.ofRaw(random.nextLong(0, 1_000_000_000_000L));
            Price coin = Price.ofRaw(random.nextLong(1, 1_000_000_000_000L));
            Gas gas = new Gas(random.nextLong(21_000, 3_000_000));
            Gas most = BidSize.most(gas, new Gas(random.nextLong(21_000, 4_000_000)));
            Gas used = new Gas(random.nextLong(0, most.units() + 1));

            BidSize.tip(new BidSize.Worth(profit, least, coin), new Bps(random.nextInt(10_001)), gas, most)
                    .ifPresent(tip -> {
                        // What is paid, times the price of a coin, against what may be spent: in wei times base units.
                        var paid = tip.times(used).raw().multiply(coin.raw());
                        var mayBePaid = profit.minusOrZero(least).raw().multiply(BigInteger.TEN.pow(18));
                        assertThat(paid).isLessThanOrEqualTo(mayBePaid);
                    });
        }
    }

    private static BidSize.Worth worth(String profit, String least) {
        return new BidSize.Worth(BaseValue.parse(profit), BaseValue.parse(least), COIN);
    }
}
