package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import plimsoll.units.Bps;

class ReserveConfigurationTest {

    /** Each field at its place in ReserveConfiguration.sol of aave-v3-origin 3.6.0, every neighbour filled with ones. */
    @Test
    void readsEachFieldAndNotItsNeighbours() {
        ReserveConfiguration full =
                ReserveConfiguration.ofRaw(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
        ReserveConfiguration only = ReserveConfiguration.ofRaw(BigInteger.valueOf(8050)
                .or(BigInteger.valueOf(8300).shiftLeft(16))
                .or(BigInteger.valueOf(10_500).shiftLeft(32))
                .or(BigInteger.valueOf(18).shiftLeft(48))
                .or(BigInteger.valueOf(1_500).shiftLeft(64))
                .or(BigInteger.valueOf(2_700_000).shiftLeft(80))
                .or(BigInteger.valueOf(3_000_000).shiftLeft(116))
                .or(BigInteger.valueOf(1_000).shiftLeft(152))
                .or(BigInteger.valueOf(5_000_000_000L).shiftLeft(212))
                .setBit(56)
                .setBit(58)
                .setBit(63));

        assertThat(only.ltv()).isEqualTo(new Bps(8050));
        assertThat(only.liquidationThreshold()).isEqualTo(new Bps(8300));
        assertThat(only.liquidationBonus()).isEqualTo(new Bps(500));
        assertThat(only.decimals()).isEqualTo(18);
        assertThat(only.reserveFactor()).isEqualTo(new Bps(1_500));
        assertThat(only.borrowCapTokens()).isEqualTo(2_700_000);
        assertThat(only.supplyCapTokens()).isEqualTo(3_000_000);
        assertThat(only.liquidationProtocolFee()).isEqualTo(new Bps(1_000));
        assertThat(only.debtCeilingCents()).isEqualTo(5_000_000_000L);
        assertThat(only.isActive()).isTrue();
        assertThat(only.isBorrowingEnabled()).isTrue();
        assertThat(only.isFlashLoanEnabled()).isTrue();
        assertThat(only.isFrozen()).isFalse();
        assertThat(only.isPaused()).isFalse();
        assertThat(only.isSiloed()).isFalse();
        assertThat(only.isBorrowableInIsolation()).isFalse();
        assertThat(full.borrowCapTokens()).isEqualTo(68_719_476_735L);
        assertThat(full.supplyCapTokens()).isEqualTo(68_719_476_735L);
        assertThat(full.debtCeilingCents()).isEqualTo(1_099_511_627_775L);
        assertThat(full.decimals()).isEqualTo(255);
    }

    @Test
    void refusesMoreThanAWord() {
        assertThatThrownBy(() -> ReserveConfiguration.ofRaw(BigInteger.ONE.shiftLeft(256)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReserveConfiguration.ofRaw(BigInteger.ONE.negate()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
