package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.protocol.aave.SampleMarket.NOW;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.units.Ray;

class AaveAccrualTest {

    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void incomeGrowsLinearly() {
        AaveReserve reserve = reserve("1.05", "1", "0.1");

        // (1 + 0.1 · 1/2) · 1.05
        assertThat(reserve.normalizedIncome(NOW.plus(YEAR.dividedBy(2)))).isEqualTo(Ray.parse("1.1025"));
        assertThat(reserve.normalizedIncome(NOW)).isEqualTo(Ray.parse("1.05"));
    }

    @Test
    void debtGrowsByTheCubicOfTheExponential() {
        AaveReserve reserve = reserve("1", "1", "0.1");

        // x = 0.1: x/6 = 0.0166…6 (27 digits, down); x · x/6 = 0.001666666666666666666666667 (half up);
        // x · (0.05 + 0.001666666666666666666666667) = 0.005166666666666666666666667 (half up); 1 + x + that
        assertThat(reserve.normalizedDebt(NOW.plus(YEAR))).isEqualTo(Ray.parse("1.105166666666666666666666667"));
        assertThat(reserve.normalizedDebt(NOW)).isEqualTo(Ray.ONE);
    }

    @Test
    void aSecondAtARateTooSmallToCountLeavesTheIndex() {
        AaveReserve reserve = reserve("1", "1", "0.000000000000000000031535999");

        assertThat(reserve.normalizedDebt(NOW.plusSeconds(1))).isEqualTo(Ray.parse("1.000000000000000000000000000"));
        assertThat(reserve.normalizedDebt(NOW.plusSeconds(2))).isGreaterThan(Ray.ONE);
    }

    @Test
    void refusesToAccrueBackwards() {
        assertThatThrownBy(() -> reserve("1", "1", "0").normalizedDebt(NOW.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 12, 3_600, 86_400, 31_536_000, 315_360_000})
    void debtNeverGrowsSlowerThanIncomeAtTheSameRate(long seconds) {
        AaveReserve reserve = reserve("1", "1", "0.35");

        assertThat(reserve.normalizedDebt(NOW.plusSeconds(seconds)))
                .isGreaterThanOrEqualTo(reserve.normalizedIncome(NOW.plusSeconds(seconds)));
    }

    @Test
    void balancesTurnedInTheProtocolsFavourWith35() {
        AaveReserve reserve = reserve("1.5", "1.1", "0");
        ScaledAmount three = ScaledAmount.ofRaw(BigInteger.valueOf(3));

        // 3 · 1.5 = 4.5 supplied: rayMul rounds half up to 5, from 3.5 on TokenMath floors to 4
        assertThat(reserve.supplied(three, NOW, AaveRevision.V3_4).raw()).isEqualTo(5);
        assertThat(reserve.supplied(three, NOW, AaveRevision.V3_5).raw()).isEqualTo(4);
        // 3 · 1.1 = 3.3 owed: half up 3, from 3.5 on up to 4
        assertThat(reserve.owed(three, NOW, AaveRevision.V3_4).raw()).isEqualTo(3);
        assertThat(reserve.owed(three, NOW, AaveRevision.V3_5).raw()).isEqualTo(4);
    }

    private static AaveReserve reserve(String liquidityIndex, String borrowIndex, String rate) {
        AaveReserve.Indexes indexes = new AaveReserve.Indexes(
                Ray.parse(liquidityIndex), Ray.parse(borrowIndex), Ray.parse(rate), Ray.parse(rate), NOW);
        return new AaveReserve(
                0, SampleMarket.address(0), SampleMarket.configuration(0, 0, 0, 18), indexes, java.time.Instant.EPOCH);
    }
}
