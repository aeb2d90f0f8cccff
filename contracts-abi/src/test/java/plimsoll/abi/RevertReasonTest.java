package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.abi.AbiCodecTest.word;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevertReasonTest {

    @Test
    void readsTheTextOfRequire() {
        String data = ContractFunction.of("Error(string)").encode("Too little received");

        assertThat(RevertReason.decode(data)).isEqualTo(new RevertReason.Message("Too little received"));
        assertThat(data).startsWith("0x08c379a0");
    }

    @Test
    void namesAPanic() {
        assertThat(RevertReason.decode("0x4e487b71" + word("11")).describe())
                .isEqualTo("Panic(0x11): arithmetic overflow");
    }

    @Test
    void knowsTheErrorsOfTheContractsWeTalkTo() {
        String dust = ContractFunction.of("MustNotLeaveDust()").encode();
        String state =
                ContractFunction.of("GovernorNonexistentProposal(uint256)").encode(5);

        assertThat(RevertReason.decode(dust).describe()).isEqualTo("MustNotLeaveDust");
        assertThat(RevertReason.decode(state)).isInstanceOfSatisfying(RevertReason.Custom.class, custom -> {
            assertThat(custom.name()).isEqualTo("GovernorNonexistentProposal");
            assertThat(custom.arguments()).isEqualTo(List.of(BigInteger.valueOf(5)));
        });
    }

    @Test
    void aSilentRevertIsSaidToBeSilent() {
        assertThat(RevertReason.decode("0x")).isEqualTo(new RevertReason.Silent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x1", "0xdeadbeef", "0x08c379a0", "0x08c379a0ff", "garbage", "0x4e487b71"})
    void neverThrows(String data) {
        assertThat(RevertReason.decode(data)).isEqualTo(new RevertReason.Unknown(data));
    }
}
