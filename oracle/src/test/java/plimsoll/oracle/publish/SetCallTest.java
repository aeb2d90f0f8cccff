package plimsoll.oracle.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import plimsoll.abi.PoolConfigurator;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;

class SetCallTest {

    private static final Address CONFIGURATOR = Address.parse("0x00000000000000000000000000000000000000c0");
    private static final Address WETH = Address.parse("0x00000000000000000000000000000000000000e1");

    /** Supply cap at bit 116, borrow cap at bit 80: aave-v3-origin, ReserveConfiguration.sol. */
    private static final ReserveConfiguration FOUND = ReserveConfiguration.ofRaw(BigInteger.valueOf(1_800_000)
            .shiftLeft(116)
            .or(BigInteger.valueOf(1_400_000).shiftLeft(80)));

    @Test
    void readsCapsBackFromTheirBytes() {
        SetCall supply = SetCall.of(call(PoolConfigurator.SET_SUPPLY_CAP.encode(WETH, 1_800_000L)));
        SetCall borrow = SetCall.of(call(PoolConfigurator.SET_BORROW_CAP.encode(WETH, 1_400_001L)));

        assertThat(supply.words()).isEqualTo("reserve=" + WETH + " supplyCap=1800000 tokens");
        assertThat(supply.isInForce(FOUND)).isTrue();
        assertThat(borrow.reserve()).isEqualTo(WETH);
        assertThat(borrow.isInForce(FOUND)).isFalse();
    }

    /** Selectors by the facts: setSupplyCap 0x571f03e5, setBorrowCap 0xd14a0983. */
    @Test
    void callsWhatAaveDeployed() {
        assertThat(PoolConfigurator.SET_SUPPLY_CAP.selector()).isEqualTo("0x571f03e5");
        assertThat(PoolConfigurator.SET_BORROW_CAP.selector()).isEqualTo("0xd14a0983");
    }

    private static ContractCall call(String data) {
        return new ContractCall(CONFIGURATOR, data);
    }
}
